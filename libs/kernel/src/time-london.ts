import { dayOf, weekdayOfDay } from './time-days.js';

/*
 * Civil time in Europe/London as milliseconds. A "wall" is a civil date and time written as if it
 * were UTC. Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last
 * Sunday of October: the law since 1996, applied to earlier years too.
 */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const meanYearMs = 365.2425 * dayMs;

interface Summer {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

const lastSundayMs = (dateOf31st: string): number => {
  const day = dayOf(dateOf31st);
  return (day - (weekdayOfDay(day) % 7)) * dayMs + hourMs;
};

const summerOf = (year: number): Summer => {
  const text = String(year).padStart(4, '0');
  return { startsAtMs: lastSundayMs(`${text}-03-31`), endsAtMs: lastSundayMs(`${text}-10-31`) };
};

const firstYear = 1970;
const summers: readonly Summer[] = Array.from({ length: 180 }, (_, at) => summerOf(firstYear + at));

/** The summer of the year that holds a moment: at New Year, where this may err, both are past. */
function summerAround(ms: number): Summer {
  const year = firstYear + Math.floor(ms / meanYearMs);
  return summers[year - firstYear] ?? summerOf(year);
}

/** How far London's clocks are ahead of UTC at a moment. */
export function offsetMs(ms: number): number {
  const summer = summerAround(ms);
  return ms >= summer.startsAtMs && ms < summer.endsAtMs ? hourMs : 0;
}

/**
 * The moments at which London's clocks show a wall: one; two in the hour that is repeated in
 * October, the earlier first; none in the hour that is skipped in March.
 */
export function readingsOf(wallMs: number): readonly number[] {
  const { startsAtMs, endsAtMs } = summerAround(wallMs);
  if (wallMs < startsAtMs || wallMs >= endsAtMs + hourMs) return [wallMs];
  if (wallMs < startsAtMs + hourMs) return [];
  return wallMs < endsAtMs ? [wallMs - hourMs] : [wallMs - hourMs, wallMs];
}

/** A log-out on the next day belongs to its log-in only within this time; else one is mistyped. */
const longestOvernightMs = 16 * hourMs;

export type Span = {
  readonly startMs: number;
  readonly endMs: number;
  readonly ambiguous: boolean;
};

/**
 * The moments of a log-in and log-out known only as walls of one civil date (X9): the readings in
 * which the end follows the start, of these the one that starts nearest to the agreed start. The
 * end is its first reading after the start, on the next day when there is none on this one.
 *
 * @returns a sentence when no reading, or no single one, can be taken
 */
export function spanOfWalls(
  startWall: number,
  endWall: number,
  agreedMs: number | null,
): Span | string {
  const sameDay = spansOf(startWall, endWall);
  const spans = sameDay.length > 0 ? sameDay : overnightSpansOf(startWall, endWall + dayMs);
  const [first, second] = spans;
  if (!first) return 'The log-out does not follow the log-in.';
  if (!second) return first;
  if (agreedMs === null)
    return 'The log-in time occurs twice that night and no agreed start decides.';
  const lead = Math.abs(first.startMs - agreedMs) - Math.abs(second.startMs - agreedMs);
  if (lead === 0) return 'The log-in time occurs twice that night, equally near the agreed start.';
  return lead < 0 ? first : second;
}

const overnightSpansOf = (startWall: number, endWall: number): readonly Span[] =>
  spansOf(startWall, endWall).filter((span) => span.endMs - span.startMs <= longestOvernightMs);

function spansOf(startWall: number, endWall: number): readonly Span[] {
  const starts = readingsOf(startWall);
  const ends = readingsOf(endWall);
  const ambiguous = starts.length !== 1 || ends.length !== 1;
  return orMovedForward(starts, startWall).flatMap((startMs) => {
    const endMs = orMovedForward(ends, endWall).find((reading) => reading > startMs);
    return endMs === undefined ? [] : [{ startMs, endMs, ambiguous }];
  });
}

/** A clock that was not put forward in March shows a skipped time: an hour of summer time later. */
const orMovedForward = (readings: readonly number[], wallMs: number): readonly number[] =>
  readings.length > 0 ? readings : [wallMs];
