import { ruleBook } from '#kernel/rejection.js';

/** Why packages are not handed back together (X19). */
export const bulkHandbackRules = {
  DateDoesNotExist: 'This date does not exist.',
  HandbackInPast: 'A package is handed back from today on. A failure may lie in the past.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof bulkHandbackRules>> =
  ruleBook(bulkHandbackRules);
