import {
  addDays,
  londonInstant,
  minuteOfDay,
  mondayOf,
  type CivilDate,
  type Instant,
  type IsoWeek,
  type LocalTime,
} from './time.js';

/** A gender that a person can need carers to be of (X2). */
export type CarerGender = 'female' | 'male';

/** One line of a package's schedule: the same visit on some days of each week. */
export interface ScheduleLine {
  /** The line's number within the package; part of every visit's id. */
  readonly line: number;
  /** Weekdays, Monday 1 to Sunday 7. */
  readonly days: readonly number[];
  readonly start: LocalTime;
  readonly minutes: number;
  /** Carers who attend together; 2 is a double-handed visit. */
  readonly carers: number;
  readonly critical: boolean;
  /** A short visit for a named task was agreed beforehand (X3). */
  readonly shortAgreed?: true;
  /** A start later than this breaks a hard need of the person (X2). */
  readonly latestStart?: LocalTime;
  /** The person needs carers of this gender (X2). */
  readonly carerGender?: CarerGender;
}

/** A visit as it is planned: the commitment that actuals are judged against. */
export interface PlannedVisit {
  /** `<date>.<line>.<ordinal>`, stable while the schedule keeps the line: `2026-03-29.2.1`. */
  readonly visit: string;
  readonly on: CivilDate;
  readonly agreedStart: LocalTime;
  readonly startsAt: Instant;
  /** The agreed time does not exist on this date and was moved forward (X9). */
  readonly shifted?: true;
  readonly minutes: number;
  readonly carers: number;
  readonly critical: boolean;
  /** A short visit for a named task was agreed beforehand (X3). */
  readonly shortAgreed?: true;
  /** A start later than this breaks a hard need of the person (X2). */
  readonly latestStart?: LocalTime;
  /** The person needs carers of this gender (X2). */
  readonly carerGender?: CarerGender;
}

/** The dates that may be planned: from the first, up to but not including `before`. */
export interface PlanningWindow {
  readonly from: CivilDate;
  readonly before?: CivilDate | null;
}

const sumOver = (lines: readonly ScheduleLine[], each: (line: ScheduleLine) => number): number =>
  lines.reduce((sum, line) => sum + line.days.length * each(line), 0);

/** Minutes of care a week, each carer's counted. */
export const weeklyCarerMinutes = (lines: readonly ScheduleLine[]): number =>
  sumOver(lines, (line) => line.minutes * line.carers);

/** Minutes of visits a week, whatever the number of carers. */
export const weeklyVisitMinutes = (lines: readonly ScheduleLine[]): number =>
  sumOver(lines, (line) => line.minutes);

/** Visits a week, a double-handed one counted once. */
export const weeklyVisits = (lines: readonly ScheduleLine[]): number => sumOver(lines, () => 1);

/**
 * The visits of one ISO week on the dates of the window, ordered by start, then by line. Lines are
 * taken as checked: days 1 to 7, real times, whole minutes.
 */
export function planVisits(
  lines: readonly ScheduleLine[],
  week: IsoWeek,
  window: PlanningWindow,
): PlannedVisit[] {
  const monday = mondayOf(week);
  const planned: { visit: PlannedVisit; line: number }[] = [];
  for (let day = 1; day <= 7; day += 1) {
    const on = addDays(monday, day - 1);
    if (on < window.from || (window.before != null && on >= window.before)) continue;
    const ordinals = new Map<number, number>();
    for (const line of lines) {
      for (const wanted of line.days) {
        if (wanted !== day) continue;
        const ordinal = (ordinals.get(line.line) ?? 0) + 1;
        ordinals.set(line.line, ordinal);
        planned.push({ visit: plannedOn(on, line, ordinal), line: line.line });
      }
    }
  }
  return planned.toSorted(byStart).map(({ visit }) => visit);
}

function plannedOn(on: CivilDate, line: ScheduleLine, ordinal: number): PlannedVisit {
  const { instant, shifted } = londonInstant(on, line.start);
  return {
    visit: `${on}.${line.line}.${ordinal}`,
    on,
    agreedStart: line.start,
    startsAt: instant,
    ...(shifted ? { shifted } : {}),
    minutes: line.minutes,
    carers: line.carers,
    critical: line.critical,
    ...(line.shortAgreed && { shortAgreed: true as const }),
    ...(line.latestStart !== undefined && { latestStart: line.latestStart }),
    ...(line.carerGender && { carerGender: line.carerGender }),
  };
}

type Planned = { readonly visit: PlannedVisit; readonly line: number };

const byStart = (a: Planned, b: Planned): number => {
  if (a.visit.startsAt !== b.visit.startsAt) return a.visit.startsAt < b.visit.startsAt ? -1 : 1;
  return a.line - b.line;
};

/** Two visits of one round that one carer cannot both make. */
export interface Overlap {
  /** The line numbers, in the order of the schedule; equal when a line collides with itself. */
  readonly a: number;
  readonly b: number;
  /** The weekday on which the later visit starts while the earlier one goes on, Monday 1. */
  readonly day: number;
}

const weekMinutes = 7 * 24 * 60;

/**
 * Every pair of visits whose times `[start, start + minutes)` intersect in a repeating week, over
 * midnight and from Sunday to Monday too. Ordered by day, then as the schedule is.
 */
export function overlaps(lines: readonly ScheduleLine[]): Overlap[] {
  const visits = lines.flatMap((line) => line.days.map((day) => roundOf(line, day)));
  const found = new Map<string, Overlap>();
  visits.forEach((a, at) => {
    for (const b of visits.slice(at + 1)) {
      const later = startsDuring(a, b) ? b : startsDuring(b, a) ? a : undefined;
      if (!later) continue;
      const overlap = { a: a.line, b: b.line, day: later.day };
      found.set(JSON.stringify(overlap), overlap);
    }
  });
  return [...found.values()].toSorted((a, b) => a.day - b.day);
}

type Round = {
  readonly line: number;
  readonly day: number;
  readonly at: number;
  readonly minutes: number;
};

const roundOf = ({ line, start, minutes }: ScheduleLine, day: number): Round => ({
  line,
  day,
  at: (day - 1) * 24 * 60 + minuteOfDay(start),
  minutes,
});

const startsDuring = (earlier: Round, later: Round): boolean =>
  (later.at - earlier.at + weekMinutes) % weekMinutes < earlier.minutes;
