import type { PlannedVisit } from '#kernel/schedule.js';
import type { Leg, PlanHolder, VisitEvent } from './visit.events.js';
import type { Correction } from './visit.events.js';
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
}

export const unplannedWeek: WeekState = {
  packageId: null,
  personId: '',
  week: '',
  visits: {},
  proposed: {},
  unallocated: {},
};

type Evolve = {
  readonly [Type in VisitEvent['type']]: (
    state: WeekState,
    data: Extract<VisitEvent, { type: Type }>['data'],
  ) => WeekState;
};

/** Folds a week. Deciders read it, and so does whoever must know what a correction changes. */
export const evolveWeek: Evolve = {
  WeekPlanned: ({ unallocated }, { packageId, personId, week, visits, ...holder }) => ({
    unallocated,
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
      const { shortAgreed: _, ...kept } = before;
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
    proposed: { ...state.proposed, [correction.correctionId]: correction },
  }),
  VisitCorrected: (state, correction) => {
    const { [correction.correctionId]: _, ...proposed } = state.proposed;
    const visit = change(state, correction.visit, (before) => ({
      ...before,
      legs: correctedLegs(before.legs, correction),
    }));
    return { ...visit, proposed };
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

/** The legs after a correction: the corrected one replaced, a voided one gone. */
export function correctedLegs(legs: readonly Leg[], correction: Correction): Leg[] {
  const { visit, leg, carerId, inAt, outAt, voided } = correction;
  return legs.flatMap((recorded) => {
    if (recorded.leg !== leg) return [recorded];
    if (voided) return [];
    const { method, ref, manualReason = correction.manualReason } = recorded;
    const { sequence = recorded.sequence } = correction;
    return [
      {
        ...{ visit, leg, carerId, inAt, outAt, method },
        ...(ref !== undefined && { ref }),
        ...(sequence !== undefined && { sequence }),
        ...(manualReason && { manualReason }),
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
