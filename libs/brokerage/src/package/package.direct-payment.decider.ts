import { isCivilDate } from '#kernel/time.js';
import type { PackageCommands } from './package.commands.js';
import { endedService } from './package.cover.rules.js';
import { gapClosed } from './package.gap.rules.js';
import { nothingAsked } from './package.route.rules.js';
import { ensureAnswered } from './package.direct-payment.rules.js';
import type { ReferralEvent } from './package.referral.events.js';
import { contractsInUse, ensure, isOver, type Phase } from './package.rules.js';

type DirectPaymentCommands = Pick<
  PackageCommands,
  'RecordDirectPaymentDiscussion' | 'TakeDirectPayment' | 'ReturnFromDirectPayment'
>;
type DirectPaymentEvent = Extract<
  ReferralEvent,
  { type: 'DirectPaymentDiscussed' | 'DirectPaymentTaken' | 'DirectPaymentReturned' }
>;

/** A direct payment leads out of every stage, and back (S3-8, S4-9). */
export const directPaymentDecider: Phase<DirectPaymentCommands, DirectPaymentEvent> = {
  decide: {
    RecordDirectPaymentDiscussion(state, { packageId, answer }) {
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(!isOver(state.stage), 'PackageIsOver');
      ensureAnswered(answer, 'answer.reason');
      const { outcome, reason } = answer;
      const data = { packageId, personId: state.personId, outcome, ...(reason && { reason }) };
      return [{ type: 'DirectPaymentDiscussed', data }];
    },
    TakeDirectPayment(state, { packageId, fromOn, reason }) {
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(!isOver(state.stage), 'PackageIsOver');
      ensure(isCivilDate(fromOn), 'DateDoesNotExist', { path: 'fromOn' });
      const { personId } = state;
      const contractIds = contractsInUse(state);
      const data = { packageId, personId, contractIds, fromOn, ...(reason && { reason }) };
      return [{ type: 'DirectPaymentTaken', data }, ...gapClosed(state, fromOn, 'direct-payment')];
    },
    ReturnFromDirectPayment(state, { packageId, returnedOn, reason }) {
      ensure(state.packageId && state.needs, 'PackageUnknown', { path: 'packageId' });
      ensure(state.stage === 'direct-payment', 'NotOnDirectPayment');
      ensure(isCivilDate(returnedOn), 'DateDoesNotExist', { path: 'returnedOn' });
      const after = returnedOn >= (state.endsBefore ?? '');
      ensure(after, 'ReturnBeforeDirectPayment', { path: 'returnedOn' });
      const { personId } = state;
      return [{ type: 'DirectPaymentReturned', data: { packageId, personId, returnedOn, reason } }];
    },
  },
  evolve: {
    DirectPaymentDiscussed: (state) => ({ ...state, directPaymentAnswered: true }),
    DirectPaymentTaken: (state, { fromOn }) => ({
      ...state,
      stage: 'direct-payment',
      endsBefore: fromOn,
      service: endedService(state.service, fromOn),
    }),
    DirectPaymentReturned: (state) => ({
      ...state,
      stage: state.missing.length > 0 ? 'referral-incomplete' : 'awaiting-request',
      ...{ request: null, presented: [], chosenOfferId: null, award: null },
      ...{ startedOn: null, endsBefore: null, routing: nothingAsked },
      schedule: state.needs?.schedule ?? [],
    }),
  },
};
