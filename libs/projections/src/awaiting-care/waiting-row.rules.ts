import type { StoredEvent } from '#eventstore/event-store.js';
import { weeklyCarerMinutes, type ScheduleLine } from '#kernel/schedule.js';
import { civilDateOf, minuteOfDay } from '#kernel/time.js';
import type { ServiceLine, Stage } from '#brokerage/package/package.codes.js';
import type { CareNeeds } from '#brokerage/package/package.events.js';
import type {
  IncompleteReferralReceived,
  PackageReferred,
  PackageTakenOn,
} from '#brokerage/package/package.referral.events.js';
import type { StageClock, WaitingPackage } from './awaiting-care.view.js';

type CountedWhenRead =
  'ageDays' | 'stageDays' | 'covered' | 'stageClocks' | 'nextRiskReviewOn' | 'riskReviewOverdue';

/** As it is stored: ages are counted when it is read. */
export interface WaitingRow extends Omit<WaitingPackage, CountedWhenRead> {
  /** The civil date of the complete referral. */
  readonly waitingOn: string;
  readonly clocks: readonly Omit<StageClock, 'minutes'>[];
  /** By the last review; absent before the first one. */
  readonly riskReviewDueOn?: string;
}

/** A new total clock, at its first stage (S2-20). */
export const clockFrom = (
  since: string,
): Pick<WaitingRow, 'stage' | 'stageSince' | 'waitingSince' | 'waitingOn' | 'clocks'> => ({
  stage: 'awaiting-request',
  ...{ stageSince: since, waitingSince: since, waitingOn: civilDateOf(since) },
  clocks: [{ stage: 'awaiting-request', since }],
});

/** The row at a stage since an instant: the clock of the stage before stands still. */
export function atStage(row: WaitingRow, stage: Stage, since: string): WaitingRow {
  const before = row.clocks.map((clock) => (clock.until ? clock : { ...clock, until: since }));
  return { ...row, stage, stageSince: since, clocks: [...before, { stage, since }] };
}

/** What a schedule waits for: minutes a week, and by hour of day. */
export const careOf = (schedule: readonly ScheduleLine[]) => ({
  weeklyMinutes: weeklyCarerMinutes(schedule),
  minutesByHour: minutesByHour(schedule),
});

/** Each minute counts in the hour in which it is wanted: 08:45 for 30 minutes is half 8, half 9. */
function minutesByHour(schedule: readonly ScheduleLine[]): Readonly<Record<number, number>> {
  const hours: Record<number, number> = {};
  for (const { start, minutes, days, carers } of schedule) {
    const from = minuteOfDay(start);
    for (let at = from; at < from + minutes; at = nextHour(at)) {
      const hour = Math.floor(at / 60) % 24;
      const within = Math.min(nextHour(at), from + minutes) - at;
      hours[hour] = (hours[hour] ?? 0) + within * days.length * carers;
    }
  }
  return hours;
}

const nextHour = (minute: number): number => (Math.floor(minute / 60) + 1) * 60;

const needsOf = ({ schedule, ...needs }: CareNeeds) => {
  const { patch, postcodeDistrict, lot, urgent, hospitalDischarge, startOn } = needs;
  return {
    ...careOf(schedule),
    ...{ patch, postcodeDistrict, lot, urgent, hospitalDischarge, startOn },
    ...{ serviceLine: needs.serviceLine as ServiceLine, wantedStartOn: startOn },
  };
};

export function referredRow(
  data: PackageReferred['data'] | PackageTakenOn['data'],
  { metadata }: StoredEvent,
): WaitingRow {
  const { needs, packageId, reference } = data;
  const origin = 'origin' in data ? data.origin : undefined;
  return {
    ...{ packageId, referralRef: reference.referralRef, ...clockFrom(metadata.recordedAt) },
    ...needsOf(needs),
    ...(origin?.brokerOrganisation && { brokerOrganisation: origin.brokerOrganisation }),
    presentedOfferIds: [],
  };
}

/** Kept off the list: the total clock begins once it is complete (S2-20). */
export function incompleteRow(
  { draft, ...data }: IncompleteReferralReceived['data'],
  event: StoredEvent,
): WaitingRow {
  const row = referredRow({ ...data, needs: { ...draft, schedule: [] } }, event);
  return atStage({ ...row, clocks: [] }, 'referral-incomplete', event.metadata.recordedAt);
}

/** Its total clock begins; how long it was incomplete stays told. */
export const completedRow = (
  row: WaitingRow,
  needs: CareNeeds,
  { metadata: { recordedAt } }: StoredEvent,
): WaitingRow => {
  const { clocks } = atStage(row, 'awaiting-request', recordedAt);
  return { ...row, ...needsOf(needs), ...clockFrom(recordedAt), clocks };
};

/** The needs as corrected; the total clock goes on. */
export const correctedRow = (
  row: WaitingRow,
  needs: CareNeeds,
  { metadata: { recordedAt } }: StoredEvent,
): WaitingRow => {
  const { requestId: _, closesAt: __, ...known } = { ...row, ...needsOf(needs) };
  return row.stage === 'awaiting-request'
    ? known
    : atStage({ ...known, presentedOfferIds: [] }, 'awaiting-request', recordedAt);
};

/** The person chooses again among the other offers, if there are any (X5). */
export function withoutAward(
  row: WaitingRow,
  offerId: string,
  { metadata }: StoredEvent,
): WaitingRow {
  const { providerId: _, ...others } = row;
  const presentedOfferIds = row.presentedOfferIds.filter((presented) => presented !== offerId);
  const stage = presentedOfferIds.length > 0 ? 'offers-presented' : 'awaiting-request';
  const back = { ...others, presentedOfferIds, startOn: row.wantedStartOn };
  return atStage(back, stage, metadata.recordedAt);
}
