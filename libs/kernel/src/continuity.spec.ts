import fc from 'fast-check';
import { continuityLimit, continuityWindowsHolding, windowMonth } from './continuity.js';
import { addDays, weekdayOf } from './time.js';

describe('The continuity limit', () => {
  it.each([
    [1, 2],
    [6, 2],
    [7, 3],
    [13, 3],
    [14, 4],
    [20, 4],
    [21, 5],
    [28, 6],
    [40, 7],
    [41, 8],
    [56, 10],
  ])('of %i visits is %i carers (S2-11)', (visits, limit) => {
    expect(continuityLimit(visits)).toBe(limit);
  });

  it('is not applicable without visits, and is from the first one on (S2-11)', () => {
    expect(continuityLimit(0)).toBeNull();
    expect(continuityLimit(1)).not.toBeNull();
  });

  it('is one more than 15 % rounded up, for every count (S2-11)', () => {
    for (let visits = 1; visits <= 2_000; visits += 1) {
      const more = (continuityLimit(visits) ?? 0) - 1;
      expect(more * 100 >= visits * 15 && (more - 1) * 100 < visits * 15).toBe(true);
    }
  });
});

describe('Continuity windows', () => {
  it('by week are the two that started on the last two Mondays (S2-11)', () => {
    const windows = [
      { startsOn: '2026-02-23', endsOn: '2026-03-08' },
      { startsOn: '2026-03-02', endsOn: '2026-03-15' },
    ];
    expect(continuityWindowsHolding('2026-03-02', 'weekly')).toEqual(windows);
    expect(continuityWindowsHolding('2026-03-08', 'weekly')).toEqual(windows);
    expect(continuityWindowsHolding('2026-03-09', 'weekly')[0]).toEqual(windows[1]);
  });

  it('by day are the fourteen that hold the date (S2-11)', () => {
    const windows = continuityWindowsHolding('2026-03-15', 'daily');
    expect(windows).toHaveLength(14);
    expect(windows[0]).toEqual({ startsOn: '2026-03-02', endsOn: '2026-03-15' });
    expect(windows[13]).toEqual({ startsOn: '2026-03-15', endsOn: '2026-03-28' });
  });

  it('hold the date, and no other window of the step does (S2-11)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12_000 }).map((days) => addDays('2020-01-01', days)),
        fc.constantFrom('weekly' as const, 'daily' as const),
        (date, step) => {
          const holding = Array.from({ length: 29 }, (_, at) => addDays(date, at - 20))
            .filter((startsOn) => step === 'daily' || weekdayOf(startsOn) === 1)
            .map((startsOn) => ({ startsOn, endsOn: addDays(startsOn, 13) }))
            .filter(({ startsOn, endsOn }) => startsOn <= date && date <= endsOn);
          expect(continuityWindowsHolding(date, step)).toEqual(holding);
        },
      ),
    );
  });

  it('count in the month of their fourteenth day (S2-11)', () => {
    expect(windowMonth('2026-03-18')).toBe('2026-03');
    expect(windowMonth('2026-03-19')).toBe('2026-04');
    expect(windowMonth('2026-12-21')).toBe('2027-01');
  });
});
