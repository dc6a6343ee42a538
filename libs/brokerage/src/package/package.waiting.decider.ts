import { addDays, civilDateOf, isCivilDate } from '#kernel/time.js';
import { interimService, openGap } from './package.cover.rules.js';
import { isServedStage } from './package.codes.js';
import type { PackageEvent } from './package.events.js';
import { gapClosed } from './package.gap.rules.js';
import { ensure, isOver, type PackageState, type Phase } from './package.rules.js';
import type { WaitingCommands } from './package.waiting.commands.js';

type WaitingEvent = Extract<
  PackageEvent,
  { type: 'InterimCoverRecorded' | 'WaitingReasonRecorded' | 'RiskReviewed' }
>;

export interface WaitingFacts {
  RecordInterimCover: {
    readonly contract: {
      readonly known: boolean;
      readonly providerId: string;
      readonly type: string;
      readonly liveOn: boolean;
    } | null;
  };
}

/** How a person fares while another provider is sought (S2-20). */
export const waitingDecider: Phase<WaitingCommands, WaitingEvent, WaitingFacts> = {
  decide: {
    RecordInterimCover(state, { packageId, cover, fromOn, contractId, note }, { facts, now }) {
      ensureWaiting(state);
      ensure(isCivilDate(fromOn), 'DateDoesNotExist', { path: 'fromOn' });
      const data = { packageId, personId: state.personId, cover, fromOn, ...(note && { note }) };
      const { contract } = facts;
      if (!contractId || !contract) return [{ type: 'InterimCoverRecorded', data }];
      ensure(contract.known, 'ContractUnknown', { path: 'contractId' });
      ensure(contract.liveOn, 'InterimContractNotLive', { path: 'contractId' });
      const gap = openGap(state.service, fromOn);
      ensure(gap, 'NoOpenGap');
      ensure(fromOn >= gap.fromOn, 'CoverBeforeGap', { path: 'fromOn' });
      ensure(fromOn <= civilDateOf(now), 'CoverInFuture', { path: 'fromOn' });
      const { providerId, type: contractType } = contract;
      const holder = { providerId, contractId, contractType };
      return [
        {
          type: 'InterimCoverRecorded',
          data: { ...data, holder, ...(gap.closedOn !== null && { endsBefore: gap.closedOn }) },
        },
        ...gapClosed(state, fromOn, 'interim-cover'),
      ];
    },
    RecordWaitingReason(state, { packageId, reason, note }) {
      ensureWaiting(state);
      ensure(reason !== 'other' || note, 'WaitingNoteRequired', { path: 'note' });
      const { personId } = state;
      return [
        {
          type: 'WaitingReasonRecorded',
          data: { packageId, personId, reason, ...(note && { note }) },
        },
      ];
    },
    RecordRiskReview(state, { packageId, reviewedOn, outcome, ...more }, { now, policy }) {
      ensureWaiting(state);
      ensure(isCivilDate(reviewedOn), 'DateDoesNotExist', { path: 'reviewedOn' });
      ensure(reviewedOn <= civilDateOf(now), 'ReviewInFuture', { path: 'reviewedOn' });
      const latest = addDays(reviewedOn, policy.riskReviewDays);
      const { nextDueOn = latest, note } = more;
      ensure(isCivilDate(nextDueOn), 'DateDoesNotExist', { path: 'nextDueOn' });
      ensure(nextDueOn > reviewedOn, 'NextReviewNotLater', { path: 'nextDueOn' });
      ensure(nextDueOn <= latest, 'NextReviewTooLate', { path: 'nextDueOn' });
      const { personId } = state;
      const review = { reviewedOn, outcome, nextDueOn, ...(note && { note }) };
      return [{ type: 'RiskReviewed', data: { packageId, personId, ...review } }];
    },
  },
  evolve: {
    InterimCoverRecorded: (state, { holder, fromOn, endsBefore }) =>
      holder
        ? { ...state, service: interimService(state.service, holder, fromOn, endsBefore ?? null) }
        : state,
    WaitingReasonRecorded: (state) => state,
    RiskReviewed: (state) => state,
  },
};

/** A person waits until care is given and no other provider is sought. */
function ensureWaiting(state: PackageState): void {
  ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
  ensure(!isOver(state.stage), 'PackageIsOver');
  ensure(!isServedStage(state.stage), 'PackageNotWaiting');
}
