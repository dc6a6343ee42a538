import type { PlannedVisit } from '#kernel/schedule.js';
import type { CivilDate, Instant, IsoWeek } from '#kernel/time.js';
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
  /** In whose plan it is, where that is another provider than the week was opened for (S4-14). */
  readonly providerId?: string;
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
  { added, changed, withdrawn, excused, reinstated, providerId }: VisitsReplanned['data'],
): JudgedWeek {
  const visits: Record<string, JudgedVisit> = { ...row.visits };
  const holder = providerId === row.providerId ? {} : { providerId };
  for (const visit of added) visits[visit.visit] = { ...planned(visit), ...holder };
  for (const visit of changed) {
    const before = visits[visit.visit];
    if (before) visits[visit.visit] = { ...before, ...planned(visit), legs: before.legs };
  }
  for (const visit of withdrawn) Reflect.deleteProperty(visits, visit);
  for (const { visit } of excused ?? []) {
    const before = visits[visit];
    if (before) visits[visit] = { ...before, excused: true };
  }
  for (const visit of reinstated ?? []) {
    const before = visits[visit];
    if (!before) continue;
    const { excused: _, ...required } = before;
    visits[visit] = required;
  }
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
