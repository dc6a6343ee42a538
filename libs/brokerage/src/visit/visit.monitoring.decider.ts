import type { Context, Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import type { DatedPaymentTerms } from '#kernel/payment-terms.js';
import { Rejection } from '#kernel/rejection.js';
import { weekOf } from './visit.alarm.rules.js';
import { attendanceDecider } from './visit.attendance.decider.js';
import { correctDecider } from './visit.correct.decider.js';
import type { Leg, VisitEvent } from './visit.events.js';
import type { RecordMonitoring, VisitCommands } from './visit.commands.js';
import { matchRows } from './visit.match.rules.js';
import { keyOfRow, type MonitoredRow } from './visit.monitoring.events.js';
import { legIfReadable, outcomesOf, type RowOutcome } from './visit.monitoring.rules.js';
import { truthsTold } from './visit.record.decider.js';
import { ensure, visitIdOf } from './visit.rules.js';
import { evolvedWeek, evolveWeek, unplannedWeek, type WeekState } from './visit.state.rules.js';

type MonitoringCommands = Pick<VisitCommands, 'RecordMonitoring'>;

export interface MonitoringFacts {
  /** How the contracts pay, where a row may correct: whether it moves money depends on it (X11). */
  RecordMonitoring: TermsOfContracts;
}

export type TermsOfContracts = Readonly<Record<string, readonly DatedPaymentTerms[]>>;

/** A file's rows of one package and week, in one append. */
export const monitoringDecider: Decider<
  WeekState,
  MonitoringCommands,
  VisitEvent,
  MonitoringFacts
> = {
  initial: unplannedWeek,
  decide: {
    RecordMonitoring(state, command, context) {
      const { providerId, rows } = command;
      ensure(rows.length > 0, 'NothingRecorded');
      const outcomes = outcomesOf(state, rows, { providerId, now: context.now });
      const refused = outcomes.filter((outcome) => outcome.kind === 'rejected');
      const [first, ...others] = refused.map(({ code, message, row }) => ({
        ...{ code, message, path: `row ${row.row}` },
      }));
      if (first) throw new Rejection([first, ...others]);
      return eventsOf(state, outcomes, command, context);
    },
  },
  evolve: evolveWeek,
};

function eventsOf(
  state: WeekState,
  outcomes: readonly RowOutcome[],
  { commandId, packageId, personId, week, providerId, fileId }: RecordMonitoring,
  context: Context<TermsOfContracts>,
): readonly VisitEvent[] {
  const of = { packageId, personId: state.personId || personId, week };
  const events: VisitEvent[] = [];
  const legs: Leg[] = [];
  const kept: MonitoredRow[] = [];
  for (const outcome of outcomes) {
    const { row } = outcome;
    if (outcome.kind === 'new') legs.push(outcome.leg);
    if (outcome.kind === 'unallocated') kept.push(row);
    if (outcome.kind === 'corrects') {
      events.push(...correction(state, { commandId, row, visit: outcome.visit }, context));
    }
    if (outcome.kind === 'missed' || outcome.kind === 'excused') {
      events.push(...unattended(state, outcome, { providerId, packageId }, context));
    }
  }
  return [
    ...(legs.length > 0
      ? [
          { type: 'VisitsRecorded' as const, data: { ...of, providerId, legs, fileId } },
          ...truthsTold(state, legs, context.now),
        ]
      : []),
    ...events,
    ...(kept.length > 0
      ? [{ type: 'VisitsUnallocated' as const, data: { ...of, providerId, fileId, rows: kept } }]
      : []),
  ];
}

/** A provider's later record of a visit: a correction like one by hand, or a void (X11). */
function correction(
  state: WeekState,
  { commandId, row, visit }: { commandId: string; row: MonitoredRow; visit: string },
  context: Context<TermsOfContracts>,
): readonly VisitEvent[] {
  const { leg: carerLeg, carer, loggedInAt, loggedOutAt, sequence } = row;
  const command = {
    commandId: deriveId(commandId, keyOfRow(row)),
    ...{ visitId: visitIdOf(state.packageId ?? '', visit), carerLeg },
    reason: `Sequence ${sequence} of the provider’s record.`,
    ...(row.status === 'delivered'
      ? {
          ...(carer !== undefined && { carerRef: carer }),
          ...(loggedInAt !== undefined && { loggedInAt }),
          ...(loggedOutAt !== undefined && { loggedOutAt }),
          ...(row.shadow !== undefined && { shadow: row.shadow }),
        }
      : { void: true }),
  };
  const terms = context.facts[state.visits[visit]?.contractId ?? ''];
  const events: readonly VisitEvent[] = correctDecider.decide.CorrectVisit(state, command, {
    ...context,
    facts: terms ? { terms } : {},
  });
  return events.map((event) => ({ ...event, data: { ...event.data, sequence } }) as VisitEvent);
}

/** A file is the provider's word, whoever hands it in: a report, or an excuse or the claim of one. */
function unattended(
  state: WeekState,
  { kind, visit, row }: Extract<RowOutcome, { kind: 'missed' | 'excused' }>,
  { providerId, packageId }: { providerId: string; packageId: string },
  context: Context,
): readonly VisitEvent[] {
  const { reason = 'other', noticeAt } = row;
  const visitId = visitIdOf(packageId, visit);
  const as = { id: context.actor.id, roles: ['provider' as const], organisation: providerId };
  const by = { ...context, actor: as, facts: undefined } as never;
  if (kind === 'missed') {
    const report = { commandId: visitId, visitId, reason: 'unknown' as const };
    return attendanceDecider.decide.ReportMissedVisit(state, report, by);
  }
  const excuse = {
    commandId: visitId,
    visitId,
    reason,
    ...(noticeAt !== undefined && { noticeAt }),
  };
  const note = reason === 'other' && { note: 'As the provider’s file says.' };
  return attendanceDecider.decide.ExcuseVisit(state, { ...excuse, ...note }, by);
}

/** Attendances that were kept until a plan would come, and for which it has come now (X13). */
export function allocated(
  before: WeekState,
  planned: readonly VisitEvent[],
  { now }: Pick<Context, 'now'>,
): readonly VisitEvent[] {
  const state = evolvedWeek(before, planned);
  const byProvider = Map.groupBy(Object.values(state.unallocated), ({ providerId }) => providerId);
  const events: VisitEvent[] = [];
  for (const [providerId, kept] of byProvider) {
    const visits = Object.values(state.visits).filter(
      (visit) => visit.providerId === providerId && !visit.withdrawn && !visit.excused,
    );
    const rows = kept.map(({ row }) => row);
    const isTaken = (visit: (typeof visits)[number], leg: number) =>
      visit.legs.some((recorded) => recorded.leg === leg);
    const { matched } = matchRows(visits, rows, isTaken);
    const taken = matched.flatMap(({ row, visit }) => {
      const planned = state.visits[visit];
      const leg = planned && legIfReadable(row, planned, now);
      return leg ? [{ key: keyOfRow(row), leg }] : [];
    });
    if (taken.length === 0) continue;
    const legs = taken.map(({ leg }) => leg);
    const keys = taken.map(({ key }) => key);
    events.push(
      { type: 'VisitsRecorded', data: { ...weekOf(state), providerId, legs } },
      ...truthsTold(state, legs, now),
      { type: 'VisitsAllocated', data: { ...weekOf(state), keys } },
    );
  }
  return [...planned, ...events];
}
