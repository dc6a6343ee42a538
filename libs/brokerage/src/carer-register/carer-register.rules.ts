import { ruleBook } from '#kernel/rejection.js';

/** What keeps a carer off a register. */
export const carerRegisterRules = {
  RegisterOfAnotherProvider: 'A provider keeps its own register of carers.',
  RegisterProviderUnknown: 'There is no such provider.',
  CarerDateUnreal: 'A date of a carer does not exist, or the last day is before the first.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof carerRegisterRules>> =
  ruleBook(carerRegisterRules);
