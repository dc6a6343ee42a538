import { ruleBook } from '#kernel/rejection.js';

export const documentRules = {
  DocumentTargetUnknown: 'There is no such contract or framework.',
  DocumentAlreadyAttached: 'This document was attached before.',
  DocumentEmpty: 'The document is empty. Send its content.',
  DocumentTooLarge: 'The document is too large. Send it in parts.',
  DocumentHashMismatch: 'The content that arrived is not the one that was named. Send it again.',
  InterestOfAnotherProvider: 'A provider expresses its own interest.',
  InterestedProviderRequired: 'Say which provider is interested.',
  ProviderUnknown: 'There is no such provider.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof documentRules>> = ruleBook(documentRules);
