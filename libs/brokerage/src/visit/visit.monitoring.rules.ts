import { Rejection } from '#kernel/rejection.js';
import type { Instant } from '#kernel/time.js';
import type { LegInput } from './visit.commands.js';
import type { Leg } from './visit.events.js';
import { legOf } from './visit.leg.rules.js';
import { matchRows, type Match } from './visit.match.rules.js';
import { keyOfRow, type MonitoredRow } from './visit.monitoring.events.js';
import { ensure, visitIdOf, visitRules, type VisitState } from './visit.rules.js';
import type { WeekState } from './visit.state.rules.js';

/** What becomes of one row of a file. */
export type RowOutcome = { readonly row: MonitoredRow } & (
  | { readonly kind: 'new'; readonly leg: Leg; readonly minutesApart: number }
  | { readonly kind: 'corrects'; readonly visit: string }
  | { readonly kind: 'missed' | 'excused'; readonly visit: string }
  | { readonly kind: 'unchanged' | 'unallocated' }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string }
);

export interface Recorded {
  readonly visit: VisitState;
  readonly leg: Leg;
}

/** The week as a provider's file is read against it. */
interface Reading {
  readonly state: WeekState;
  readonly visits: readonly VisitState[];
  readonly now: Instant;
}

/**
 * Reads a provider's rows of one package and week against its plan and what was recorded before. The
 * same rows again change nothing (S1-15); a source visit with other content must carry a higher
 * sequence, and is then a correction (X11).
 */
export function outcomesOf(
  state: WeekState,
  rows: readonly MonitoredRow[],
  { providerId, now }: { readonly providerId: string; readonly now: Instant },
): readonly RowOutcome[] {
  const visits = Object.values(state.visits).filter(
    (visit) => visit.providerId === providerId && !visit.withdrawn,
  );
  const reading = { state, visits, now };
  const outcomes = new Map<MonitoredRow, RowOutcome>();
  const fresh: MonitoredRow[] = [];
  for (const row of rows) {
    const known = recordedBefore(visits, row);
    if (known) outcomes.set(row, again(reading, row, known));
    else if (keyOfRow(row) in state.unallocated) outcomes.set(row, { row, kind: 'unchanged' });
    else fresh.push(row);
  }
  const { matched, unallocated } = matchRows(visits, fresh, isTaken);
  for (const match of matched) outcomes.set(match.row, ofMatch(reading, match));
  for (const row of unallocated) outcomes.set(row, withoutPlan(row));
  return rows.flatMap((row) => outcomes.get(row) ?? []);
}

/** A leg is taken once it is recorded; that a visit was missed or excused takes all of it. */
const isTaken = ({ legs }: VisitState, leg: number): boolean =>
  legs.some((recorded) => recorded.leg === leg);

/** The leg that was recorded of a row's source visit, or with the same logs. */
export function recordedBefore(
  visits: readonly VisitState[],
  row: MonitoredRow,
): Recorded | undefined {
  for (const visit of visits) {
    for (const leg of visit.legs) {
      const same =
        row.ref === undefined
          ? visit.on === row.on && leg.leg === row.leg && isSameLog(leg, row, visit)
          : leg.ref === row.ref && leg.leg === row.leg;
      if (same) return { visit, leg };
    }
  }
  return undefined;
}

function isSameLog(leg: Leg, row: MonitoredRow, visit: VisitState): boolean {
  try {
    const read = legFrom(row, visit, '9999-12-31T00:00:00.000Z');
    const sameLog = read.inAt === leg.inAt && read.outAt === leg.outAt;
    const sameKind = row.shadow === undefined || row.shadow === (leg.shadow ?? false);
    return sameLog && sameKind && read.carerId === leg.carerId;
  } catch (error) {
    if (error instanceof Rejection) return false;
    throw error;
  }
}

function again({ state }: Reading, row: MonitoredRow, { visit, leg }: Recorded): RowOutcome {
  if (row.status === 'delivered' && isSameLog(leg, row, visit)) return { row, kind: 'unchanged' };
  const pending = Object.values(state.proposed).some(
    (proposed) =>
      proposed.visit === visit.visit &&
      proposed.leg === leg.leg &&
      proposed.sequence === row.sequence,
  );
  if (pending) return { row, kind: 'unchanged' };
  if ((row.sequence ?? 0) > (leg.sequence ?? 0))
    return { row, kind: 'corrects', visit: visit.visit };
  return refused(row, 'SourceVisitChanged');
}

function ofMatch({ state, now }: Reading, { row, visit: key, minutesApart }: Match): RowOutcome {
  return judged(row, () => {
    const visit = state.visits[key];
    ensure(visit, 'VisitNotPlanned');
    if (row.status === 'delivered') {
      ensure(!visit.excused, 'VisitIsExcused');
      return { row, kind: 'new', leg: legFrom(row, visit, now), minutesApart };
    }
    if (visit.excused || (row.status === 'missed' && visit.missReported)) {
      return { row, kind: 'unchanged' };
    }
    if (row.status === 'excused' && visit.excuseClaim) return { row, kind: 'unchanged' };
    ensure(visit.legs.length === 0, 'VisitWasAttended');
    ensure(visit.startsAt <= now || row.status === 'excused', 'MissInFuture');
    return { row, kind: row.status, visit: key };
  });
}

/** Somebody came whom no plan expected; that nobody came is no news without a plan. */
const withoutPlan = (row: MonitoredRow): RowOutcome =>
  row.status === 'delivered' ? { row, kind: 'unallocated' } : refused(row, 'VisitNotPlanned');

const refused = (row: MonitoredRow, code: keyof typeof visitRules): RowOutcome => ({
  ...{ row, kind: 'rejected', code, message: visitRules[code] },
});

function judged(row: MonitoredRow, judge: () => RowOutcome): RowOutcome {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { row, kind: 'rejected', code: error.code, message: error.message };
  }
}

/** The leg that a row tells of. Throws the rule that its logs break. */
export function legFrom(row: MonitoredRow, visit: VisitState, now: Instant): Leg {
  const { leg: carerLeg, carer = unknownCarer, loggedInAt, loggedOutAt, method } = row;
  ensure(loggedInAt, 'LogInMissing', { path: 'actualStart' });
  const input = {
    ...{ visitId: visitIdOf('', visit.visit), carerLeg, carerRef: carer, loggedInAt },
    ...(loggedOutAt !== undefined && { loggedOutAt }),
    ...(method && { logMethod: method }),
    ...(row.manualReason !== undefined && { manualReason: row.manualReason }),
    ...(row.shadow && { shadow: true }),
  };
  return {
    ...legOrNoLength(input, visit, now),
    ...(row.ref !== undefined && { ref: row.ref }),
    ...(row.sequence !== undefined && { sequence: row.sequence }),
  };
}

/**
 * A log-out that is not after its log-in is a fault of the provider's system: the visit is kept as one
 * of no length, which is held and listed (X12). What was sent stays in the command.
 */
function legOrNoLength(input: LegInput, visit: VisitState, now: Instant): Leg {
  try {
    return legOf(input, visit, now);
  } catch (error) {
    if (!(error instanceof Rejection) || error.code !== 'LogOutBeforeLogIn') throw error;
    const { loggedOutAt: _, ...loggedIn } = input;
    const leg = legOf(loggedIn, visit, now);
    return { ...leg, outAt: leg.inAt };
  }
}

/** `undefined` where the plan that came does not fit the logs: they stay unallocated. */
export function legIfReadable(row: MonitoredRow, visit: VisitState, now: Instant): Leg | undefined {
  try {
    return legFrom(row, visit, now);
  } catch (error) {
    if (error instanceof Rejection) return undefined;
    throw error;
  }
}

/** Where a format names no carer: nobody knows how many carers came. */
export const unknownCarer = 'unknown';
