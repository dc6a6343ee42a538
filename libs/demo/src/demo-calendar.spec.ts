import { addDays, daysBetween, weekdayOf } from '#kernel/time.js';
import { demoCalendar, momentOn, successorStartsOn, workingDay } from './demo-calendar.js';

describe('Demo calendar', () => {
  it.each([
    ['2026-11-22', '2025-11-23', 365],
    ['2028-02-28', '2027-03-01', 365],
    ['2028-02-29', '2027-03-01', 366],
    ['2029-02-28', '2028-02-29', 366],
  ])('has the twelve months that end on %s (S1-1)', (asOfOn, from, days) => {
    expect(demoCalendar(asOfOn)).toMatchObject({ from, to: asOfOn, days });
  });

  it.each([
    ['2026-11-22', '2026-09-14'],
    ['2026-11-30', '2026-09-14'],
    ['2026-12-01', '2026-10-12'],
    ['2026-03-01', '2026-01-12'],
  ])('goes live two weeks before the last full month, seen on %s', (asOfOn, goLiveOn) => {
    expect(demoCalendar(asOfOn).goLiveOn).toBe(goLiveOn);
    expect(weekdayOf(goLiveOn)).toBe(1);
  });

  it('sets the council up before its year of awards, on the successor where it can', () => {
    expect(demoCalendar('2026-11-22').setUpOn).toBe(successorStartsOn);
    expect(demoCalendar('2027-11-22').setUpOn).toBe('2026-09-22');
    for (const asOfOn of ['2022-07-01', '2025-10-13', '2026-10-26', '2026-10-27', '2028-02-29']) {
      const { setUpOn, from } = demoCalendar(asOfOn);
      expect(daysBetween(setUpOn, from)).toBeGreaterThanOrEqual(14);
    }
  });

  it('moves live packages to the successor when it begins inside the simulation (S1-7)', () => {
    expect(demoCalendar(addDays(successorStartsOn, -1)).movesOn).toBeNull();
    expect(demoCalendar(successorStartsOn).movesOn).toBe(successorStartsOn);
    expect(demoCalendar('2026-10-26').movesOn).toBeNull();
  });

  it('takes the standing book on under the successor once visits are planned under it', () => {
    expect(demoCalendar('2025-11-30').standingOn < successorStartsOn).toBe(true);
    expect(demoCalendar('2025-12-01').standingOn).toBe(successorStartsOn);
  });

  it('counts working days over a weekend and Christmas', () => {
    const calendar = demoCalendar('2026-11-22');
    expect(workingDay(calendar, '2026-11-13', 1)).toBe('2026-11-16');
    expect(workingDay(calendar, '2025-12-24', 1)).toBe('2025-12-29');
    expect(() => workingDay(calendar, '2026-11-14', 1)).toThrow(RangeError);
  });

  it('tells moments in London, before and after the clocks change (X9)', () => {
    expect(momentOn('2026-03-28', '09:00')).toBe('2026-03-28T09:00:00.000Z');
    expect(momentOn('2026-03-29', '09:00')).toBe('2026-03-29T08:00:00.000Z');
  });
});
