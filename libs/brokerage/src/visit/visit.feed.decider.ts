import type { Context, Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { addMinutes } from '#kernel/time.js';
import { weekOf } from './visit.alarm.rules.js';
import type { RecordFeedLogs, VisitCommands } from './visit.commands.js';
import { correctedOrProposed } from './visit.correct.decider.js';
import type { Correction, Leg, VisitEvent } from './visit.events.js';
import { keyOfLog, type LegLogs } from './visit.feed-state.rules.js';
import { legOfLogs, newsOf, rowOfLogs, withoutLogOut, isOfNoLength } from './visit.feed.rules.js';
import { keyOfRow, type MonitoredRow } from './visit.monitoring.events.js';
import type { TermsOfContracts } from './visit.monitoring.decider.js';
import {
  outcomesOf,
  recordedBefore,
  type Recorded,
  type RowOutcome,
} from './visit.monitoring.rules.js';
import { truthsTold } from './visit.record.decider.js';
import { ensure } from './visit.rules.js';
import { evolvedWeek, evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

export interface FeedFacts {
  /** How the contracts pay, where a log may correct (X11). */
  RecordFeedLogs: TermsOfContracts;
}

type FeedContext = Context<TermsOfContracts>;

/** A provider's clock may be ahead of ours by as much as its signature's may. */
const clockSkewMinutes = 5;

/**
 * Logs of a real-time feed, in whatever order they come: what a leg is follows from all its logs, so
 * that any order of the same ones ends in the same state (S1-15).
 */
export const feedDecider: Decider<
  WeekState,
  Pick<VisitCommands, 'RecordFeedLogs'>,
  VisitEvent,
  FeedFacts
> = {
  initial: unplannedWeek,
  decide: {
    RecordFeedLogs(state, command, context) {
      const { packageId, personId, week, providerId, deliveryId, logs } = command;
      ensure(logs.length > 0, 'NothingRecorded');
      const fresh = newsOf(state.feed, providerId, logs);
      if (fresh.length === 0) return [];
      const of = { packageId, personId: state.personId || personId, week, providerId };
      const data = { ...of, deliveryId, receivedAt: context.now, logs: fresh };
      const received: VisitEvent = { type: 'FeedLogsReceived', data };
      const known = evolvedWeek(state, [received]);
      const legs = known.feed[providerId] ?? {};
      const keys = [...new Set(fresh.map(keyOfLog))].toSorted();
      const told = keys.map((key) => legs[key] ?? {});
      const isOfFeed = (key: string) => state.feed[providerId]?.[key]?.['log-in'] !== undefined;
      return [received, ...consequences(known, told, isOfFeed, { command, context })];
    },
  },
  evolve: evolveWeek,
};

function consequences(
  state: WeekState,
  told: readonly LegLogs[],
  isOfFeed: (key: string) => boolean,
  { command, context }: Pick<Amendment, 'command' | 'context'>,
): readonly VisitEvent[] {
  const { packageId, personId, week, providerId, deliveryId } = command;
  const visits = Object.values(state.visits).filter(
    (visit) => visit.providerId === providerId && !visit.withdrawn,
  );
  const events: VisitEvent[] = [];
  const fresh: MonitoredRow[] = [];
  const kept: MonitoredRow[] = [];
  for (const row of told.flatMap((logs) => rowOfLogs(logs) ?? [])) {
    const key = keyOfRow(row);
    const recorded = recordedBefore(visits, row);
    if (recorded) {
      const amendment = { row, command, context, isOfFeed: isOfFeed(key) };
      events.push(...amended(state, recorded, amendment));
    } else if (key in state.unallocated) kept.push(row);
    // What a person voided does not come back.
    else if (!state.decidedByHand.includes(key)) fresh.push(row);
  }
  const { legs, unallocated } = attended(state, fresh, { providerId, now: context.now });
  kept.push(...unallocated);
  const of = { packageId, personId: state.personId || personId, week, providerId };
  return [
    ...(legs.length > 0
      ? [
          { type: 'VisitsRecorded' as const, data: { ...of, legs } },
          ...truthsTold(state, legs, context.now),
        ]
      : []),
    ...events,
    ...(kept.length > 0
      ? [{ type: 'VisitsUnallocated' as const, data: { ...of, fileId: deliveryId, rows: kept } }]
      : []),
  ];
}

/** The legs of visits that had none; what fits no visit is kept and listed, never turned away (X13). */
function attended(
  state: WeekState,
  rows: readonly MonitoredRow[],
  { providerId, now }: { readonly providerId: string; readonly now: string },
): { readonly legs: readonly Leg[]; readonly unallocated: readonly MonitoredRow[] } {
  const by = { providerId, now: latestLog(now) };
  const readable = outcomesOf(state, rows, by).map((outcome) =>
    isContradicted(outcome) ? withoutLogOut(outcome.row) : outcome.row,
  );
  const outcomes = outcomesOf(state, readable, by);
  return {
    legs: outcomes.flatMap((outcome) => (outcome.kind === 'new' ? [outcome.leg] : [])),
    unallocated: outcomes.flatMap(({ kind }, index) => {
      const row = kind === 'new' ? undefined : rows[index];
      return row ? [row] : [];
    }),
  };
}

/** A later event may still tell of the right log-out. */
const isContradicted = (outcome: RowOutcome): boolean =>
  outcome.kind === 'rejected' || (outcome.kind === 'new' && isOfNoLength(outcome.leg));

const latestLog = (now: string): string => addMinutes(now, clockSkewMinutes);

interface Amendment {
  readonly row: MonitoredRow;
  readonly command: RecordFeedLogs;
  readonly context: FeedContext;
  /** The leg was recorded by the feed, not by a file. */
  readonly isOfFeed: boolean;
}

/** A log-out that completes a leg is no correction; another time under a higher sequence is (X11). */
function amended(
  state: WeekState,
  recorded: Recorded,
  amendment: Amendment,
): readonly VisitEvent[] {
  const { visit, leg } = recorded;
  const read = legRead(recorded, amendment);
  if (!read || (read.sequence ?? 0) < (leg.sequence ?? 0)) return [];
  const completed = completion(state, { ...recorded, read }, amendment);
  const after = evolvedWeek(state, completed);
  // A leg that a person corrected gets the log-out that it is still without, and no other change.
  if (state.decidedByHand.includes(keyOfRow(amendment.row))) return completed;
  // What a file told is corrected under a higher sequence alone (X11).
  const isNewer = amendment.isOfFeed || (read.sequence ?? 0) > (leg.sequence ?? 0);
  if (!isNewer) return completed;
  const now = after.visits[visit.visit]?.legs.find((each) => each.leg === leg.leg) ?? leg;
  const waiting = Object.values(after.proposed).find(
    (proposed) =>
      proposed.visit === visit.visit && proposed.leg === leg.leg && proposed.sequence !== undefined,
  );
  // What waits is this already; or it is overtaken, even where the leg is right as it stands.
  const settled = waiting ? isSame(waiting, read) : isSame(now, read);
  if (settled) return completed;
  return [...completed, ...correction(after, read, amendment)];
}

/** What the logs say now; a log-out that a file told stands until the feed tells another. */
function legRead({ visit, leg }: Recorded, { row, context }: Amendment): Leg | undefined {
  const told = legOfLogs(row, visit, latestLog(context.now));
  // Where the feed does not tell, whoever was said to learn there still does.
  const read =
    told && row.shadow === undefined && leg.shadow ? { ...told, shadow: true as const } : told;
  const isKnown = row.loggedOutAt === undefined && leg.outAt !== null;
  return read && isKnown && leg.outAt > read.inAt ? { ...read, outAt: leg.outAt } : read;
}

type Times = Pick<Leg, 'carerId' | 'inAt' | 'outAt'>;
type Told = Times & Pick<Leg, 'manualReason' | 'shadow'>;

const isSame = (a: Told, b: Told): boolean =>
  a.carerId === b.carerId &&
  a.inAt === b.inAt &&
  a.outAt === b.outAt &&
  a.shadow === b.shadow &&
  a.manualReason === (b.manualReason ?? a.manualReason);

function completion(
  state: WeekState,
  { visit, leg, read }: Recorded & { readonly read: Leg },
  { row, command, context }: Amendment,
): readonly VisitEvent[] {
  const { outAt, method, manualReason, sequence } = read;
  if (leg.outAt !== null || outAt === null) return [];
  // A local time in the repeated hour may be read otherwise once the log-out is known (X9).
  const alone = legOfLogs(withoutLogOut(row), visit, latestLog(context.now));
  const inAt = alone?.inAt === leg.inAt ? read.inAt : leg.inAt;
  if (outAt <= inAt) return [];
  const corrected: Correction = {
    correctionId: deriveId(command.commandId, keyOfRow(row), 'completed'),
    ...{ visit: visit.visit, leg: leg.leg, carerId: leg.carerId, inAt, outAt, voided: false },
    ...{ reason: 'The log-out came.', correctedBy: context.actor.id, completes: true, method },
    ...(manualReason && { manualReason }),
    ...(leg.shadow && { shadow: leg.shadow }),
    ...(sequence !== undefined && { sequence }),
  };
  const was = { ...timesOf(leg), providerId: visit.providerId };
  return [{ type: 'VisitCorrected', data: { ...weekOf(state), ...corrected, was } }];
}

const timesOf = ({ carerId, inAt, outAt }: Leg): Times => ({ carerId, inAt, outAt });

function correction(
  state: WeekState,
  read: Leg,
  { row, command, context }: Amendment,
): readonly VisitEvent[] {
  const { visit: key, leg, carerId, inAt, outAt, method, manualReason, sequence = 0 } = read;
  const visit = state.visits[key];
  const before = visit?.legs.find((recorded) => recorded.leg === leg);
  if (!visit || !before) return [];
  const corrected: Correction = {
    correctionId: deriveId(command.commandId, keyOfRow(row), 'correction'),
    ...{ visit: key, leg, carerId, inAt, outAt, voided: false, method, sequence },
    ...{ reason: `Sequence ${sequence} of the provider’s feed.`, correctedBy: context.actor.id },
    ...(manualReason && { manualReason }),
    ...(read.shadow && { shadow: read.shadow }),
  };
  const terms = context.facts[visit.contractId];
  const facts = terms ? { terms } : {};
  return correctedOrProposed(state, { visit, before }, corrected, { ...context, facts });
}
