import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { civilDateOf, isCivilDate } from '#kernel/time.js';
import { repeatsARate } from '../provider-contract/provider-contract.rules.js';
import type { Rate } from '../provider-contract/provider-contract.events.js';
import type { ProposeRateUplift, RateUpliftCommands } from './rate-uplift.commands.js';
import type { RateUpliftEvent, RateUpliftProposed } from './rate-uplift.events.js';
import {
  ensure,
  maxContracts,
  previewHashOf,
  upliftOf,
  type UpliftCandidate,
} from './rate-uplift.rules.js';

export interface RateUpliftState {
  readonly uplift: RateUpliftProposed['data'] | null;
  readonly status: 'proposed' | 'approved' | 'rejected';
  readonly approvedBy: string | null;
}

export interface RateUpliftFacts {
  ProposeRateUplift: { readonly candidates: readonly UpliftCandidate[] };
  /** What the preview would be now. */
  ApproveRateUplift: { readonly preview: { readonly hash: string } };
}

/** Prices of many contracts at once: proposed with their cost, approved by a second person (X25). */
export const rateUpliftDecider: Decider<
  RateUpliftState,
  RateUpliftCommands,
  RateUpliftEvent,
  RateUpliftFacts
> = {
  initial: { uplift: null, status: 'proposed', approvedBy: null },
  decide: {
    ProposeRateUplift(state, command, { now, actor, facts: { candidates } }) {
      const { commandId, effectiveOn, reason } = command;
      ensure(state.uplift === null, 'UpliftAlreadyProposed');
      ensure(isCivilDate(effectiveOn), 'DateDoesNotExist', { path: 'effectiveOn' });
      const change = changeOf(command);
      const { contracts, excluded } = upliftOf(candidates, change);
      ensure(contracts.length > 0, 'UpliftHasNoContracts', { path: 'contracts' });
      ensure(contracts.length <= maxContracts, 'UpliftTooLarge', { path: 'contracts' });
      const data = {
        ...{ upliftId: deriveId(commandId, 'rateUplift'), reason, effectiveOn },
        ...{ retroactive: effectiveOn < civilDateOf(now), ...change, contracts, excluded },
        yearlyPenceBefore: contracts.reduce((sum, one) => sum + one.yearlyPenceBefore, 0),
        yearlyPenceAfter: contracts.reduce((sum, one) => sum + one.yearlyPenceAfter, 0),
        previewHash: previewHashOf(effectiveOn, contracts),
        ...{ proposedBy: actor.id, proposedAt: now },
      };
      return [{ type: 'RateUpliftProposed', data }];
    },
    ApproveRateUplift(state, { upliftId, previewHash }, { now, actor, facts: { preview } }) {
      ensure(state.uplift, 'UpliftUnknown', { path: 'upliftId' });
      // Sent again by the approver: the job may not have been started.
      if (state.status === 'approved' && state.approvedBy === actor.id) return [];
      ensure(state.status === 'proposed', 'UpliftAlreadyDecided');
      ensure(actor.id !== state.uplift.proposedBy, 'UpliftApproverIsAuthor');
      const seen = previewHash === state.uplift.previewHash;
      ensure(seen && preview.hash === previewHash, 'UpliftStale', { path: 'previewHash' });
      const data = { upliftId, previewHash, approvedBy: actor.id, approvedAt: now };
      return [{ type: 'RateUpliftApproved', data }];
    },
    RejectRateUplift(state, { upliftId, reason }, { now, actor }) {
      ensure(state.uplift, 'UpliftUnknown', { path: 'upliftId' });
      ensure(state.status === 'proposed', 'UpliftAlreadyDecided');
      const data = { upliftId, reason, rejectedBy: actor.id, rejectedAt: now };
      return [{ type: 'RateUpliftRejected', data }];
    },
  },
  evolve: {
    RateUpliftProposed: (state, uplift) => ({ ...state, uplift }),
    RateUpliftApproved: (state, { approvedBy }) => ({ ...state, status: 'approved', approvedBy }),
    RateUpliftRejected: (state) => ({ ...state, status: 'rejected' }),
  },
};

function changeOf({ percentHundredths, newRates }: ProposeRateUplift) {
  const path = 'percentHundredths';
  const says = Number(Boolean(percentHundredths)) + Number(Boolean(newRates?.length));
  ensure(says === 1, 'UpliftChangesNothing', { path });
  const rates = newRates?.map((rate): Rate => ({ ...rate })) ?? [];
  const positive = rates.every(({ pencePerHour }) => pencePerHour > 0);
  ensure(positive, 'RateNotPositive', { path: 'newRates' });
  ensure(!repeatsARate(rates), 'RateRepeated', { path: 'newRates' });
  return percentHundredths ? { percentHundredths } : { newRates: rates };
}
