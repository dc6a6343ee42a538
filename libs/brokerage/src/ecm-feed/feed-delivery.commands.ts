import { Submitted } from '../submitted.commands.js';

/** A signed request of a provider's feed came; sent by the service itself. */
export class ReceiveFeedDelivery extends Submitted {
  deliveryId: string;
  providerId: string;
  contentHash: string;
  /** How many logs it holds. */
  logs: number;
}

export interface FeedDeliveryCommands {
  ReceiveFeedDelivery: ReceiveFeedDelivery;
}
