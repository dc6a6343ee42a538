import type { CouncilPolicyValues, PolicyChange } from '#kernel/council-policy.js';
import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { isCivilDate, weekdayOf } from '#kernel/time.js';
import type { CouncilPolicyCommands, PolicyValuesInput } from './council-policy.commands.js';
import type { CouncilPolicyEvent, PolicyChangeProposed } from './council-policy.events.js';
import { ensure, isPercent, minutesHold } from './council-policy.rules.js';

export interface CouncilPolicyState {
  readonly proposed: Readonly<Record<string, PolicyChangeProposed['data']>>;
  readonly approved: readonly PolicyChange[];
  readonly approvedIds: readonly string[];
}

/** The council's own numbers, changed with a reason and by two people. */
export const councilPolicyDecider: Decider<
  CouncilPolicyState,
  CouncilPolicyCommands,
  CouncilPolicyEvent
> = {
  initial: { proposed: {}, approved: [], approvedIds: [] },
  decide: {
    ChangePolicy(_, { commandId, effectiveOn, values, reason }, { actor }) {
      ensure(isCivilDate(effectiveOn), 'DateDoesNotExist', { path: 'effectiveOn' });
      const changed = changedValues(values);
      ensure(Object.keys(changed).length > 0, 'NothingToChange', { path: 'values' });
      const { targetPercent, kpiSets, leagueWeights, ecmGoLiveOn } = changed;
      const targets = Object.values(targetPercent ?? {});
      ensure(targets.every(isPercent), 'PercentOutOfRange', { path: 'values.targetPercent' });
      const ofSets = (kpiSets ?? []).flatMap((set) =>
        Object.values<number>({ ...set.targetPercent }),
      );
      ensure(ofSets.every(isPercent), 'PercentOutOfRange', { path: 'values.kpiSets' });
      const weights = Object.values(leagueWeights ?? { any: 1 });
      const weighed = weights.some((weight) => weight > 0);
      ensure(weighed, 'WeightsAllZero', { path: 'values.leagueWeights' });
      ensure(minutesHold(changed), 'MinutesNotPositive', { path: 'values' });
      const { officeHours: office } = changed;
      const opens = !office || office.opensAt < office.closesAt;
      ensure(opens, 'OfficeClosesBeforeOpening', { path: 'values.officeHours' });
      if (ecmGoLiveOn) {
        const path = 'values.ecmGoLiveOn';
        ensure(isCivilDate(ecmGoLiveOn), 'DateDoesNotExist', { path });
        ensure(weekdayOf(ecmGoLiveOn) === 1, 'GoLiveNotMonday', { path });
      }
      if (changed.pay) {
        const path = 'values.pay.periodsFromOn';
        const { periodsFromOn } = changed.pay;
        ensure(isCivilDate(periodsFromOn), 'DateDoesNotExist', { path });
        ensure(weekdayOf(periodsFromOn) === 1, 'PayPeriodNotFromMonday', { path });
      }
      const changeId = deriveId(commandId, 'policyChange');
      const data = { changeId, effectiveOn, values: changed, reason, proposedBy: actor.id };
      return [{ type: 'PolicyChangeProposed', data }];
    },
    ApprovePolicyChange(state, { changeId }, { actor }) {
      const change = state.proposed[changeId];
      ensure(change, 'ChangeUnknown', { path: 'changeId' });
      ensure(!state.approvedIds.includes(changeId), 'ChangeAlreadyApproved');
      ensure(actor.id !== change.proposedBy, 'ApproverIsAuthor');
      const { effectiveOn, values } = change;
      const version = state.approved.length + 1;
      const data = { changeId, version, effectiveOn, values, approvedBy: actor.id };
      return [{ type: 'PolicyChangeApproved', data }];
    },
  },
  evolve: {
    PolicyChangeProposed: (state, data) => ({
      ...state,
      proposed: { ...state.proposed, [data.changeId]: data },
    }),
    PolicyChangeApproved: (state, { changeId, version, effectiveOn, values }) => ({
      ...state,
      approved: [...state.approved, { version, effectiveOn, values }],
      approvedIds: [...state.approvedIds, changeId],
    }),
  },
};

/** Only what was given, as plain values. */
const changedValues = (values: PolicyValuesInput): CouncilPolicyValues =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, plain(value)]),
  );

const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return (value as unknown[]).map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
};
