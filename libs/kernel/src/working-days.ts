import { addDays, weekdayOf, type CivilDate } from './time.js';

/**
 * The bank holidays of England, with their substitute days, as the product ships them. A council's
 * policy names its own; a date beyond the last year here is no bank holiday until it is added.
 */
export const englishBankHolidays: readonly CivilDate[] = [
  ...['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25'],
  ...['2025-12-25', '2025-12-26', '2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04'],
  ...['2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26'],
  ...['2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  ...['2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28'],
  ...['2028-12-25', '2028-12-26'],
];

/** Whether the office works on a date. */
export const isWorkingDay = (on: CivilDate, bankHolidays: readonly CivilDate[]): boolean =>
  weekdayOf(on) <= 5 && !bankHolidays.includes(on);

/** The date that is so many working days after another one, which does not count itself. */
export function workingDaysAfter(
  on: CivilDate,
  days: number,
  bankHolidays: readonly CivilDate[],
): CivilDate {
  let date = on;
  for (let left = days; left > 0;) {
    date = addDays(date, 1);
    if (isWorkingDay(date, bankHolidays)) left -= 1;
  }
  return date;
}
