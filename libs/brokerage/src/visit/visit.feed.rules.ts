import { Rejection } from '#kernel/rejection.js';
import type { Instant } from '#kernel/time.js';
import type { Leg } from './visit.events.js';
import type { FeedLog } from './visit.feed.events.js';
import {
  keyOfLog,
  sequenceOf,
  withLogs,
  type FeedState,
  type LegLogs,
} from './visit.feed-state.rules.js';
import { matchRows } from './visit.match.rules.js';
import type { MonitoredRow } from './visit.monitoring.events.js';
import { legIfReadable } from './visit.monitoring.rules.js';
import { visitRules, type VisitState } from './visit.rules.js';

/**
 * The logs that tell something new. The same again and older records do not; another content under
 * the same sequence is refused, all of them at once.
 */
export function newsOf(
  feed: FeedState,
  providerId: string,
  logs: readonly FeedLog[],
): readonly FeedLog[] {
  const fresh: FeedLog[] = [];
  const changed: FeedLog[] = [];
  let known = feed;
  for (const log of logs) {
    const before = known[providerId]?.[keyOfLog(log)]?.[log.type];
    if (before && sequenceOf(before) === sequenceOf(log) && !isSame(before, log)) changed.push(log);
    if (before && sequenceOf(before) >= sequenceOf(log)) continue;
    fresh.push(log);
    known = withLogs(known, providerId, [log]);
  }
  const [first, ...others] = changed.map(({ type, ref, leg }) => ({
    ...{ code: 'SourceVisitChanged', message: visitRules.SourceVisitChanged },
    path: `${ref}/${leg} ${type}`,
  }));
  if (first) throw new Rejection([first, ...others]);
  return fresh;
}

const isSame = (a: FeedLog, b: FeedLog): boolean =>
  a.at === b.at &&
  a.carer === b.carer &&
  a.on === b.on &&
  a.plannedStart === b.plannedStart &&
  a.method === b.method &&
  a.manualReason === b.manualReason &&
  a.shadow === b.shadow;

/** The attendance that a leg's logs tell of; `undefined` while its log-in has not come. */
export function rowOfLogs({
  'log-in': login,
  'log-out': logout,
}: LegLogs): MonitoredRow | undefined {
  if (!login) return undefined;
  const { ref, leg, on, plannedStart, carer, at } = login;
  const logs = logout ? [login, logout] : [login];
  const byHand = logs.filter(({ method }) => method === 'manual');
  const method = byHand.length > 0 ? ('manual' as const) : login.method;
  const manualReason = byHand.find((log) => log.manualReason !== undefined)?.manualReason;
  const sequence = Math.max(...logs.map(sequenceOf));
  const shadow = login.shadow ?? logout?.shadow;
  return {
    ...{ row: 1, ref, leg, on, plannedStart, carer, loggedInAt: at, status: 'delivered' },
    ...(logout && { loggedOutAt: logout.at }),
    ...(method && { method }),
    ...(manualReason && { manualReason }),
    ...(shadow !== undefined && { shadow }),
    ...(sequence > 0 && { sequence }),
  };
}

export function withoutLogOut(row: MonitoredRow): MonitoredRow {
  const { loggedOutAt: _, ...open } = row;
  return open;
}

/** A log-out that contradicts its log-in leaves the leg open: an exception, not a refusal (X12). */
export function legOfLogs(row: MonitoredRow, visit: VisitState, now: Instant): Leg | undefined {
  const leg = legIfReadable(row, visit, now);
  return leg && !isOfNoLength(leg) ? leg : legIfReadable(withoutLogOut(row), visit, now);
}

/** A file's word is final; a later event of a feed may still tell of the right log-out. */
export const isOfNoLength = ({ inAt, outAt }: Pick<Leg, 'inAt' | 'outAt'>): boolean =>
  outAt === inAt;

/** Visits of which only a log-out has come: somebody was there, so they are not missed (S2-13). */
export function leftVisits(
  feed: FeedState,
  visits: readonly VisitState[],
): ReadonlySet<VisitState['visit']> {
  const left = new Set<string>();
  for (const [providerId, legs] of Object.entries(feed)) {
    const rows = Object.values(legs).flatMap(({ 'log-in': login, 'log-out': logout }) => {
      const row = logout && !login ? rowOfLogs({ 'log-in': logout }) : undefined;
      return row ? [row] : [];
    });
    if (rows.length === 0) continue;
    const own = visits.filter((visit) => visit.providerId === providerId && !visit.withdrawn);
    for (const { visit } of matchRows(own, rows).matched) left.add(visit);
  }
  return left;
}
