import { addDays, firstOfMonth, monthAfter, type CivilDate, type Month } from '#kernel/time.js';
import type { Counts, Figure } from './kpi-shares.rules.js';
import { placeOf } from './kpi.rules.js';

/** A counter as a figure. */
export const figureOf = ({ key, counts }: { key: string; counts: Counts }): Figure => ({
  ...placeOf(key),
  counts,
});

/** A miss counts as unreported from the day on which its report is too late (S2-12). */
export function dueReport(key: string, counts: Counts, today: CivilDate): Figure[] {
  const [kind, month, providerId, patch, dueOn = '', ...set] = key.split('|');
  if (dueOn > today) return [];
  return [figureOf({ key: [kind, month, providerId, patch, ...set].join('|'), counts })];
}

/** Windows count in the month of their 14th day, and are judged once that day is over (S2-11). */
export function windowsOf(month: Month, today: CivilDate) {
  const from = addDays(firstOfMonth(month), -13);
  const next = addDays(firstOfMonth(monthAfter(month, 1)), -13);
  const unfinished = addDays(today, -13);
  return { from, before: next < unfinished ? next : unfinished };
}
