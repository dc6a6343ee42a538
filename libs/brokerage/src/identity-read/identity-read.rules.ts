import { ruleBook } from '#kernel/rejection.js';

export const identityReadRules = {
  ServiceUserUnknown: 'There is no such service user.',
  PersonIsErased: 'The record of this person was erased. Nothing more can be recorded for them.',
  IdentityNotRecorded: 'This person’s identity is not recorded yet. Record it first.',
  IdentityNotReleased:
    'This person’s identity is not released to you. It is, once an award to you is confirmed.',
  NobodyToRead: 'Name at least one person to read about.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof identityReadRules>> =
  ruleBook(identityReadRules);
