import {
  addDays,
  civilDateOf,
  instantMs,
  instantOf,
  isoWeekOf,
  londonInstant,
  londonReadings,
  resolveLocalActual,
} from '#kernel/time.js';
import type { ImportProblem } from '../csv-import/csv-import.rules.js';
import type { MonitoredRow } from '../visit/visit.monitoring.events.js';
import type { ClockTime } from './ecm.cells.js';
import type { EcmCells, EcmColumn, EcmField, EcmFormat } from './ecm.format.js';
import { ecmRules } from './ecm.rules.js';
import type { EcmLine } from './ecm.table.js';

/** A row of a file as it is recorded, and whose it is. */
export interface EcmRow {
  readonly personRef: string;
  readonly packageRef: string | undefined;
  readonly row: MonitoredRow;
}

type Read = { readonly row: EcmRow } | { readonly problems: readonly ImportProblem[] };

/** Reads a line of a vendor's file, with everything that is wrong with it. */
export function readRow(format: EcmFormat, { row, cells }: EcmLine): Read {
  const problems: ImportProblem[] = [];
  const read: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(format.columns)) {
    const text = cells[field as EcmField] ?? '';
    const { title: of, takes, needed } = column as EcmColumn<unknown>;
    if (text === '') {
      if (needed) problems.push(problem(row, of, 'CellMissing', `It is empty; it takes ${takes}.`));
      continue;
    }
    const value = column.read(text);
    if (value === undefined) {
      problems.push(problem(row, of, 'CellUnusable', `It says "${text}"; it takes ${takes}.`));
    } else read[field] = value;
  }
  const found = read as Partial<EcmCells>;
  if (problems.length === 0) problems.push(...contradictions(format, row, found));
  return problems.length > 0 ? { problems } : { row: composed(format, row, found) };
}

const problem = (row: number, column: string, code: string, reason: string): ImportProblem => ({
  ...{ row, column, code, reason },
});

function contradictions(
  { columns, statusOf }: EcmFormat,
  row: number,
  { visitDate = '', weekEnding, actualStart, status, ...cells }: Partial<EcmCells>,
): ImportProblem[] {
  const found: ImportProblem[] = [];
  const say = (field: EcmField, code: keyof typeof ecmRules) =>
    found.push(problem(row, columns[field]?.title ?? field, code, ecmRules[code]));
  const first = weekEnding && addDays(weekEnding, -6);
  if (first && (visitDate < first || visitDate > weekEnding)) say('visitDate', 'DateOutsideWeek');
  const delivered =
    (status ?? statusOf?.({ ...cells, ...(actualStart && { actualStart }) })) === 'delivered';
  if (delivered && !actualStart) say('actualStart', 'LogInNotGiven');
  return found;
}

function composed(format: EcmFormat, row: number, cells: Partial<EcmCells>): EcmRow {
  const { personRef = '', packageRef, visitDate = '', visitRef, sequence, plannedStart } = cells;
  const status = cells.status ?? format.statusOf?.(cells) ?? 'delivered';
  const logs = status === 'delivered' ? logsOf(cells) : {};
  return {
    ...{ personRef, packageRef },
    row: {
      row,
      ...(visitRef !== undefined && { ref: visitRef }),
      ...(sequence !== undefined && { sequence }),
      ...{ leg: legOf(format, cells), on: visitDate },
      ...(plannedStart !== undefined && { plannedStart }),
      ...(cells.carerRef !== undefined && status === 'delivered' && { carer: cells.carerRef }),
      ...logs,
      ...(cells.method !== undefined && { method: cells.method }),
      ...(cells.manualReason !== undefined && { manualReason: cells.manualReason }),
      ...(cells.shadow !== undefined && { shadow: cells.shadow }),
      status: status === 'excused' && cells.reason === undefined ? 'missed' : status,
      ...(status === 'excused' && cells.reason !== undefined && { reason: cells.reason }),
      ...(cells.noticeAt !== undefined && { noticeAt: cells.noticeAt }),
    },
  };
}

const legOf = ({ shadowLeg }: EcmFormat, { leg = 1, shadow }: Partial<EcmCells>): number =>
  shadow ? (shadowLeg ?? leg) : leg;

/** Times of day get the day on which they must lie: a late visit's log may be after midnight. */
function logsOf({
  visitDate = '',
  plannedStart,
  actualStart,
  actualEnd,
  actualDuration,
}: Partial<EcmCells>): Pick<MonitoredRow, 'loggedInAt' | 'loggedOutAt'> {
  if (!actualStart) return {};
  const startsOn = actualStart.on ?? dayOf(visitDate, plannedStart, actualStart.at);
  const start = textOf(startsOn, actualStart);
  const planned = plannedStart && londonInstant(visitDate, plannedStart).instant;
  if (actualEnd) {
    const endsOn = actualEnd.on ?? endDayOf(startsOn, actualStart.at, actualEnd.at, planned);
    return { loggedInAt: start, loggedOutAt: textOf(endsOn, actualEnd) };
  }
  if (actualDuration === undefined) return { loggedInAt: start };
  // A duration is elapsed time, which a clock change makes longer or shorter than the clock shows.
  const began = actualStart.offset
    ? instantOf(Date.parse(start))
    : nearestReading(startsOn, actualStart.at, planned);
  return { loggedInAt: began, loggedOutAt: instantOf(instantMs(began) + actualDuration * 1000) };
}

/** A log-out earlier on the clock is the next day's, or of the hour that the night repeats (X9). */
function endDayOf(on: string, start: string, end: string, planned: string | undefined): string {
  if (end >= start) return on;
  const read = resolveLocalActual(on, start, end, planned ?? null);
  return 'held' in read ? addDays(on, 1) : civilDateOf(read.endAt);
}

/** Of a repeated time the reading that is nearer to the planned start, else the first one (X9). */
function nearestReading(on: string, at: string, planned: string | undefined): string {
  const readings = londonReadings(on, at);
  const moved = instantMs(londonInstant(on, at.slice(0, 5)).instant) + Number(at.slice(6)) * 1000;
  const [first = instantOf(moved), second] = readings;
  if (second === undefined || planned === undefined) return first;
  const distance = (reading: string) => Math.abs(instantMs(reading) - instantMs(planned));
  return distance(second) < distance(first) ? second : first;
}

const textOf = (on: string, { at, offset = '' }: ClockTime): string => `${on}T${at}${offset}`;

/** `23:50` planned and `00:05` logged is the next day; `00:10` and `23:58` the day before. */
function dayOf(on: string, planned: string | undefined, actual: string): string {
  if (planned === undefined) return on;
  if (planned >= '18:00' && actual < '06:00') return addDays(on, 1);
  return planned < '06:00' && actual >= '18:00' ? addDays(on, -1) : on;
}

/** The first day of the week that a row belongs to. */
export const weekOfRow = ({ on }: MonitoredRow): string => isoWeekOf(on);
