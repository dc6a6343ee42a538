import { policyOn, type CouncilPolicy, type PolicyChange } from '#kernel/council-policy.js';
import {
  continuityLimit,
  continuityWindowsHolding,
  type ContinuityStep,
  type ContinuityWindow,
} from '#kernel/continuity.js';
import { worstPunctuality } from '#kernel/punctuality.js';
import type { PlannedVisit } from '#kernel/schedule.js';
import {
  addDays,
  monthOf,
  weekdayOf,
  type CivilDate,
  type Instant,
  type IsoWeek,
} from '#kernel/time.js';
import type {
  Leg,
  PlanHolder,
  VisitCorrected,
  VisitsReplanned,
  WeekPlanned,
} from '#brokerage/visit/visit.events.js';

/** A visit as KPIs judge it. */
export interface JudgedVisit {
  readonly on: CivilDate;
  readonly startsAt: Instant;
  readonly carers: number;
  readonly critical: boolean;
  readonly legs: Readonly<Record<string, { readonly carerId: string; readonly inAt: Instant }>>;
  readonly excused?: true;
  readonly missReported?: 'provider' | 'council';
}

/** A package's week: its plan, who is responsible, and what happened. */
export interface JudgedWeek extends PlanHolder {
  readonly week: IsoWeek;
  readonly personId: string;
  readonly visits: Readonly<Record<string, JudgedVisit>>;
}

const planned = ({ on, startsAt, carers, critical }: PlannedVisit): JudgedVisit => ({
  ...{ on, startsAt, carers, critical },
  legs: {},
});

export const weekFrom = ({ packageId: _, visits, ...week }: WeekPlanned['data']): JudgedWeek => ({
  ...week,
  visits: Object.fromEntries(visits.map((visit) => [visit.visit, planned(visit)])),
});

/** The plan as it was changed; a withdrawn visit is required of nobody. */
export function replanned(
  row: JudgedWeek,
  { added, changed, withdrawn }: VisitsReplanned['data'],
): JudgedWeek {
  const visits: Record<string, JudgedVisit> = { ...row.visits };
  for (const visit of added) visits[visit.visit] = planned(visit);
  for (const visit of changed) {
    const before = visits[visit.visit];
    if (before) visits[visit.visit] = { ...before, ...planned(visit), legs: before.legs };
  }
  for (const visit of withdrawn) Reflect.deleteProperty(visits, visit);
  return { ...row, visits };
}

export function recorded(row: JudgedWeek, legs: readonly Leg[]): JudgedWeek {
  const visits = { ...row.visits };
  for (const { visit, leg, carerId, inAt } of legs) {
    const before = visits[visit];
    if (before) visits[visit] = { ...before, legs: { ...before.legs, [leg]: { carerId, inAt } } };
  }
  return { ...row, visits };
}

export const corrected = (row: JudgedWeek, correction: VisitCorrected['data']): JudgedWeek =>
  changed(row, correction.visit, (before) => {
    const { leg, carerId, inAt, voided } = correction;
    const { [leg]: _, ...others } = before.legs;
    return { ...before, legs: voided ? others : { ...others, [leg]: { carerId, inAt } } };
  });

export function changed(
  row: JudgedWeek,
  visit: string,
  to: (before: JudgedVisit) => JudgedVisit,
): JudgedWeek {
  const before = row.visits[visit];
  return before ? { ...row, visits: { ...row.visits, [visit]: to(before) } } : row;
}

const reportedBy = {
  provider: 'missedReportedByProvider',
  council: 'missedReportedByCouncil',
} as const;

/** What one visit adds to its provider's month (S2-9, S2-12 to S2-14). */
export function countsOf(visit: JudgedVisit, policy: CouncilPolicy): Record<string, number> {
  const starts = Object.values(visit.legs).map(({ inAt }) => inAt);
  if (starts.length === 0) {
    if (visit.excused) return { planned: 1, excused: 1 };
    if (!visit.missReported) return { planned: 1 };
    return { planned: 1, missed: 1, [reportedBy[visit.missReported]]: 1 };
  }
  const kind = visit.critical ? 'Critical' : 'Standard';
  const tolerance = policy.punctualityToleranceMinutes[visit.critical ? 'critical' : 'standard'];
  const worst = worstPunctuality(visit.startsAt, starts, tolerance);
  return {
    planned: 1,
    [starts.length >= visit.carers ? 'attended' : 'partiallyAttended']: 1,
    [`started${kind}`]: 1,
    [`onTime${kind}`]: worst?.onTime ? 1 : 0,
  };
}

/** Counter of a provider's visits of a month in a patch; begins with the month (S2-10). */
export const visitsKey = (month: string, providerId: string, patch: string): string =>
  `visits|${month}|${providerId}|${patch}`;

/** Set of the carers of one person and provider in one window (S2-11). */
export const windowKey = (startsOn: CivilDate, providerId: string, personId: string): string =>
  `window|${startsOn}|${providerId}|${personId}`;

/** Counter of a provider's windows that start on a date. */
export const continuityKey = (startsOn: CivilDate, providerId: string): string =>
  `continuity|${startsOn}|${providerId}`;

/** Whose figures a key holds. */
export const providerOf = (key: string): string => key.split('|')[2] ?? '';

export function visitContributions(row: JudgedWeek, _: string, changes: readonly PolicyChange[]) {
  const { providerId, patch, visits } = row;
  const policyAt = memoised((on) => policyOn(changes, on));
  const months = new Map<string, Record<string, number>>();
  for (const visit of Object.values(visits)) {
    const month = monthOf(visit.on);
    const counts = months.get(month) ?? {};
    for (const [name, count] of Object.entries(countsOf(visit, policyAt(visit.on)))) {
      counts[name] = (counts[name] ?? 0) + count;
    }
    months.set(month, counts);
  }
  return [...months].map(([month, counts]) => ({
    key: visitsKey(month, providerId, patch),
    counts,
  }));
}

/** Every attended leg's carer in every window that holds its visit (S2-11). */
export function windowMemberships(row: JudgedWeek, _: string, changes: readonly PolicyChange[]) {
  const stepOn = memoised((on) => policyOn(changes, on).continuityStep);
  const windows = new Map<string, { members: string[]; visits: number; legs: number }>();
  for (const { on, legs } of Object.values(row.visits)) {
    const carers = Object.values(legs).map(({ carerId }) => carerId);
    if (carers.length === 0) continue;
    for (const { startsOn } of windowsHolding(on, changes, stepOn)) {
      const window = windows.get(startsOn) ?? { members: [], visits: 0, legs: 0 };
      window.members.push(...carers);
      window.visits += 1;
      window.legs += carers.length;
      windows.set(startsOn, window);
    }
  }
  return [...windows].map(([startsOn, { members, visits, legs }]) => ({
    set: windowKey(startsOn, row.providerId, row.personId),
    members,
    counts: { visits, legs },
  }));
}

/**
 * The windows that hold a date. A window is one by the policy of its last day, as it is judged by it,
 * so that no window is half filled when a council changes the step.
 */
function windowsHolding(
  on: CivilDate,
  changes: readonly PolicyChange[],
  stepOn: (on: CivilDate) => ContinuityStep,
): readonly ContinuityWindow[] {
  const stepChanges = changes.some(({ values }) => values.continuityStep !== undefined);
  if (!stepChanges) return continuityWindowsHolding(on, stepOn(on));
  return continuityWindowsHolding(on, 'daily').filter(
    ({ startsOn, endsOn }) => stepOn(endsOn) === 'daily' || weekdayOf(startsOn) === 1,
  );
}

/** Whether a window kept to its limit of carers, by the policy of its last day (S2-11). */
export function windowContributions(
  set: string,
  { distinct, counts }: { distinct: number; counts: Readonly<Record<string, number>> },
  changes: readonly PolicyChange[],
) {
  const [, startsOn = '', providerId = ''] = set.split('|');
  const { continuityCountsLegs } = policyOn(changes, addDays(startsOn, 13));
  const limit = continuityLimit(counts[continuityCountsLegs ? 'legs' : 'visits'] ?? 0);
  if (limit === null) return [];
  const kept = distinct <= limit ? 1 : 0;
  return [{ key: continuityKey(startsOn, providerId), counts: { windows: 1, kept } }];
}

function memoised<Value>(of: (on: CivilDate) => Value): (on: CivilDate) => Value {
  const known = new Map<CivilDate, Value>();
  return (on) => {
    let value = known.get(on);
    if (value === undefined) known.set(on, (value = of(on)));
    return value;
  };
}
