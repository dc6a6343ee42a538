import type { PlannedVisit } from '#kernel/schedule.js';
import { civilDateOf, type CivilDate, type Instant, type IsoWeek } from '#kernel/time.js';
import type {
  ExcuseReason,
  Leg,
  PlanHolder,
  VisitCorrected,
  VisitExcused,
  VisitMissReported,
  VisitsReplanned,
  WeekPlanned,
} from '#brokerage/visit/visit.events.js';

/** One carer's attendance, as far as KPIs judge it. */
export interface JudgedLeg {
  readonly carerId: string;
  readonly inAt: Instant;
  /** Entered by hand instead of logged as it happened (S1-15). */
  readonly manual?: true;
}

/** A visit as KPIs judge it. */
export interface JudgedVisit {
  readonly on: CivilDate;
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly carers: number;
  readonly critical: boolean;
  readonly shortAgreed?: true;
  readonly legs: Readonly<Record<string, JudgedLeg>>;
  readonly excused?: ExcuseReason;
  /** When the person or the council told of it, where that is known. */
  readonly noticeAt?: Instant;
  /** In whose plan it is, where that is another provider than the week was opened for (S4-14). */
  readonly holder?: Pick<PlanHolder, 'providerId' | 'contractId'>;
  readonly missReported?: {
    readonly by: 'provider' | 'council';
    readonly at: Instant;
    /** Cancelled by the provider with no new time agreed beforehand (S2-13). */
    readonly cancelled?: true;
  };
  /** Nobody attended it by evidence; reported from this instant on is too late (S2-12). */
  readonly detected?: { readonly reportDueBy: Instant };
  /** It was moved to a time agreed beforehand. */
  readonly rescheduled?: true;
}

/** A package's week: its plan, who is responsible, and what happened. */
export interface JudgedWeek extends PlanHolder {
  readonly week: IsoWeek;
  readonly personId: string;
  readonly visits: Readonly<Record<string, JudgedVisit>>;
}

const planned = ({
  on,
  startsAt,
  minutes,
  carers,
  critical,
  shortAgreed,
}: PlannedVisit): JudgedVisit => ({
  ...{ on, startsAt, minutes, carers, critical },
  ...(shortAgreed && { shortAgreed }),
  legs: {},
});

export const weekFrom = ({ packageId: _, visits, ...week }: WeekPlanned['data']): JudgedWeek => ({
  ...week,
  visits: Object.fromEntries(visits.map((visit) => [visit.visit, planned(visit)])),
});

/** The plan as it was changed; a withdrawn visit is required of nobody. */
export function replanned(row: JudgedWeek, data: VisitsReplanned['data']): JudgedWeek {
  const { added, changed, withdrawn, excused, reinstated, providerId, contractId } = data;
  const visits: Record<string, JudgedVisit> = { ...row.visits };
  const isOwn = providerId === row.providerId && contractId === row.contractId;
  const holder = isOwn ? {} : { holder: { providerId, contractId } };
  const rescheduled = data.because === 'agreed-time' && { rescheduled: true as const };
  for (const visit of added) visits[visit.visit] = { ...planned(visit), ...holder };
  for (const visit of changed) {
    const before = visits[visit.visit];
    if (!before) continue;
    const { shortAgreed: _, ...kept } = before;
    visits[visit.visit] = { ...kept, ...planned(visit), legs: before.legs, ...rescheduled };
  }
  for (const visit of withdrawn) Reflect.deleteProperty(visits, visit);
  for (const { visit, reason } of excused ?? []) {
    const before = visits[visit];
    if (before) visits[visit] = { ...before, excused: reason };
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
  for (const { visit, leg, carerId, inAt, method, shadow } of legs) {
    // Who learns beside the carers counts for no KPI (S2-11).
    if (shadow) continue;
    const before = visits[visit];
    const log = { carerId, inAt, ...(method === 'manual' && { manual: true as const }) };
    if (before) visits[visit] = { ...before, legs: { ...before.legs, [leg]: log } };
  }
  return { ...row, visits };
}

/** A corrected leg is as it was corrected; that it was entered by hand stays known. */
export const corrected = (row: JudgedWeek, correction: VisitCorrected['data']): JudgedWeek =>
  changed(row, correction.visit, (before) => {
    const { leg, carerId, inAt, voided, shadow, method } = correction;
    const { [leg]: was, ...others } = before.legs;
    const byHand = method === 'manual' || (!was && method === undefined) || was?.manual;
    const manual = byHand ? { manual: true as const } : {};
    return {
      ...before,
      legs: voided || shadow ? others : { ...others, [leg]: { carerId, inAt, ...manual } },
    };
  });

export const excused = (row: JudgedWeek, data: VisitExcused['data']): JudgedWeek =>
  changed(row, data.visit, (visit) => ({
    ...visit,
    excused: data.reason,
    ...(data.noticeAt !== undefined && { noticeAt: data.noticeAt }),
  }));

/** The first report counts: a later one does not make it late. */
export const missReported = (row: JudgedWeek, data: VisitMissReported['data']): JudgedWeek =>
  changed(row, data.visit, (visit) => ({
    ...visit,
    missReported: visit.missReported ?? {
      ...{ by: data.by, at: data.reportedAt },
      ...(data.reason === 'cancelled-by-provider' && { cancelled: true }),
    },
  }));

export const detected = (
  row: JudgedWeek,
  { visit: id, reportDueBy }: { visit: string; reportDueBy: Instant },
): JudgedWeek => changed(row, id, (visit) => ({ ...visit, detected: { reportDueBy } }));

export const detectionWithdrawn = (row: JudgedWeek, id: string): JudgedWeek =>
  changed(row, id, ({ detected: _, ...visit }) => visit);

function changed(
  row: JudgedWeek,
  visit: string,
  to: (before: JudgedVisit) => JudgedVisit,
): JudgedWeek {
  const before = row.visits[visit];
  return before ? { ...row, visits: { ...row.visits, [visit]: to(before) } } : row;
}

/** Who holds a visit's plan, and by which contract. */
export const holderOf = (row: JudgedWeek, { holder }: JudgedVisit) => holder ?? row;

/** The day on which a report is too late: it is so at its beginning. */
export const lateReportOn = ({ reportDueBy }: { reportDueBy: Instant }): CivilDate =>
  civilDateOf(reportDueBy);
