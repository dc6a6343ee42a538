import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  addMinutes,
  addMonths,
  civilDateOf,
  daysBetween,
  elapsedSeconds,
  firstOfMonth,
  instantMs,
  instantOf,
  isCivilDate,
  isInstant,
  isIsoWeek,
  isLocalTime,
  isLoggedTime,
  isMonth,
  isoWeekOf,
  localTimeOf,
  londonInstant,
  londonReadings,
  minuteOfDay,
  mondayOf,
  monthAfter,
  monthOf,
  resolveLocalActual,
  truncatedToMinute,
  weekAfter,
  weekdayOf,
  weeksFrom,
} from './time.js';
import { offsetMs } from './time-london.js';

const hourMs = 3_600_000;
const anyDate = fc
  .integer({ min: -719_162, max: 2_932_896 })
  .map((day) => new Date(day * 24 * hourMs).toISOString().slice(0, 10));
const anyMs = fc.integer({ min: -2_000_000_000_000, max: 8_000_000_000_000 });

describe('Calendar dates', () => {
  it('agree with the language about every instant, both ways', () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        const text = new Date(ms).toISOString();
        expect(instantOf(ms)).toBe(text);
        expect(instantMs(text)).toBe(ms);
      }),
    );
  });

  it('agree with Temporal about the weekday and week of any date', () => {
    fc.assert(
      fc.property(anyDate, (text) => {
        const date = Temporal.PlainDate.from(text);
        const year = String(date.yearOfWeek).padStart(4, '0');
        fc.pre(year > '0000' && year < '9999');
        expect(weekdayOf(text)).toBe(date.dayOfWeek);
        expect(isoWeekOf(text)).toBe(`${year}-W${String(date.weekOfYear).padStart(2, '0')}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('follow one another as the language counts days, over leap years of all kinds', () => {
    const dayMs = 24 * hourMs;
    let text = '1899-01-01';
    for (let ms = Date.UTC(1899, 0, 1); text < '2101-01-01'; ms += dayMs) {
      if (new Date(ms).toISOString().slice(0, 10) !== text) throw new Error(`${text} is not next`);
      text = addDays(text, 1);
    }
  });

  it('come back after adding and subtracting days', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        const limit = daysBetween(date, days < 0 ? '0001-01-01' : '9999-12-31');
        fc.pre(Math.abs(days) <= Math.abs(limit));
        const other = addDays(date, days);
        expect(addDays(other, -days)).toBe(date);
        expect(daysBetween(date, other)).toBe(days);
      }),
    );
  });

  it('refuse to leave the years whose texts sort by time', () => {
    expect(addDays('9999-12-30', 1)).toBe('9999-12-31');
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
    expect(() => monthAfter('9999-12', 1)).toThrow(RangeError);
    expect(() => addDays('soon', 1)).toThrow(RangeError);
  });

  it.each([
    ['2027-02-28', 12, '2028-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it('know their month', () => {
    expect(monthOf('2026-03-29')).toBe('2026-03');
    expect(firstOfMonth('2026-03')).toBe('2026-03-01');
    expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  });
});

describe('ISO weeks', () => {
  it.each([
    ['2025-12-28', '2025-W52'],
    ['2025-12-29', '2026-W01'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
  ])('%s lies in %s', (date, week) => {
    expect(isoWeekOf(date)).toBe(week);
  });

  it('hold their Monday and the six days after it', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        fc.pre(date < '9999-12-20');
        const monday = mondayOf(isoWeekOf(date));
        expect(weekdayOf(monday)).toBe(1);
        expect(daysBetween(monday, date)).toBe(weekdayOf(date) - 1);
      }),
    );
  });

  it('follow one another over a year of 53 weeks', () => {
    expect(weeksFrom('2026-W52', '2027-W01')).toEqual(['2026-W52', '2026-W53', '2027-W01']);
    expect(weeksFrom('2026-W52', '2026-W52')).toEqual(['2026-W52']);
    expect(weeksFrom('2026-W52', '2026-W51')).toEqual([]);
    expect(weekAfter('2027-W01', -1)).toBe('2026-W53');
  });
});

describe('London time', () => {
  it('agrees with Temporal for every hour of years 2000 to 2050 (X9)', () => {
    const end = Date.UTC(2051, 0, 1);
    let change = Temporal.ZonedDateTime.from('2000-01-01T00:00[Europe/London]');
    while (change.epochMilliseconds < end) {
      const next = change.getTimeZoneTransition('next');
      const until = Math.min(next?.epochMilliseconds ?? end, end);
      expect(hoursWithOtherOffset(change.epochMilliseconds, until, change)).toEqual([]);
      expect(hoursWithOtherOffset(until - 1, until, change)).toEqual([]);
      if (!next) throw new Error('London keeps one offset for ever');
      change = next;
    }
  });

  it.each([
    ['2026-03-29', '00:59', '2026-03-29T00:59:00.000Z', false],
    ['2026-03-29', '01:00', '2026-03-29T01:00:00.000Z', true],
    ['2026-03-29', '01:30', '2026-03-29T01:30:00.000Z', true],
    ['2026-03-29', '01:59', '2026-03-29T01:59:00.000Z', true],
    ['2026-03-29', '02:00', '2026-03-29T01:00:00.000Z', false],
    ['2026-10-25', '00:59', '2026-10-24T23:59:00.000Z', false],
    ['2026-10-25', '01:00', '2026-10-25T00:00:00.000Z', false],
    ['2026-10-25', '01:59', '2026-10-25T00:59:00.000Z', false],
    ['2026-10-25', '02:00', '2026-10-25T02:00:00.000Z', false],
    ['2026-01-15', '08:30', '2026-01-15T08:30:00.000Z', false],
    ['2026-07-15', '08:30', '2026-07-15T07:30:00.000Z', false],
  ])('%s at %s is %s, moved forward: %s (X9)', (on, at, instant, shifted) => {
    expect(londonInstant(on, at)).toEqual({ instant, shifted });
  });

  it('shows a skipped 01:30 as 02:30 (X9)', () => {
    expect(localTimeOf(londonInstant('2026-03-29', '01:30').instant)).toBe('02:30');
  });

  it('occurs never, once or twice (X9)', () => {
    expect(londonReadings('2026-03-29', '01:30')).toEqual([]);
    expect(londonReadings('2026-03-29', '02:30')).toHaveLength(1);
    expect(londonReadings('2026-10-25', '01:30')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ]);
  });

  it('comes back from every agreed time that exists, as Temporal reads it (X9)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1998-01-01', days)),
        fc.integer({ min: 0, max: 1439 }),
        (on, minute) => {
          const at = new Date(minute * 60_000).toISOString().slice(11, 16);
          const { instant, shifted } = londonInstant(on, at);
          const zoned = Temporal.ZonedDateTime.from(`${on}T${at}[Europe/London]`);
          expect(instantMs(instant)).toBe(zoned.epochMilliseconds);
          if (!shifted) expect([civilDateOf(instant), localTimeOf(instant)]).toEqual([on, at]);
        },
      ),
    );
  });

  it('gives the civil date of a summer evening after 23:00 UTC (S2-9)', () => {
    expect(civilDateOf('2026-06-30T22:59:59.999Z')).toBe('2026-06-30');
    expect(civilDateOf('2026-06-30T23:00:00.000Z')).toBe('2026-07-01');
    expect(civilDateOf('2026-12-31T23:30:00.000Z')).toBe('2026-12-31');
  });
});

function hoursWithOtherOffset(
  fromMs: number,
  untilMs: number,
  zoned: Temporal.ZonedDateTime,
): string[] {
  const wantedMs = zoned.offsetNanoseconds / 1e6;
  const other: string[] = [];
  for (let ms = fromMs; ms < untilMs; ms += hourMs) {
    if (offsetMs(ms) !== wantedMs) other.push(new Date(ms).toISOString());
  }
  return other;
}

describe('Elapsed time', () => {
  it('ignores what the clocks show (X9)', () => {
    const before = londonInstant('2026-03-29', '00:50').instant;
    expect(elapsedSeconds(before, londonInstant('2026-03-29', '02:10').instant)).toBe(20 * 60);
    expect(addMinutes(before, 20)).toBe('2026-03-29T01:10:00.000Z');
  });

  it('counts whole seconds', () => {
    expect(elapsedSeconds('2026-03-02T09:00:00.500Z', '2026-03-02T09:00:02.499Z')).toBe(1);
    expect(elapsedSeconds('2026-03-02T09:00:00.500Z', '2026-03-02T09:00:02.500Z')).toBe(2);
    expect(elapsedSeconds('2026-03-02T09:00:02.000Z', '2026-03-02T09:00:00.000Z')).toBe(-2);
  });

  it('cuts seconds off, never rounds them', () => {
    expect(truncatedToMinute('2026-03-02T08:30:59.999Z')).toBe('2026-03-02T08:30:00.000Z');
    expect([minuteOfDay('00:00'), minuteOfDay('23:59:59')]).toEqual([0, 1439]);
  });
});

describe('A log without an offset', () => {
  const resolve = (on: string, start: string, end: string, agreed: string | null = null) =>
    resolveLocalActual(on, start, end, agreed);

  it('is read as it stands on any other day (X9)', () => {
    expect(resolve('2026-07-15', '08:30:59', '09:00')).toEqual({
      startAt: '2026-07-15T07:30:59.000Z',
      endAt: '2026-07-15T08:00:00.000Z',
      ambiguous: false,
    });
  });

  it('goes on over midnight for up to 16 hours', () => {
    expect(resolve('2026-07-15', '23:50', '00:20')).toMatchObject({
      endAt: '2026-07-15T23:20:00.000Z',
    });
    expect(resolve('2026-07-15', '17:00', '09:00')).toHaveProperty('endAt');
    expect(resolve('2026-07-15', '17:00', '09:01')).toHaveProperty('held');
  });

  it('is held when the log-out does not follow the log-in (X9)', () => {
    expect(resolve('2026-07-15', '08:30', '08:31')).toHaveProperty('startAt');
    expect(resolve('2026-07-15', '08:30', '08:30')).toHaveProperty('held');
    expect(resolve('2026-07-15', '08:30', '08:00')).toHaveProperty('held');
  });

  const repeated = '2026-10-25';
  const first = londonInstant(repeated, '01:15').instant;
  const second = addMinutes(first, 60);

  it('takes the reading nearest the agreed start in the repeated hour, flagged (X9)', () => {
    expect(resolve(repeated, '01:10', '01:40', first)).toEqual({
      startAt: '2026-10-25T00:10:00.000Z',
      endAt: '2026-10-25T00:40:00.000Z',
      ambiguous: true,
    });
    expect(resolve(repeated, '01:10', '01:40', second)).toEqual({
      startAt: '2026-10-25T01:10:00.000Z',
      endAt: '2026-10-25T01:40:00.000Z',
      ambiguous: true,
    });
  });

  it('takes the only reading whose end follows the start, flagged (X9)', () => {
    expect(resolve(repeated, '01:50', '01:10', second)).toEqual({
      startAt: '2026-10-25T00:50:00.000Z',
      endAt: '2026-10-25T01:10:00.000Z',
      ambiguous: true,
    });
  });

  it('is flagged when its start alone occurs twice (X9)', () => {
    const start = (agreed: string) => resolve(repeated, '01:50', '02:20', agreed);
    expect(start('2026-10-25T02:00:00.000Z')).toEqual({
      startAt: '2026-10-25T01:50:00.000Z',
      endAt: '2026-10-25T02:20:00.000Z',
      ambiguous: true,
    });
    expect(start(first)).toMatchObject({ startAt: '2026-10-25T00:50:00.000Z', ambiguous: true });
  });

  it('ends at the first reading after a start that occurs once, flagged (X9)', () => {
    expect(resolve(repeated, '00:50', '01:10', first)).toEqual({
      startAt: '2026-10-24T23:50:00.000Z',
      endAt: '2026-10-25T00:10:00.000Z',
      ambiguous: true,
    });
    expect(resolve('2026-10-24', '23:50', '01:10', first)).toMatchObject({
      endAt: '2026-10-25T00:10:00.000Z',
      ambiguous: true,
    });
  });

  it('is not flagged outside the repeated hour of the same night (X9)', () => {
    expect(resolve(repeated, '02:00', '02:30', first)).toMatchObject({ ambiguous: false });
    expect(resolve(repeated, '00:30', '00:59', first)).toMatchObject({ ambiguous: false });
  });

  it('is held when both readings are equally near, or nothing agreed decides (X9)', () => {
    expect(resolve(repeated, '01:00', '01:40', '2026-10-25T00:29:00.000Z')).toHaveProperty(
      'startAt',
    );
    expect(resolve(repeated, '01:00', '01:40', '2026-10-25T00:30:00.000Z')).toHaveProperty('held');
    expect(resolve(repeated, '01:00', '01:40', '2026-10-25T00:31:00.000Z')).toHaveProperty(
      'startAt',
    );
    expect(resolve(repeated, '01:00', '01:40')).toHaveProperty('held');
  });

  it('reads a skipped time as that of a clock not put forward, flagged (X9)', () => {
    expect(resolve('2026-03-29', '00:50', '01:20')).toEqual({
      startAt: '2026-03-29T00:50:00.000Z',
      endAt: '2026-03-29T01:20:00.000Z',
      ambiguous: true,
    });
    expect(resolve('2026-03-29', '00:50', '02:20')).toEqual({
      startAt: '2026-03-29T00:50:00.000Z',
      endAt: '2026-03-29T01:20:00.000Z',
      ambiguous: false,
    });
  });
});

describe('A text', () => {
  it.each([
    [
      isCivilDate,
      ['2026-02-28', '2028-02-29', '0001-01-01', '9999-12-31'],
      [
        '2026-02-29',
        '1900-02-29',
        '2026-13-01',
        '2026-00-10',
        '2026-04-31',
        '0000-01-01',
        '2026-1-1',
        '2026-01-01 ',
        '',
      ],
    ],
    [isLocalTime, ['00:00', '23:59'], ['24:00', '23:60', '8:30', '08:30:00', '']],
    [isLoggedTime, ['08:30', '23:59:59'], ['08:30:60', '24:00:00', '08:30:5']],
    [
      isInstant,
      ['2026-03-29T00:30:00.000Z', '2026-12-31T23:59:59.999Z'],
      [
        '2026-03-29T00:30:00Z',
        '2026-03-29T24:00:00.000Z',
        '2026-02-30T00:00:00.000Z',
        '2026-03-29T00:30:00.000+01:00',
        '2026-03-29T00:30:60.000Z',
      ],
    ],
    [
      isIsoWeek,
      ['2026-W01', '2026-W53', '2020-W53', '2025-W52', '9999-W52'],
      ['2025-W53', '2027-W53', '9999-W53', '2026-W00', '2026-W54', '2026-13', '2026-W1'],
    ],
    [isMonth, ['2026-01', '2026-12'], ['2026-00', '2026-13', '2026-1', '2026-01-01']],
  ] as const)('%p accepts what exists and nothing else', (check, real, unreal) => {
    expect(real.filter((text) => !check(text))).toEqual([]);
    expect(unreal.filter((text) => check(text))).toEqual([]);
  });

  it('is a week exactly when some date lies in it', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(isIsoWeek(isoWeekOf(date))).toBe(true);
      }),
    );
  });
});
