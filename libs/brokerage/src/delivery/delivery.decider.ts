import type { Decider } from '#kernel/decider.js';
import type { DeliveryCommands } from './delivery.commands.js';
import type { DeliveryEvent } from './delivery.events.js';
import {
  ensure,
  initialDelivery,
  isOver,
  nextAttemptAt,
  type DeliveryState,
} from './delivery.rules.js';

export interface DeliveryFacts {
  PrepareDelivery: { readonly hasMailbox: boolean };
}

/** What is sent to a provider, attempt by attempt (design section 5). */
export const deliveryDecider: Decider<
  DeliveryState,
  DeliveryCommands,
  DeliveryEvent,
  DeliveryFacts
> = {
  initial: initialDelivery,
  decide: {
    PrepareDelivery(state, { commandId: _, ...data }, { facts }) {
      // A provider without a mailbox reads its requests in the portal.
      const isToBeSent = !state.prepared && facts.hasMailbox;
      return isToBeSent ? [{ type: 'DeliveryPrepared', data }] : [];
    },
    StartDelivery(state, { deliveryId, attempt, to, messageId }) {
      ensure(state.prepared, 'DeliveryUnknown', { path: 'deliveryId' });
      ensure(!isOver(state), 'DeliveryIsOver');
      ensure(attempt === state.attempts + 1, 'DeliveryStartedElsewhere', { path: 'attempt' });
      const data = { deliveryId, attempt, to, messageId };
      if (state.status !== 'started') return [{ type: 'DeliveryStarted', data }];
      // A second doubt could be a third copy in the provider's mailbox: a person decides.
      if (state.doubtful) {
        return [{ type: 'DeliveryGivenUp', data: { deliveryId, because: 'outcome-unknown' } }];
      }
      return [{ type: 'DeliveryStarted', data: { ...data, afterUnknown: true } }];
    },
    RecordDeliverySent(state, { deliveryId, attempt }) {
      ensureBegun(state, attempt);
      return [{ type: 'DeliverySent', data: { deliveryId, attempt } }];
    },
    RecordDeliveryFailed(state, { deliveryId, attempt, fault }, { now }) {
      ensureBegun(state, attempt);
      const retryAt = fault === 'unavailable' ? nextAttemptAt(state.tries, now) : undefined;
      const data = { deliveryId, attempt, fault };
      if (retryAt) return [{ type: 'DeliveryFailed', data: { ...data, retryAt } }];
      return [
        { type: 'DeliveryFailed', data },
        { type: 'DeliveryGivenUp', data: { deliveryId, because: fault } },
      ];
    },
    GiveUpDelivery(state, { deliveryId, because }) {
      ensure(state.prepared, 'DeliveryUnknown', { path: 'deliveryId' });
      return isOver(state) ? [] : [{ type: 'DeliveryGivenUp', data: { deliveryId, because } }];
    },
    RetryDelivery(state, { deliveryId }, { actor }) {
      ensure(state.prepared, 'DeliveryUnknown', { path: 'deliveryId' });
      ensure(state.status === 'given-up', 'DeliveryNotGivenUp');
      return [{ type: 'DeliveryReopened', data: { deliveryId, by: actor.id } }];
    },
  },
  evolve: {
    DeliveryPrepared: (state, prepared) => ({ ...state, prepared }),
    DeliveryStarted: (state, { attempt, afterUnknown }) => ({
      ...state,
      ...{ status: 'started', attempts: attempt, tries: state.tries + 1 },
      doubtful: state.doubtful || afterUnknown === true,
    }),
    DeliverySent: (state) => ({ ...state, status: 'sent' }),
    DeliveryFailed: (state, { retryAt = null }) => ({ ...state, status: 'waiting', retryAt }),
    DeliveryGivenUp: (state) => ({ ...state, status: 'given-up' }),
    DeliveryReopened: (state) => ({
      ...state,
      ...{ status: 'prepared', tries: 0, doubtful: false, retryAt: null },
    }),
  },
};

function ensureBegun(state: DeliveryState, attempt: number): void {
  ensure(state.prepared, 'DeliveryUnknown', { path: 'deliveryId' });
  const isBegun = state.status === 'started' && state.attempts === attempt;
  ensure(isBegun, 'DeliveryNotStarted', { path: 'attempt' });
}
