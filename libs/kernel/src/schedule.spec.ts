import fc from 'fast-check';
import {
  overlaps,
  planVisits,
  weeklyCarerMinutes,
  weeklyVisitMinutes,
  weeklyVisits,
  type ScheduleLine,
} from './schedule.js';
import { addDays, isoWeekOf, localTimeOf, mondayOf, weekAfter, weekdayOf } from './time.js';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const line = (fields: Partial<ScheduleLine>): ScheduleLine => ({
  line: 1,
  days: everyDay,
  start: '08:00',
  minutes: 30,
  carers: 1,
  critical: false,
  ...fields,
});
const always = { from: '2000-01-01' };

describe('A weekly schedule', () => {
  const lines = [line({}), line({ line: 2, start: '20:00', minutes: 45, carers: 2, days: [1, 3] })];

  it('counts both carers of a double-handed visit as carer time, once as visit time (S2-1)', () => {
    expect(weeklyCarerMinutes(lines)).toBe(7 * 30 + 2 * 45 * 2);
    expect(weeklyVisitMinutes(lines)).toBe(7 * 30 + 2 * 45);
    expect(weeklyVisits(lines)).toBe(9);
  });

  it('is nothing without lines', () => {
    expect([weeklyCarerMinutes([]), weeklyVisitMinutes([]), weeklyVisits([])]).toEqual([0, 0, 0]);
    expect(planVisits([], '2026-W10', always)).toEqual([]);
    expect(overlaps([])).toEqual([]);
  });
});

describe('Planned visits', () => {
  it('carry all that an actual is judged against', () => {
    const plan = planVisits([line({ days: [7], critical: true, carers: 2 })], '2026-W10', always);
    expect(plan).toEqual([
      {
        visit: '2026-03-08.1.1',
        on: '2026-03-08',
        agreedStart: '08:00',
        startsAt: '2026-03-08T08:00:00.000Z',
        minutes: 30,
        carers: 2,
        critical: true,
      },
    ]);
  });

  it('tell of a prior agreement to a short visit, and of none (X3)', () => {
    const short = planVisits([line({ minutes: 15, shortAgreed: true })], '2026-W10', always);
    expect(short.every(({ shortAgreed }) => shortAgreed)).toBe(true);
    expect(planVisits([line({})], '2026-W10', always)[0]).not.toHaveProperty('shortAgreed');
  });

  it('start in order, whatever the order of the lines', () => {
    const late = line({ line: 1, start: '21:00', days: [2] });
    const early = line({ line: 2, start: '07:00', days: [2] });
    const same = line({ line: 3, start: '07:00', days: [2] });
    expect(planVisits([same, late, early], '2026-W10', always).map(({ visit }) => visit)).toEqual([
      '2026-03-03.2.1',
      '2026-03-03.3.1',
      '2026-03-03.1.1',
    ]);
  });

  it('fall on the first day of the window and not on the day it ends before', () => {
    const dates = (from: string, before?: string | null) =>
      planVisits([line({})], '2026-W10', before === undefined ? { from } : { from, before }).map(
        ({ on }) => on,
      );
    expect(dates('2026-03-07')).toEqual(['2026-03-07', '2026-03-08']);
    expect(dates('2026-03-01', '2026-03-04')).toEqual(['2026-03-02', '2026-03-03']);
    expect(dates('2026-03-01', null)).toHaveLength(7);
    expect(dates('2026-03-09')).toEqual([]);
    expect(dates('2026-03-01', '2026-03-02')).toEqual([]);
    expect(dates('2026-03-04', '2026-03-04')).toEqual([]);
  });

  it('keep their ids when another line goes (X18)', () => {
    const kept = line({ line: 2, start: '12:00' });
    const before = planVisits([line({}), kept], '2026-W10', always);
    const after = planVisits([kept], '2026-W10', always);
    expect(before).toEqual(expect.arrayContaining(after));
  });

  it('are told apart when one line falls twice on a date', () => {
    const plan = planVisits([line({ days: [1, 1] })], '2026-W10', always);
    expect(plan.map(({ visit }) => visit)).toEqual(['2026-03-02.1.1', '2026-03-02.1.2']);
  });

  it('move forward out of the skipped hour and say so (X9)', () => {
    const [skipped] = planVisits([line({ days: [7], start: '01:30' })], '2026-W13', always);
    expect(skipped).toMatchObject({
      agreedStart: '01:30',
      startsAt: '2026-03-29T01:30:00.000Z',
      shifted: true,
    });
    const [after] = planVisits([line({ days: [7], start: '02:00' })], '2026-W13', always);
    expect(after).toMatchObject({ startsAt: '2026-03-29T01:00:00.000Z' });
    expect(after).not.toHaveProperty('shifted');
  });

  it('take the first of a repeated time (X9)', () => {
    const [visit] = planVisits([line({ days: [7], start: '01:30' })], '2026-W43', always);
    expect(visit).toMatchObject({ startsAt: '2026-10-25T00:30:00.000Z' });
    expect(visit).not.toHaveProperty('shifted');
  });

  const anyLine = fc.record({
    line: fc.integer({ min: 1, max: 9 }),
    days: fc.subarray(everyDay, { minLength: 1 }),
    start: fc
      .integer({ min: 0, max: 1439 })
      .map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16)),
    minutes: fc.integer({ min: 15, max: 600 }),
    carers: fc.integer({ min: 1, max: 2 }),
    critical: fc.boolean(),
  });
  const anySchedule = fc.uniqueArray(anyLine, { maxLength: 6, selector: ({ line: no }) => no });
  // Weeks 13 and 43 of 2026 hold the clock changes.
  const anyWeek = fc.constantFrom(
    '2026-W12',
    '2026-W13',
    '2026-W14',
    '2026-W42',
    '2026-W43',
    '2026-W53',
  );

  it('keep the wall clock over the weeks of the clock changes (X9)', () => {
    fc.assert(
      fc.property(anySchedule, anyWeek, (lines, week) => {
        const plan = planVisits(lines, week, always);
        expect(plan).toHaveLength(weeklyVisits(lines));
        expect(new Set(plan.map(({ visit }) => visit)).size).toBe(plan.length);
        expect(plan.map(({ startsAt }) => startsAt)).toEqual(
          plan.map(({ startsAt }) => startsAt).toSorted(),
        );
        for (const visit of plan) {
          expect(isoWeekOf(visit.on)).toBe(week);
          if (!visit.shifted) expect(localTimeOf(visit.startsAt)).toBe(visit.agreedStart);
        }
      }),
    );
  });

  it('of two windows that meet are those of the whole week', () => {
    fc.assert(
      fc.property(anySchedule, anyWeek, fc.integer({ min: 0, max: 7 }), (lines, week, days) => {
        const cut = addDays(mondayOf(week), days);
        const parts = [
          ...planVisits(lines, week, { from: '2000-01-01', before: cut }),
          ...planVisits(lines, week, { from: cut }),
        ];
        expect(parts).toEqual(
          planVisits(lines, week, always).toSorted(({ on: a }, { on: b }) =>
            a < b ? -1 : a > b ? 1 : 0,
          ),
        );
      }),
    );
  });

  it('fall on the same weekdays every week', () => {
    expect(
      planVisits([line({ days: [2, 4] })], weekAfter('2026-W52', 1), always).map(({ on }) =>
        weekdayOf(on),
      ),
    ).toEqual([2, 4]);
  });
});

describe('Overlaps', () => {
  const morning = line({ line: 1, start: '08:00', minutes: 30, days: [1] });

  it('begin one minute before the earlier visit ends (X1)', () => {
    expect(overlaps([morning, line({ line: 2, start: '08:30', days: [1] })])).toEqual([]);
    expect(overlaps([morning, line({ line: 2, start: '08:29', days: [1] })])).toEqual([
      { a: 1, b: 2, day: 1 },
    ]);
    expect(overlaps([morning, line({ line: 2, start: '07:31', days: [1] })])).toEqual([
      { a: 1, b: 2, day: 1 },
    ]);
    expect(overlaps([morning, line({ line: 2, start: '07:30', days: [1] })])).toEqual([]);
  });

  it('need a day in common (X1)', () => {
    expect(overlaps([morning, line({ line: 2, days: [2, 3] })])).toEqual([]);
    expect(overlaps([line({ days: [1, 3] }), line({ line: 2, days: [2, 3] })])).toEqual([
      { a: 1, b: 2, day: 3 },
    ]);
  });

  it('are found over midnight and from Sunday to Monday (X1)', () => {
    const night = line({ line: 1, start: '23:30', minutes: 60, days: [2, 7] });
    expect(overlaps([night, line({ line: 2, start: '00:29', days: [1, 3] })])).toEqual([
      { a: 1, b: 2, day: 1 },
      { a: 1, b: 2, day: 3 },
    ]);
    expect(overlaps([night, line({ line: 2, start: '00:30', days: [1, 3] })])).toEqual([]);
  });

  it('of a line with itself are found when it lasts over a day or falls twice on one (X1)', () => {
    expect(overlaps([line({ minutes: 24 * 60, days: [1, 2] })])).toEqual([]);
    expect(overlaps([line({ minutes: 24 * 60 + 1, days: [1, 2] })])).toEqual([
      { a: 1, b: 1, day: 2 },
    ]);
    expect(overlaps([line({ days: [1, 1] })])).toEqual([{ a: 1, b: 1, day: 1 }]);
  });
});
