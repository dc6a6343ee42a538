import type { PayPolicy } from './council-policy.js';
import {
  addDays,
  daysBetween,
  isoWeekOf,
  weeksFrom,
  type CivilDate,
  type IsoWeek,
} from './time.js';

/** The days that one statement pays: whole weeks from a Monday on (S2-18). */
export interface PayPeriod {
  readonly startsOn: CivilDate;
  readonly endsBefore: CivilDate;
  readonly weeks: readonly IsoWeek[];
}

type Periods = Pick<PayPolicy, 'periodsFromOn' | 'periodWeeks'>;

/** The period that a date lies in. */
export function payPeriodOf(on: CivilDate, { periodsFromOn, periodWeeks }: Periods): PayPeriod {
  const days = 7 * periodWeeks;
  const startsOn = addDays(periodsFromOn, Math.floor(daysBetween(periodsFromOn, on) / days) * days);
  const endsBefore = addDays(startsOn, days);
  const weeks = weeksFrom(isoWeekOf(startsOn), isoWeekOf(addDays(endsBefore, -1)));
  return { startsOn, endsBefore, weeks };
}

/** Whether a period begins on this date. */
export const startsPayPeriod = (on: CivilDate, periods: Periods): boolean =>
  payPeriodOf(on, periods).startsOn === on;
