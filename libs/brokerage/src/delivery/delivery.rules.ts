import { idOfKey } from '#kernel/ids.js';
import { ruleBook } from '#kernel/rejection.js';
import { addMinutes, type Instant } from '#kernel/time.js';
import type { DeliveryStatus } from './delivery.codes.js';
import type { DeliveryPrepared } from './delivery.events.js';

export const deliveryRules = {
  DeliveryUnknown: 'There is no such delivery.',
  DeliveryIsOver: 'This delivery is over; nothing more is sent.',
  DeliveryStartedElsewhere: 'Another worker has begun this attempt.',
  DeliveryNotStarted: 'Only an attempt that has begun has an outcome.',
  DeliveryNotGivenUp:
    'Only a delivery that was given up is tried again; this one goes on by itself.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof deliveryRules>> = ruleBook(deliveryRules);

export interface DeliveryState {
  readonly prepared: DeliveryPrepared['data'] | null;
  readonly status: DeliveryStatus;
  /** All attempts so far. */
  readonly attempts: number;
  /** Attempts since somebody last asked for it. */
  readonly tries: number;
  /** Whether one of these had an unknown outcome. */
  readonly doubtful: boolean;
  readonly retryAt: Instant | null;
}

export const initialDelivery: DeliveryState = {
  ...{ prepared: null, status: 'prepared', attempts: 0, tries: 0, doubtful: false, retryAt: null },
};

export const isOver = ({ status }: Pick<DeliveryState, 'status'>): boolean =>
  status === 'sent' || status === 'given-up';

/** A provider is invited to a request once, whatever asks for it. */
export const invitationDeliveryId = (requestId: string, providerId: string): string =>
  idOfKey('request invitation', requestId, providerId);

/** Minutes after each failed attempt until the next; after the last of them it is given up. */
const waitMinutes = [1, 5, 15, 60, 240] as const;

/** When an attempt follows the one that failed; `undefined` after the last. */
export const nextAttemptAt = (tries: number, now: Instant): Instant | undefined => {
  const minutes = waitMinutes[tries - 1];
  return minutes === undefined ? undefined : addMinutes(now, minutes);
};
