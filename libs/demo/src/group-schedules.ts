import type { DemoSize } from './demo-scale.js';
import { draftSchedule, type CareMix, type DraftSchedule } from './draft-schedule.js';
import { adjustTo, type WeeklySums } from './exact-sums.js';
import { SeededRandom } from './seeded-random.js';

/** Schedules of a group of people. */
export const drafts = (seed: number, group: string, count: number, mix: CareMix): DraftSchedule[] =>
  Array.from({ length: count }, (_, at) => draftSchedule(new SeededRandom(seed, group, at), mix));

/** Schedules of a group that add up exactly. */
export function exactDrafts(
  seed: number,
  group: string,
  terms: WeeklySums & { count: number; mix: CareMix },
): DraftSchedule[] {
  const schedules = drafts(seed, group, terms.count, terms.mix);
  adjustTo(schedules, terms, new SeededRandom(seed, group, 'sums'));
  return schedules;
}

/** The share of the reference week's visits that goes to packages awarded in the year. */
export const liveVisits = ({ referenceVisits, liveMinutes, referenceMinutes }: DemoSize): number =>
  Math.round((referenceVisits * liveMinutes) / referenceMinutes);
