import { ruleBook } from '#kernel/rejection.js';

export const ecmFileRules = {
  FileReferenceTaken:
    'A file with this reference was sent before with other content. Give the new one a reference of its own.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof ecmFileRules>> = ruleBook(ecmFileRules);
