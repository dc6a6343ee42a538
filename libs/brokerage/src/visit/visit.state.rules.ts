import type { PlannedVisit } from '#kernel/schedule.js';
import type { Leg, PlanHolder, VisitEvent } from './visit.events.js';
import type { Correction } from './visit.events.js';
import { withLogs, type FeedState } from './visit.feed-state.rules.js';
import { keyOfRow, type MonitoredRow } from './visit.monitoring.events.js';
import type { VisitState } from './visit.rules.js';

/** A package's visits of one week: plan and actuals in one state. */
export interface WeekState {
  readonly packageId: string | null;
  readonly personId: string;
  readonly week: string;
  readonly visits: Readonly<Record<string, VisitState>>;
  readonly proposed: Readonly<Record<string, Correction>>;
  /** Attendances without a plan, by key (X13). */
  readonly unallocated: Readonly<
    Record<string, { readonly row: MonitoredRow; readonly providerId: string }>
  >;
  /** What real-time feeds told, as it came. */
  readonly feed: FeedState;
  /** Legs about which a person decided, by the provider's visit and leg. */
  readonly decidedByHand: readonly string[];
}

export const unplannedWeek: WeekState = {
  packageId: null,
  personId: '',
  week: '',
  visits: {},
  proposed: {},
  unallocated: {},
  feed: {},
  decidedByHand: [],
};

type Evolve = {
  readonly [Type in VisitEvent['type']]: (
    state: WeekState,
    data: Extract<VisitEvent, { type: Type }>['data'],
  ) => WeekState;
};

/** Folds a week. Deciders read it, and so does whoever must know what a correction changes. */
export const evolveWeek: Evolve = {
  WeekPlanned: (before, { packageId, personId, week, visits, ...holder }) => ({
    ...before,
    ...{ packageId, personId, week, proposed: {} },
    visits: Object.fromEntries(visits.map((visit) => [visit.visit, planned(visit, holder)])),
  }),
  VisitsReplanned: (state, { added, changed, withdrawn, excused, reinstated, ...plan }) => {
    const { providerId, contractId, contractType, patch } = plan;
    const holder = { providerId, contractId, contractType, patch };
    const visits = { ...state.visits };
    for (const visit of added) visits[visit.visit] = planned(visit, holder);
    for (const visit of changed) {
      const before = visits[visit.visit];
      const agreedAlone = before?.agreedAlone || plan.because === 'agreed-time';
      if (!before) continue;
      const { shortAgreed: _, latestStart: __, carerGender: ___, ...kept } = before;
      visits[visit.visit] = { ...kept, ...visit, agreedAlone };
    }
    for (const visit of withdrawn) {
      const before = visits[visit];
      if (before) visits[visit] = { ...before, withdrawn: true };
    }
    for (const { visit } of excused ?? []) {
      const before = visits[visit];
      if (before) visits[visit] = { ...before, excused: true, suspended: true };
    }
    for (const visit of reinstated ?? []) {
      const before = visits[visit];
      if (before) visits[visit] = { ...before, excused: false, suspended: false };
    }
    return { ...state, visits };
  },
  VisitsRecorded: (state, { legs }) => {
    const visits = { ...state.visits };
    for (const leg of legs) {
      const before = visits[leg.visit];
      if (before) visits[leg.visit] = { ...before, legs: [...before.legs, leg] };
    }
    return { ...state, visits };
  },
  VisitCorrectionProposed: (state, correction) => ({
    ...state,
    proposed: {
      ...stillProposed(state.proposed, correction),
      [correction.correctionId]: correction,
    },
  }),
  VisitCorrected: (state, correction) => {
    const { [correction.correctionId]: _, ...waiting } = state.proposed;
    const proposed = stillProposed(waiting, correction);
    const visit = change(state, correction.visit, (before) => ({
      ...before,
      legs: correctedLegs(before.legs, correction),
    }));
    const decidedByHand = [...visit.decidedByHand, ...decidedBefore(state, correction)];
    return { ...visit, proposed, decidedByHand };
  },
  VisitExcuseClaimed: (state, { visit, reason, claimedBy, noticeAt, note }) =>
    change(state, visit, (before) => ({
      ...before,
      excuseClaim: { reason, claimedBy, ...(noticeAt && { noticeAt }), ...(note && { note }) },
    })),
  VisitExcused: (state, { visit }) =>
    change(state, visit, (before) => ({
      ...before,
      ...{ excused: true, suspended: false, excuseClaim: null },
    })),
  VisitMissReported: (state, { visit }) =>
    change(state, visit, (before) => ({ ...before, missReported: true })),
  VisitMissDetected: (state, { visit }) =>
    change(state, visit, (before) => ({ ...before, missDetected: true })),
  VisitDetectionWithdrawn: (state, { visit }) =>
    change(state, visit, (before) => ({ ...before, missDetected: false })),
  VisitReportContradicted: (state) => state,
  VisitAlarmRaised: (state, { visit, kind }) =>
    change(state, visit, (before) => ({ ...before, alarms: [...before.alarms, kind] })),
  FeedLogsReceived: (state, { providerId, logs }) => ({
    ...state,
    feed: withLogs(state.feed, providerId, logs),
  }),
  VisitsUnallocated: (state, { providerId, rows }) => ({
    ...state,
    unallocated: {
      ...state.unallocated,
      ...Object.fromEntries(rows.map((row) => [keyOfRow(row), { row, providerId }])),
    },
  }),
  VisitsAllocated: (state, { keys }) => ({
    ...state,
    unallocated: Object.fromEntries(
      Object.entries(state.unallocated).filter(([key]) => !keys.includes(key)),
    ),
  }),
};

/** A week after some more events. */
export const evolvedWeek = (before: WeekState, events: readonly VisitEvent[]): WeekState =>
  events.reduce<WeekState>(
    (week, { type, data }) =>
      (evolveWeek[type] as (of: WeekState, data: object) => WeekState)(week, data),
    before,
  );

/** A provider's later record takes the place of its earlier one that still waits. */
const stillProposed = (
  proposed: WeekState['proposed'],
  { visit, leg, sequence }: Correction,
): WeekState['proposed'] =>
  sequence === undefined
    ? proposed
    : Object.fromEntries(
        Object.entries(proposed).filter(
          ([, other]) => other.visit !== visit || other.leg !== leg || other.sequence === undefined,
        ),
      );

/** The source visit and leg that a person corrected or voided; a provider's record has a sequence. */
function decidedBefore(
  state: WeekState,
  { visit, leg, sequence, completes }: Correction,
): readonly string[] {
  const before = state.visits[visit]?.legs.find((recorded) => recorded.leg === leg);
  if (sequence !== undefined || completes || before?.ref === undefined) return [];
  return [`${before.ref}/${leg}`];
}

/** The legs after a correction: the corrected one replaced, a voided one gone. */
export function correctedLegs(legs: readonly Leg[], correction: Correction): Leg[] {
  const { visit, leg, carerId, inAt, outAt, voided } = correction;
  return legs.flatMap((recorded) => {
    if (recorded.leg !== leg) return [recorded];
    if (voided) return [];
    const { ref, manualReason = correction.manualReason } = recorded;
    const { method = recorded.method } = correction;
    const { sequence = recorded.sequence } = correction;
    return [
      {
        ...{ visit, leg, carerId, inAt, outAt, method },
        ...(ref !== undefined && { ref }),
        ...(sequence !== undefined && { sequence }),
        ...(manualReason && { manualReason }),
        ...(correction.shadow && { shadow: true as const }),
      },
    ];
  });
}

const planned = (visit: PlannedVisit, holder: PlanHolder): VisitState => ({
  ...visit,
  ...holder,
  legs: [],
  withdrawn: false,
  excused: false,
  suspended: false,
  agreedAlone: false,
  excuseClaim: null,
  missReported: false,
  missDetected: false,
  alarms: [],
});

function change(
  state: WeekState,
  visit: string,
  to: (before: VisitState) => VisitState,
): WeekState {
  const before = state.visits[visit];
  return before ? { ...state, visits: { ...state.visits, [visit]: to(before) } } : state;
}
