import { overlaps } from '#kernel/schedule.js';
import {
  carerMinutesOf,
  careMixes,
  draftSchedule,
  visitsOf,
  type DraftSchedule,
} from './draft-schedule.js';
import { adjustTo } from './exact-sums.js';
import { SeededRandom } from './seeded-random.js';

const group = (count: number): DraftSchedule[] =>
  Array.from({ length: count }, (_, at) =>
    draftSchedule(new SeededRandom('group', at), careMixes.modest),
  );

describe('Exact sums', () => {
  it.each([-300, -15, 0, 15, 30, 105, 2_250])('are reached %i minutes away (S2-1)', (minutes) => {
    const schedules = group(40);
    const wanted = carerMinutesOf(schedules) + minutes;
    adjustTo(schedules, { carerMinutes: wanted }, new SeededRandom('minutes', minutes));
    expect(carerMinutesOf(schedules)).toBe(wanted);
  });

  it.each([-20, -7, -1, 0, 1, 6, 7, 50])('are reached %i visits away (S2-1)', (visits) => {
    const schedules = group(40);
    const wanted = visitsOf(schedules) + visits;
    const carerMinutes = wanted * 36 - ((wanted * 36) % 15);
    adjustTo(schedules, { visits: wanted, carerMinutes }, new SeededRandom('visits', visits));
    expect([visitsOf(schedules), carerMinutesOf(schedules)]).toEqual([wanted, carerMinutes]);
  });

  it('keep visits apart and of 15 to 60 minutes (X1)', () => {
    const schedules = group(40);
    const sums = { visits: visitsOf(schedules) + 23, carerMinutes: 22_500 };
    adjustTo(schedules, sums, new SeededRandom('apart'));
    for (const schedule of schedules) {
      const lines = schedule.map((line, at) => ({ ...line, line: at + 1, critical: false }));
      expect(overlaps(lines)).toEqual([]);
      expect(lines.every(({ minutes }) => minutes >= 15 && minutes <= 60)).toBe(true);
    }
  });

  it('refuse what visits of a quarter to a whole hour cannot give', () => {
    const random = new SeededRandom('impossible');
    expect(() => adjustTo(group(3), { carerMinutes: 20 }, random)).toThrow(RangeError);
    expect(() => adjustTo(group(3), { carerMinutes: 600_000 }, random)).toThrow(RangeError);
  });
});
