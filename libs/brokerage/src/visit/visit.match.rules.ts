import { instantFrom } from '#kernel/time-offset.js';
import {
  daysBetween,
  elapsedSeconds,
  isCivilDate,
  minuteOfDay,
  type LocalTime,
} from '#kernel/time.js';
import type { MonitoredRow } from './visit.monitoring.events.js';
import type { VisitState } from './visit.rules.js';

/** Why a row is taken for a visit's leg, for whoever asks later. */
export interface Match {
  readonly row: MonitoredRow;
  readonly visit: string;
  /** Minutes between the row's planned start, or its log-in, and the agreed start. */
  readonly minutesApart: number;
}

export interface Matching {
  readonly matched: readonly Match[];
  readonly unallocated: readonly MonitoredRow[];
}

/** A row stands for no visit whose agreed start is further away than this. */
const farthestMinutes = 4 * 60;

/** Minutes between what a row says of its start and the agreed one; 0: it says nothing. */
function apart({ plannedStart, loggedInAt }: MonitoredRow, visit: VisitState): number {
  const { on, agreedStart, startsAt } = visit;
  if (plannedStart !== undefined) return minutesBetween(plannedStart, agreedStart);
  if (loggedInAt === undefined) return 0;
  const instant = instantFrom(loggedInAt);
  if (instant !== undefined) return Math.abs(elapsedSeconds(startsAt, instant)) / 60;
  const [date = on, time = agreedStart] = loggedInAt.split('T');
  const days = isCivilDate(date) ? daysBetween(on, date) : 0;
  return Math.abs(days * 1_440 + minuteOfDay(time) - minuteOfDay(agreedStart));
}

const minutesBetween = (a: LocalTime, b: LocalTime): number =>
  Math.abs(minuteOfDay(a) - minuteOfDay(b));

interface Pair extends Match {
  readonly leg: string;
}

/** The visit itself before its neighbours, then a fixed order: the same rows match alike. */
const byNearness = (a: Pair, b: Pair): number =>
  a.minutesApart - b.minutesApart ||
  (a.visit < b.visit ? -1 : a.visit > b.visit ? 1 : 0) ||
  a.row.row - b.row.row;

/**
 * Gives each row the planned visit of its date whose agreed start is nearest, and no leg of a visit to
 * two rows: the nearest pair first, whatever the order of the rows (S1-15). Rows without a visit are
 * kept as unallocated (X13).
 */
export function matchRows(
  visits: readonly VisitState[],
  rows: readonly MonitoredRow[],
  isTaken: (visit: VisitState, leg: number) => boolean = () => false,
): Matching {
  const pairs: Pair[] = [];
  for (const row of rows) {
    for (const visit of visits) {
      if (visit.on !== row.on || isTaken(visit, row.leg)) continue;
      const minutesApart = apart(row, visit);
      if (minutesApart > farthestMinutes) continue;
      pairs.push({ row, visit: visit.visit, minutesApart, leg: `${visit.visit}/${row.leg}` });
    }
  }
  const found = new Map<MonitoredRow, Match>();
  const taken = new Set<string>();
  for (const { row, visit, minutesApart, leg } of pairs.toSorted(byNearness)) {
    if (found.has(row) || taken.has(leg)) continue;
    found.set(row, { row, visit, minutesApart });
    taken.add(leg);
  }
  return {
    matched: rows.flatMap((row) => found.get(row) ?? []),
    unallocated: rows.filter((row) => !found.has(row)),
  };
}
