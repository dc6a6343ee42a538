import { defineSlice, factOf } from '#platform/commands/slice.js';
import { providerDecider } from '../provider/provider.decider.js';
import type { DeliveryCommands } from './delivery.commands.js';
import { deliveryDecider } from './delivery.decider.js';

const own = { id: ({ deliveryId }: { readonly deliveryId: string }) => deliveryId };

export const deliveryStream = (deliveryId: string): string => `delivery-${deliveryId}`;

export const deliverySlice = defineSlice<DeliveryCommands>({
  category: 'delivery',
  decider: deliveryDecider,
  commands: {
    PrepareDelivery: {
      ...own,
      facts: async ({ providerId }, read) => ({
        hasMailbox: factOf(
          await read.folded(providerDecider, `provider-${providerId}`),
          ({ requestMailbox }) => requestMailbox !== undefined,
        ),
      }),
    },
    StartDelivery: own,
    RecordDeliverySent: own,
    RecordDeliveryFailed: own,
    GiveUpDelivery: own,
    RetryDelivery: own,
  },
});
