import { ruleBook } from '#kernel/rejection.js';

export const keyRules = {
  KeysAreNotStored: 'This service keeps no keys: with STORE=memory they end with the process.',
  PersonNotNamed: 'Name a person by their id, or by <system>:<personRef>.',
  NewMasterKeyMissing:
    'MASTER_KEY is set, so bring the new one: set NEW_MASTER_KEY to 64 hex digits and ask again.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof keyRules>> = ruleBook(keyRules);
