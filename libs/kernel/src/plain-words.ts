import { minuteOfDay, weekdayOf, type CivilDate, type LocalTime } from './time.js';

/** Dates, times and sums as a letter to a person says them; the same on every machine. */

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
];
const dayName = (weekday: number): string => weekdays[weekday - 1] ?? '';

/** `a, b and c`; nothing for an empty list. */
export const listInWords = (items: readonly string[]): string =>
  items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items.slice(-1).join('')}`;

/** `1 carer`, `2 carers`. */
export const countInWords = (count: number, one: string): string =>
  `${count} ${one}${count === 1 ? '' : 's'}`;

/** `Monday 9 March 2026`. */
export const dateInWords = (date: CivilDate): string =>
  [
    dayName(weekdayOf(date)),
    Number(date.slice(8)),
    months[Number(date.slice(5, 7)) - 1],
    date.slice(0, 4),
  ].join(' ');

/** `8am`, `5:30pm`, `midday`, `midnight`. */
export function clockInWords(time: LocalTime): string {
  const minute = minuteOfDay(time);
  if (minute === 0) return 'midnight';
  if (minute === 12 * 60) return 'midday';
  const past = minute % 60 === 0 ? '' : `:${time.slice(3, 5)}`;
  return `${Math.floor(minute / 60) % 12 || 12}${past}${minute < 12 * 60 ? 'am' : 'pm'}`;
}

/** ISO weekdays: `every day`, `Monday to Friday`, `Monday, Wednesday and Friday`. */
export function daysInWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (sorted.length === 7) return 'every day';
  const [first = 0] = sorted;
  const unbroken = sorted.every((day, index) => day === first + index);
  if (unbroken && sorted.length > 2) {
    return `${dayName(first)} to ${dayName(first + sorted.length - 1)}`;
  }
  return listInWords(sorted.map(dayName));
}

/** `45 minutes`, `1 hour`, `1 hour 15 minutes`. */
export function minutesInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return countInWords(rest, 'minute');
  return `${countInWords(hours, 'hour')}${rest > 0 ? ` ${countInWords(rest, 'minute')}` : ''}`;
}

/** `£1,234.50`. */
export function poundsInWords(pence: number): string {
  const pounds = String(Math.floor(pence / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `£${pounds}.${String(pence % 100).padStart(2, '0')}`;
}
