import { addDays, monthOf, weekdayOf, type CivilDate, type Month } from './time.js';

/** How often a window of two weeks starts: each Monday, or each day. */
export type ContinuityStep = 'weekly' | 'daily';

/** Two weeks, both days included. */
export interface ContinuityWindow {
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
}

const windowDays = 14;

/**
 * The most carers who may have attended so many visits of a window: 1 + roundup(0.15 × visits),
 * in integers; 14 visits allow 4. `null`, not applicable, when nothing was attended (S2-11).
 */
export const continuityLimit = (visits: number): number | null =>
  visits === 0 ? null : 1 + Math.floor((3 * visits + 19) / 20);

/** The windows in which a visit on a date counts, earliest first: 2 by week, 14 by day (S2-11). */
export function continuityWindowsHolding(
  date: CivilDate,
  step: ContinuityStep,
): readonly ContinuityWindow[] {
  const stepDays = step === 'weekly' ? 7 : 1;
  const latest = step === 'weekly' ? addDays(date, 1 - weekdayOf(date)) : date;
  const count = windowDays / stepDays;
  return Array.from({ length: count }, (_, at) =>
    windowFrom(addDays(latest, (at + 1 - count) * stepDays)),
  );
}

const windowFrom = (startsOn: CivilDate): ContinuityWindow => ({
  startsOn,
  endsOn: addDays(startsOn, windowDays - 1),
});

/** The month in which a window counts: that of its 14th day (S2-11). */
export const windowMonth = (startsOn: CivilDate): Month =>
  monthOf(addDays(startsOn, windowDays - 1));
