import type { PlannedVisit } from '#kernel/schedule.js';
import type { CivilDate, Instant, IsoWeek, LocalTime } from '#kernel/time.js';
import type { Leg, ManualReason, VisitEvent, VisitsReplanned } from '../visit/visit.events.js';

/** One carer's attendance as pay reads it. */
export interface PayLeg {
  readonly carerId: string;
  readonly inAt: Instant;
  readonly outAt: Instant | null;
  /** Not logged electronically. */
  readonly manual?: true;
  readonly manualReason?: ManualReason;
  /** Learns beside the visit's carers: not paid, but may not be elsewhere either (S2-11, X12). */
  readonly shadow?: true;
}

/** Under which contract a visit is paid, and to whom. */
export interface PayHolder {
  readonly providerId: string;
  readonly contractId: string;
  readonly contractType: string;
}

/** A planned visit and what happened, as pay reads it. */
export interface PayVisit {
  readonly on: CivilDate;
  readonly agreedStart: LocalTime;
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly carers: number;
  readonly legs: Readonly<Record<string, PayLeg>>;
  readonly excused?: { readonly reason: string; readonly noticeAt?: Instant };
  /** In whose plan it is, where that is not the week's own (S4-14). */
  readonly holder?: PayHolder;
}

/** A package's week: plan, actuals, and the held minutes that were approved. */
export interface PayWeek extends PayHolder {
  readonly packageId: string;
  readonly personId: string;
  readonly week: IsoWeek;
  readonly visits: Readonly<Record<string, PayVisit>>;
  /** Approved minutes by line, `<visit>/<leg>` (S2-17b, X12). */
  readonly approved: Readonly<Record<string, number>>;
}

type PaidEvent = Extract<
  VisitEvent,
  { type: 'WeekPlanned' | 'VisitsReplanned' | 'VisitsRecorded' | 'VisitCorrected' | 'VisitExcused' }
>;

type Folds = {
  readonly [Type in PaidEvent['type']]: (
    week: PayWeek | undefined,
    data: Extract<PaidEvent, { type: Type }>['data'],
  ) => PayWeek | undefined;
};

/** Folds a week's stream into what pay reads; the read model and a recomputation share it. */
export const payWeekFolds: Folds = {
  WeekPlanned: (
    _,
    { packageId, personId, week, visits, providerId, contractId, contractType },
  ) => ({
    ...{ packageId, personId, week, providerId, contractId, contractType },
    visits: Object.fromEntries(visits.map((visit) => [visit.visit, planned(visit)])),
    approved: {},
  }),
  VisitsReplanned: (week, data) => week && replanned(week, data),
  VisitsRecorded: (week, { legs }) => {
    if (!week) return week;
    const visits = { ...week.visits };
    for (const leg of legs) {
      const before = visits[leg.visit];
      if (before) visits[leg.visit] = { ...before, legs: { ...before.legs, [leg.leg]: paid(leg) } };
    }
    return { ...week, visits };
  },
  VisitCorrected: (week, correction) =>
    changed(week, correction.visit, (before) => {
      const { leg, carerId, inAt, outAt, voided, manualReason, method, shadow } = correction;
      const { [leg]: was, ...others } = before.legs;
      if (voided) return { ...before, legs: others };
      const told = {
        ...(manualReason && { manualReason }),
        ...(method === 'manual' && { manual: true as const }),
        ...(shadow && { shadow }),
      };
      const { shadow: _, ...kept } = was ?? {};
      return { ...before, legs: { ...others, [leg]: { ...kept, carerId, inAt, outAt, ...told } } };
    }),
  VisitExcused: (week, { visit, reason, noticeAt }) =>
    changed(week, visit, (before) => ({
      ...before,
      excused: { reason, ...(noticeAt && { noticeAt }) },
    })),
};

/** The same for an event of any type; others change nothing. */
export function withPayEvent(
  week: PayWeek | undefined,
  { type, data }: { readonly type: string; readonly data: unknown },
): PayWeek | undefined {
  const folds = payWeekFolds as Readonly<
    Record<
      string,
      ((before: PayWeek | undefined, data: unknown) => PayWeek | undefined) | undefined
    >
  >;
  return folds[type]?.(week, data) ?? week;
}

const planned = ({ on, agreedStart, startsAt, minutes, carers }: PlannedVisit): PayVisit => ({
  ...{ on, agreedStart, startsAt, minutes, carers },
  legs: {},
});

const paid = ({ carerId, inAt, outAt, method, manualReason, shadow }: Leg): PayLeg => ({
  ...{ carerId, inAt, outAt },
  ...(method === 'manual' && { manual: true as const }),
  ...(manualReason && { manualReason }),
  ...(shadow && { shadow }),
});

function replanned(week: PayWeek, data: VisitsReplanned['data']): PayWeek {
  const { providerId, contractId, contractType } = data;
  const own = providerId === week.providerId && contractId === week.contractId;
  const holder = own ? {} : { holder: { providerId, contractId, contractType } };
  const visits: Record<string, PayVisit> = { ...week.visits };
  for (const visit of data.added) visits[visit.visit] = { ...planned(visit), ...holder };
  for (const visit of data.changed) {
    const before = visits[visit.visit];
    if (before) visits[visit.visit] = { ...before, ...planned(visit), legs: before.legs };
  }
  for (const visit of data.withdrawn) Reflect.deleteProperty(visits, visit);
  for (const { visit, reason } of data.excused ?? []) {
    const before = visits[visit];
    if (before) visits[visit] = { ...before, excused: { reason } };
  }
  for (const visit of data.reinstated ?? []) {
    const { excused: _, ...required } = visits[visit] ?? {};
    if (visits[visit]) visits[visit] = required as PayVisit;
  }
  return { ...week, visits };
}

function changed(
  week: PayWeek | undefined,
  visit: string,
  to: (before: PayVisit) => PayVisit,
): PayWeek | undefined {
  const before = week?.visits[visit];
  return before ? { ...week, visits: { ...week.visits, [visit]: to(before) } } : week;
}

/** To whom a visit is paid, and under which contract. */
export const holderOfVisit = (week: PayWeek, visit: PayVisit): PayHolder => visit.holder ?? week;
