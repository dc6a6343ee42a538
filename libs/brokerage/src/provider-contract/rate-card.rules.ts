import { weekdayOf, type CivilDate, type LocalTime } from '#kernel/time.js';
import type { DayHours, DayKind, Rate } from './provider-contract.events.js';

/** When evening and night begin and end where a rate card does not say it. */
export const usualHours: DayHours = {
  dayFrom: '07:00',
  eveningFrom: '19:00',
  nightFrom: '22:00',
};

export interface RateCard {
  readonly effectiveOn: CivilDate;
  readonly rates: readonly Rate[];
  /** Absent: the usual hours. */
  readonly hours?: DayHours;
}

/** The day kind of an agreed start: weekend before night before evening before day (S1-14). */
export function dayKindOf(weekday: number, start: LocalTime, hours = usualHours): DayKind {
  if (weekday >= 6) return 'weekend';
  if (start >= hours.nightFrom || start < hours.dayFrom) return 'night';
  return start >= hours.eveningFrom ? 'evening' : 'weekday-day';
}

/** The day kind of a visit on a date: a bank holiday before all others (S1-14). */
export const dayKindOn = (
  on: CivilDate,
  start: LocalTime,
  { hours = usualHours, bankHolidays }: { hours?: DayHours; bankHolidays: readonly CivilDate[] },
): DayKind => (bankHolidays.includes(on) ? 'bank-holiday' : dayKindOf(weekdayOf(on), start, hours));

/** Pence per hour of a visit on a date: its line is priced whole by the agreed start (S1-14). */
export const visitRate = (
  card: RateCard,
  { on, start, minutes }: { on: CivilDate; start: LocalTime; minutes: number },
  bankHolidays: readonly CivilDate[],
): number => {
  const { hours } = card;
  return rateFor(card, dayKindOn(on, start, { ...(hours && { hours }), bankHolidays }), minutes);
};

/** The card in force on a date: the latest one that began by then. */
export const rateCardOn = (cards: readonly RateCard[], on: CivilDate): RateCard | undefined =>
  cards
    .filter(({ effectiveOn }) => effectiveOn <= on)
    .toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? 1 : -1))[0];

/**
 * Pence per hour for a visit: the rate of its day kind and length, else of its day kind, else the
 * weekday daytime rate.
 */
export function rateFor({ rates }: RateCard, dayKind: DayKind, minutes: number): number {
  const ofKind = rates.filter((rate) => rate.dayKind === dayKind);
  const rate =
    ofKind.find(({ visitMinutes }) => visitMinutes === minutes) ??
    ofKind.find(({ visitMinutes }) => visitMinutes === undefined) ??
    rates.find((other) => other.dayKind === 'weekday-day' && other.visitMinutes === undefined);
  return rate?.pencePerHour ?? 0;
}

interface PricedLine {
  readonly days: readonly number[];
  readonly start: LocalTime;
  readonly minutes: number;
  readonly carers: number;
}

/** What a week of care costs in pence, without bank holidays; rounded half-up once. */
export function weeklyCostPence(card: RateCard, lines: readonly PricedLine[]): number {
  let pencePerHourMinutes = 0;
  for (const { days, start, minutes, carers } of lines) {
    for (const day of days) {
      pencePerHourMinutes +=
        rateFor(card, dayKindOf(day, start, card.hours), minutes) * minutes * carers;
    }
  }
  return Math.floor((pencePerHourMinutes + 30) / 60);
}

/** The standard weekday daytime rate of a card, which the council reports (S1-14). */
export const standardRate = ({ rates }: RateCard): number | null =>
  rates.find(({ dayKind, visitMinutes }) => dayKind === 'weekday-day' && visitMinutes === undefined)
    ?.pencePerHour ?? null;
