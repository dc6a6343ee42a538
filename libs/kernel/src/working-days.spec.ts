import { englishBankHolidays, isWorkingDay, workingDaysAfter } from './working-days.js';

const after = (on: string, days: number) => workingDaysAfter(on, days, englishBankHolidays);

describe('Working days', () => {
  it('are Monday to Friday, without bank holidays', () => {
    const week = ['2026-05-22', '2026-05-23', '2026-05-24', '2026-05-25', '2026-05-26'];
    expect(week.map((on) => isWorkingDay(on, englishBankHolidays))).toEqual([
      ...[true, false, false, false, true],
    ]);
    expect(isWorkingDay('2026-05-25', [])).toBe(true);
  });

  it('are counted from the next day on', () => {
    expect(after('2026-03-02', 1)).toBe('2026-03-03');
    expect(after('2026-03-06', 1)).toBe('2026-03-09');
    expect(after('2026-04-02', 1)).toBe('2026-04-07');
    expect(after('2026-03-02', 0)).toBe('2026-03-02');
    expect(after('2026-12-24', 2)).toBe('2026-12-30');
  });
});
