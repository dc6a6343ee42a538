import { planVisits, type PlannedVisit, type ScheduleLine } from '#kernel/schedule.js';
import type { CivilDate, Instant, IsoWeek } from '#kernel/time.js';
import type { ExcuseReason, PlanHolder } from './visit.events.js';
import type { VisitState } from './visit.rules.js';

/** Days of a week with one provider and one schedule, suspended or not. */
export interface PlannedSpan {
  readonly providerId: string;
  readonly contractId: string;
  readonly contractType: string;
  readonly fromOn: CivilDate;
  readonly endsBefore: CivilDate;
  readonly schedule: readonly ScheduleLine[];
  /** When the schedule was submitted: a start before that is not changed (S2-9). */
  readonly submittedAt?: Instant;
  /** Visits of these days are excused (X17). */
  readonly suspendedBecause?: string;
}

/** What a week's plan is made from: the package as its stream has it. */
export interface PackagePlan {
  readonly personId: string;
  readonly patch: string;
  /** Whose plan it was last; null: no award was ever confirmed. */
  readonly holder: Omit<PlanHolder, 'patch'> | null;
  readonly spans: readonly PlannedSpan[];
}

/** A visit as the package has it now: in whose plan, and whether the person is away. */
export interface DueVisit {
  readonly visit: PlannedVisit;
  readonly holder: PlanHolder;
  readonly span: PlannedSpan;
}

/** Every visit of a week from the first monitored day on, by its id. */
export function dueVisits(
  { spans, patch }: PackagePlan,
  week: IsoWeek,
  goLiveOn: CivilDate,
): Map<string, DueVisit> {
  const due = new Map<string, DueVisit>();
  for (const span of spans) {
    const from = span.fromOn > goLiveOn ? span.fromOn : goLiveOn;
    const holder = holderOf({ ...span, patch });
    for (const visit of planVisits(span.schedule, week, { from, before: span.endsBefore })) {
      due.set(visit.visit, { visit, holder, span });
    }
  }
  return due;
}

/** What a changed plan does to one visit. */
export interface PlanChange {
  readonly holder: PlanHolder;
  readonly added?: PlannedVisit;
  readonly changed?: PlannedVisit;
  readonly withdrawn?: string;
  readonly excused?: { readonly visit: string; readonly reason: ExcuseReason };
  readonly reinstated?: string;
}

/** A visit that is due and its week's plan, compared: what is to be done, if anything. */
export function changeOf(due: DueVisit, before: VisitState | undefined): PlanChange[] {
  const { visit, holder, span } = due;
  const away = span.suspendedBecause;
  if (!before || before.withdrawn) return away === undefined ? [{ holder, added: visit }] : [];
  const next = withAgreedStart(due, before);
  const changed = isSamePlan(before, next) ? [] : [{ holder: holderOf(before), changed: next }];
  // What was attended, missed, or excused by someone stays in the plan that held it (S4-14).
  const attended = before.legs.length > 0;
  if (attended || before.missReported || (before.excused && !before.suspended)) return changed;
  if (!isSameHolder(before, holder)) {
    if (before.missDetected) return changed;
    return away === undefined
      ? [{ holder, added: visit }]
      : [{ holder: holderOf(before), withdrawn: visit.visit }];
  }
  return [
    ...changed,
    ...(away !== undefined && !before.excused
      ? [{ holder, excused: { visit: visit.visit, reason: excuseFor(away) } }]
      : []),
    ...(away === undefined && before.suspended ? [{ holder, reinstated: visit.visit }] : []),
  ];
}

/** A time agreed for this visit alone stays, and a start that has passed is not changed (S2-9). */
function withAgreedStart({ visit, span }: DueVisit, before: VisitState): PlannedVisit {
  const { submittedAt } = span;
  const passed =
    submittedAt !== undefined && (before.startsAt <= submittedAt || visit.startsAt <= submittedAt);
  if (!before.agreedAlone && !passed) return visit;
  const { on, agreedStart, startsAt, shifted } = before;
  const { shifted: _, ...same } = visit;
  return { ...same, on, agreedStart, startsAt, ...(shifted && { shifted }) };
}

export const holderOf = ({
  providerId,
  contractId,
  contractType,
  patch,
}: PlanHolder): PlanHolder => ({
  ...{ providerId, contractId, contractType, patch },
});

const isSameHolder = (a: PlanHolder, b: PlanHolder): boolean =>
  a.providerId === b.providerId && a.contractId === b.contractId;

const isSamePlan = (a: PlannedVisit, b: PlannedVisit): boolean =>
  a.startsAt === b.startsAt &&
  a.minutes === b.minutes &&
  a.carers === b.carers &&
  a.critical === b.critical &&
  a.shortAgreed === b.shortAgreed &&
  a.latestStart === b.latestStart &&
  a.carerGender === b.carerGender;

/** Why a visit of a suspended person is excused (S2-14, X17). */
function excuseFor(suspendedBecause: string): ExcuseReason {
  if (suspendedBecause === 'hospital' || suspendedBecause === 'respite') return suspendedBecause;
  return suspendedBecause === 'holiday' ? 'cancelled-by-service-user' : 'other';
}
