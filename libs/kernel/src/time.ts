/*
 * Time without a clock and without a locale: texts that sort by time, and integer arithmetic fast
 * enough for every visit of a city. Functions take texts that a boundary has checked with `is…`;
 * a text that was not checked gives a RangeError or a wrong answer, never a guess.
 */
import { dateOfDay, dayOf, digitsAt, two, weekdayOfDay } from './time-days.js';
import { offsetMs, readingsOf, spanOfWalls } from './time-london.js';

/** UTC with milliseconds, `2026-03-29T00:30:00.000Z`. Ordered as text. */
export type Instant = string;
/** A civil date in Europe/London, `2026-03-29`. Ordered as text. */
export type CivilDate = string;
/** A civil time of day, `08:30`. */
export type LocalTime = string;
/** A civil time of day as a log shows it, `08:30` or `08:30:59`. */
export type LoggedTime = string;
/** An ISO week, `2026-W13`; Monday to Sunday. Ordered as text. */
export type IsoWeek = string;
/** A calendar month, `2026-03`. */
export type Month = string;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Milliseconds since 1970-01-01T00:00Z. */
export const instantMs = (instant: Instant): number =>
  dayOf(instant) * dayMs +
  digitsAt(instant, 11) * hourMs +
  digitsAt(instant, 14) * minuteMs +
  digitsAt(instant, 17) * 1_000 +
  digitsAt(instant, 20) * 10 +
  (instant.charCodeAt(22) - 48);

/** The instant of a whole number of milliseconds. @throws RangeError outside the years 1 to 9999 */
export function instantOf(ms: number): Instant {
  const day = Math.floor(ms / dayMs);
  const rest = ms - day * dayMs;
  const restMs = rest % 1_000;
  return `${dateOfDay(day)}T${clockOf(rest)}:${two(Math.floor(rest / 1_000) % 60)}.${restMs < 100 ? '0' : ''}${two(restMs)}Z`;
}

const clockOf = (sinceMidnightMs: number): LocalTime =>
  `${two(Math.floor(sinceMidnightMs / hourMs))}:${two(Math.floor(sinceMidnightMs / minuteMs) % 60)}`;

const wallOf = (on: CivilDate, at: LoggedTime): number =>
  dayOf(on) * dayMs +
  digitsAt(at, 0) * hourMs +
  digitsAt(at, 3) * minuteMs +
  (at.length > 5 ? digitsAt(at, 6) * 1_000 : 0);

/**
 * The moment of an agreed civil time. A time that the spring change skips moves forward by the
 * hour that is skipped (01:30 is 02:30 BST) and `shifted` says so; a repeated time is the first
 * one (X9).
 */
export function londonInstant(
  on: CivilDate,
  at: LoggedTime,
): { instant: Instant; shifted: boolean } {
  const wall = wallOf(on, at);
  const [first] = readingsOf(wall);
  return { instant: instantOf(first ?? wall), shifted: first === undefined };
}

/** All moments at which London's clocks show a civil time, earliest first: one, two or none (X9). */
export const londonReadings = (on: CivilDate, at: LoggedTime): readonly Instant[] =>
  readingsOf(wallOf(on, at)).map(instantOf);

/**
 * The moments of a log-in and log-out that came as civil times without an offset, `on` being the
 * date of the log-in; a log-out earlier on the clock is the next day's, at most 16 hours later. In
 * the repeated hour the reading with end > start is taken, then the one that starts nearest to the
 * agreed start; `ambiguous` flags it, as it does a time that the spring change skips (X9).
 *
 * @returns `held`, a sentence with the reason, when no single reading can be taken
 */
export function resolveLocalActual(
  on: CivilDate,
  start: LoggedTime,
  end: LoggedTime,
  agreedStart: Instant | null,
): { startAt: Instant; endAt: Instant; ambiguous: boolean } | { held: string } {
  const agreedMs = agreedStart === null ? null : instantMs(agreedStart);
  const span = spanOfWalls(wallOf(on, start), wallOf(on, end), agreedMs);
  if (typeof span === 'string') return { held: span };
  const { startMs, endMs, ambiguous } = span;
  return { startAt: instantOf(startMs), endAt: instantOf(endMs), ambiguous };
}

/** The civil date in London at a moment. */
export const civilDateOf = (instant: Instant): CivilDate => {
  const ms = instantMs(instant);
  return dateOfDay(Math.floor((ms + offsetMs(ms)) / dayMs));
};

/** The civil time in London at a moment, its seconds cut off. */
export const localTimeOf = (instant: Instant): LocalTime => {
  const ms = instantMs(instant);
  const wall = ms + offsetMs(ms);
  return clockOf(wall - Math.floor(wall / dayMs) * dayMs);
};

/** Minutes since midnight on the clock, 0 to 1439. */
export const minuteOfDay = (at: LoggedTime): number => digitsAt(at, 0) * 60 + digitsAt(at, 3);

/** An instant some minutes of elapsed time later, or earlier when negative. */
export const addMinutes = (instant: Instant, minutes: number): Instant =>
  instantOf(instantMs(instant) + minutes * minuteMs);

/** Whole seconds of elapsed time between two moments, whatever the clocks did; negative backwards. */
export const elapsedSeconds = (from: Instant, to: Instant): number =>
  Math.floor((instantMs(to) - instantMs(from)) / 1_000);

/** The instant with its seconds cut off. */
export const truncatedToMinute = (instant: Instant): Instant => `${instant.slice(0, 16)}:00.000Z`;

/** The date some days later, or earlier when negative. @throws RangeError outside years 1 to 9999 */
export const addDays = (date: CivilDate, days: number): CivilDate => dateOfDay(dayOf(date) + days);

/** Days from one date to another: 0 for the same date, negative backwards. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => dayOf(to) - dayOf(from);

/** Monday 1 to Sunday 7. */
export const weekdayOf = (date: CivilDate): number => weekdayOfDay(dayOf(date));

/** The same day some months later, or the month's last day where there is none (29 Feb → 28 Feb). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const month = monthAfter(monthOf(date), months);
  const last = addDays(firstOfMonth(monthAfter(month, 1)), -1);
  const wanted = `${month}-${date.slice(8)}`;
  return wanted < last ? wanted : last;
}

/** The month of a date. */
export const monthOf = (date: CivilDate): Month => date.slice(0, 7);

/** The first date of a month. */
export const firstOfMonth = (month: Month): CivilDate => `${month}-01`;

/** The month some months later, or earlier. @throws RangeError outside years 1 to 9999 */
export function monthAfter(month: Month, months: number): Month {
  const count =
    (digitsAt(month, 0) * 100 + digitsAt(month, 2)) * 12 + digitsAt(month, 5) - 1 + months;
  const year = Math.floor(count / 12);
  if (!(year >= 1 && year <= 9_999)) throw new RangeError('a month outside the years 1 to 9999');
  return `${two(Math.floor(year / 100))}${two(year % 100)}-${two((count % 12) + 1)}`;
}

/** The ISO week of a date: the week belongs to the year of its Thursday. */
export function isoWeekOf(date: CivilDate): IsoWeek {
  const day = dayOf(date);
  const thursday = day - weekdayOfDay(day) + 4;
  const year = dateOfDay(thursday).slice(0, 4);
  return `${year}-W${two(Math.floor((thursday - dayOf(`${year}-01-01`)) / 7) + 1)}`;
}

const mondayDayOf = (week: IsoWeek): number => {
  const fourth = dayOf(`${week.slice(0, 4)}-01-04`); // always in week 1
  return fourth - weekdayOfDay(fourth) + 1 + (digitsAt(week, 6) - 1) * 7;
};

/** The first date of a week. */
export const mondayOf = (week: IsoWeek): CivilDate => dateOfDay(mondayDayOf(week));

/** The week some weeks later, or earlier when negative. */
export const weekAfter = (week: IsoWeek, weeks: number): IsoWeek =>
  isoWeekOf(dateOfDay(mondayDayOf(week) + weeks * 7));

/** The weeks from one to another, both included; none when the second lies before the first. */
export const weeksFrom = (first: IsoWeek, last: IsoWeek): readonly IsoWeek[] =>
  Array.from({ length: Math.max(0, (mondayDayOf(last) - mondayDayOf(first)) / 7 + 1) }, (_, at) =>
    weekAfter(first, at),
  );

/** A date of the calendar as `YYYY-MM-DD`: 2026-02-30 is none. */
export const isCivilDate = (text: string): boolean =>
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) &&
  !text.startsWith('0000') &&
  dateOfDay(dayOf(text)) === text;

/** `HH:mm` from 00:00 to 23:59. */
export const isLocalTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** `HH:mm` or `HH:mm:ss` from 00:00 to 23:59:59. */
export const isLoggedTime = (text: string): boolean =>
  /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text);

/** Exactly `YYYY-MM-DDTHH:mm:ss.sssZ`: no other precision and no other offset. */
export const isInstant = (text: string): boolean =>
  /^.{10}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/.test(text) && isCivilDate(text.slice(0, 10));

/** `YYYY-Www`; week 53 only in the years that begin or end on a Thursday. */
export const isIsoWeek = (text: string): boolean =>
  /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/.test(text) &&
  !text.startsWith('0000') &&
  (!text.endsWith('53') || thursdayEdge(text.slice(0, 4)));

const thursdayEdge = (year: string): boolean =>
  weekdayOf(`${year}-01-01`) === 4 || weekdayOf(`${year}-12-31`) === 4;

/** `YYYY-MM` from 0001-01 to 9999-12. */
export const isMonth = (text: string): boolean =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && !text.startsWith('0000');
