import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

/** A signed request of a provider's feed, by its provider and `webhook-id`, once and for good. */
export type FeedDeliveryReceived = Event<
  'FeedDeliveryReceived',
  {
    deliveryId: string;
    providerId: string;
    contentHash: string;
    logs: number;
    receivedAt: Instant;
  }
>;
