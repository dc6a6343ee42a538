import { deriveId } from '#kernel/ids.js';
import { ruleBook } from '#kernel/rejection.js';

export const ecmFeedRules = {
  FeedProviderUnknown: 'There is no such provider.',
  FeedOfAnotherProvider: 'A provider’s feed and its secrets are its own.',
  FeedSecretExists: 'This provider’s feed has a secret already: rotate it.',
  FeedSecretMissing: 'This provider’s feed has no such secret that is still good.',
  FeedPackageUnknown:
    'There is no package with this id. Name it by its id, or the person by personRef.',
  WebhookIdReused:
    'This webhook-id came before with other content. Send other content under an id of its own.',
  FeedSecretShownOnce: 'A secret is shown once, when it is made. Rotate it to get another.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof ecmFeedRules>> = ruleBook(ecmFeedRules);

/** The id of the secret that a command makes. */
export const secretIdOf = (commandId: string): string => deriveId(commandId, 'feed-secret');
