import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

/** A provider got the secret that signs its feed. */
export type FeedSecretIssued = Event<
  'FeedSecretIssued',
  { providerId: string; secretId: string; secret: string; issuedAt: Instant }
>;

/** Another secret; the older one is good until it ends. */
export type FeedSecretReplaced = Event<
  'FeedSecretReplaced',
  {
    providerId: string;
    secretId: string;
    secret: string;
    replacedAt: Instant;
    olderEndsAt: Instant;
  }
>;

export type FeedSecretRevoked = Event<
  'FeedSecretRevoked',
  { providerId: string; secretIds: readonly string[]; revokedAt: Instant }
>;

export type EcmFeedEvent = FeedSecretIssued | FeedSecretReplaced | FeedSecretRevoked;

/**
 * A secret must be known to verify what it signs, so it is kept, and sealed like what is said of
 * people: with a key of the provider's own, which the master key wraps (ADR 26).
 */
export const ecmFeedSealedFields = {
  events: {
    FeedSecretIssued: { subject: 'providerId', fields: ['secret'] },
    FeedSecretReplaced: { subject: 'providerId', fields: ['secret'] },
  },
  commands: {
    IssueFeedSecret: { subject: 'providerId', fields: ['secret'] },
    ReplaceFeedSecret: { subject: 'providerId', fields: ['secret'] },
  },
} as const;
