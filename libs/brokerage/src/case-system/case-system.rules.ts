import { deriveId, idOfKey } from '#kernel/ids.js';
import { ruleBook } from '#kernel/rejection.js';

export const caseSystemRules = {
  CaseSystemSecretExists: 'There is a secret for this already: rotate it.',
  CaseSystemSecretMissing: 'There is no such secret of this case system that is still good.',
  CaseSystemSecretShownOnce: 'A secret is shown once, when it is made. Rotate it to get another.',
  CaseSystemAddressUnusable:
    'The address is a whole https URL, such as https://case.example/hooks.',
  CaseSystemAddressMissing: 'Nothing is sent to this case system: it has no address.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof caseSystemRules>> =
  ruleBook(caseSystemRules);

/** A case system is named by a short code, `liquidlogic`; the same code is the same system. */
export const caseSystemIdOf = (system: string): string => idOfKey('case system', system);

export const caseSystemStream = (system: string): string => `caseSystem-${caseSystemIdOf(system)}`;

/** The id of the secret that a command makes. */
export const secretIdOf = (commandId: string): string => deriveId(commandId, 'case-system-secret');
