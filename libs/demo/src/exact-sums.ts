import {
  carerMinutesOf,
  draftLine,
  slotTimes,
  visitsOf,
  type DraftLine,
  type DraftSchedule,
} from './draft-schedule.js';
import type { SeededRandom } from './seeded-random.js';

/** What a group of packages adds up to in a week. Minutes are a multiple of 15. */
export interface WeeklySums {
  /** Absent: as many as the minutes need. */
  readonly visits?: number;
  readonly carerMinutes: number;
}

const most = 400_000;
const quarter = 15;

/**
 * Changes schedules in place until they add up exactly: whole daily visits and single ones for the
 * number, steps of 15 minutes for the time, the last rest on single days of a line.
 *
 * @throws RangeError when the sums cannot be reached with visits of 15 to 60 minutes
 */
export function adjustTo(
  schedules: readonly DraftSchedule[],
  { visits, carerMinutes }: WeeklySums,
  random: SeededRandom,
): void {
  if (visits !== undefined) adjustVisits(schedules, visits, random);
  adjustMinutes(schedules, carerMinutes, random);
  const exact = visits === undefined || visitsOf(schedules) === visits;
  if (!exact || carerMinutesOf(schedules) !== carerMinutes) {
    throw new RangeError(`no schedules give ${visits} visits and ${carerMinutes} carer minutes`);
  }
}

function adjustVisits(
  schedules: readonly DraftSchedule[],
  visits: number,
  random: SeededRandom,
): void {
  let missing = visits - visitsOf(schedules);
  for (let tries = 0; missing !== 0 && tries < most; tries += 1) {
    const schedule = random.pick(schedules);
    if (missing >= 7) missing -= addDaily(schedule, random);
    else if (missing > 0) missing -= addSingle(schedule, random);
    else if (missing <= -7) missing += dropDaily(schedule, random);
    else missing += dropSingle(schedule, random);
  }
}

function addDaily(schedule: DraftSchedule, random: SeededRandom): number {
  const free = (['morning', 'lunch', 'tea', 'bed'] as const).filter(
    (slot) => !schedule.some((line) => line.slot === slot),
  );
  if (free.length === 0) return 0;
  const carers = schedule[0]?.carers ?? 1;
  const days = [1, 2, 3, 4, 5, 6, 7];
  schedule.push(draftLine(random, random.pick(free), { days, carers, shared: true }));
  return 7;
}

function addSingle(schedule: DraftSchedule, random: SeededRandom): number {
  if (schedule.some(({ slot }) => slot === 'extra')) return 0;
  schedule.push(draftLine(random, 'extra', { days: [random.int(1, 5)], carers: 1, shared: false }));
  return 1;
}

function dropDaily(schedule: DraftSchedule, random: SeededRandom): number {
  const daily = schedule.filter(({ days }) => days.length === 7);
  if (schedule.length < 2 || daily.length === 0) return 0;
  schedule.splice(schedule.indexOf(random.pick(daily)), 1);
  return 7;
}

function dropSingle(schedule: DraftSchedule, random: SeededRandom): number {
  const line = random.pick(schedule);
  if (line.days.length < 5) return 0;
  line.days.splice(random.int(0, line.days.length - 1), 1);
  return 1;
}

function adjustMinutes(
  schedules: readonly DraftSchedule[],
  carerMinutes: number,
  random: SeededRandom,
): void {
  let missing = carerMinutes - carerMinutesOf(schedules);
  for (let tries = 0; missing !== 0 && tries < most; tries += 1) {
    const schedule = random.pick(schedules);
    const line = random.pick(schedule);
    const change = Math.sign(missing) * quarter;
    if (!allowsLength(line, line.minutes + change)) continue;
    const whole = change * line.carers * line.days.length;
    if (Math.abs(whole) <= Math.abs(missing)) {
      line.minutes += change;
      missing -= whole;
    } else if (missing % (quarter * line.carers) === 0) {
      missing -= splitLine(schedule, line, change, Math.abs(missing) / (quarter * line.carers));
    }
  }
}

const allowsLength = ({ slot }: DraftLine, minutes: number): boolean =>
  minutes >= quarter && minutes <= slotTimes[slot].longest;

/** Changes the length on some days only; answers the carer minutes that were added. */
function splitLine(schedule: DraftSchedule, line: DraftLine, change: number, days: number): number {
  const split = line.days.splice(line.days.length - days, days);
  schedule.push({ ...line, days: split, minutes: line.minutes + change });
  return change * line.carers * days;
}
