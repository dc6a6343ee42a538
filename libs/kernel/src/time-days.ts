/*
 * Dates as integers: days since 1970-01-01 in the proleptic Gregorian calendar. Everything that
 * counts days goes through these two conversions, which neither allocate a Date nor ask a locale.
 */

/** The two-digit number at a place of a text such as `08:30`; the text is checked by the caller. */
export const digitsAt = (text: string, at: number): number =>
  text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

/** A whole number below 100 as two digits. */
export const two = (count: number): string => (count < 10 ? `0${count}` : `${count}`);

const firstDay = -719_162; // 0001-01-01
const lastDay = 2_932_896; // 9999-12-31

/** Days since 1970-01-01 of a `YYYY-MM-DD` text (or of an instant's first ten characters). */
export function dayOf(date: string): number {
  const month = digitsAt(date, 5);
  const year = digitsAt(date, 0) * 100 + digitsAt(date, 2) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  // The year starts in March, so that the leap day is its last day.
  const dayOfYear =
    Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + digitsAt(date, 8) - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
}

/**
 * The `YYYY-MM-DD` text of a day number.
 *
 * @throws RangeError outside the years 0001 to 9999, whose texts would no longer sort by time, and
 *   for a day number that came from garbage
 */
export function dateOfDay(day: number): string {
  if (!(day >= firstDay && day <= lastDay))
    throw new RangeError('a date outside the years 1 to 9999');
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${two(Math.floor(year / 100))}${two(year % 100)}-${two(month)}-${two(dayOfMonth)}`;
}

/** The weekday of a day number, Monday 1 to Sunday 7. */
export const weekdayOfDay = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
