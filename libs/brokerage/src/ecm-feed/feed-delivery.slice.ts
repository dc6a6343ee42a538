import type { Decider } from '#kernel/decider.js';
import { idOfKey } from '#kernel/ids.js';
import { defineSlice } from '#platform/commands/slice.js';
import type { FeedDeliveryCommands } from './feed-delivery.commands.js';
import type { FeedDeliveryReceived } from './feed-delivery.events.js';
import { ensure } from './ecm-feed.rules.js';

export interface FeedDeliveryState {
  /** Empty: it has not come yet. */
  readonly contentHash: string;
}

/** The same request again changes nothing; another content under its id is refused (S1-15). */
export const feedDeliveryDecider: Decider<
  FeedDeliveryState,
  FeedDeliveryCommands,
  FeedDeliveryReceived
> = {
  initial: { contentHash: '' },
  decide: {
    ReceiveFeedDelivery(state, { commandId: _, ...delivery }, { now }) {
      const isNew = state.contentHash === '';
      ensure(isNew || state.contentHash === delivery.contentHash, 'WebhookIdReused');
      if (!isNew) return [];
      return [{ type: 'FeedDeliveryReceived', data: { ...delivery, receivedAt: now } }];
    },
  },
  evolve: { FeedDeliveryReceived: (_, { contentHash }) => ({ contentHash }) },
};

/** The id of a provider's request; a new request id is chosen by the provider, per request. */
export const deliveryIdOf = (providerId: string, webhookId: string): string =>
  idOfKey('feed delivery', providerId, webhookId);

export const feedDeliverySlice = defineSlice<FeedDeliveryCommands>({
  category: 'feedDelivery',
  decider: feedDeliveryDecider,
  commands: { ReceiveFeedDelivery: { id: ({ deliveryId }) => deliveryId } },
});
