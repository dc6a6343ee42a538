import { policyOn, type PolicyChange } from '#kernel/council-policy.js';
import { addMinutes, civilDateOf, type Instant } from '#kernel/time.js';
import type { AlarmKind, VisitAlarmRaised } from '#brokerage/visit/visit.truth.events.js';
import { escalatesAt } from '#brokerage/visit-alarm/visit-alarm.rules.js';
import type { AlarmEnding, VisitAlarm } from './visit-alarms.view.js';

export const dutyDesk = 'duty-desk';

/** An alarm, and what only the council hears of its outcome. */
export interface AlarmRow extends Omit<VisitAlarm, 'escalatesAt'> {
  readonly escalatesAt: Instant | null;
  /** The event that set the clock. */
  readonly eventId: string;
  /** Where its outcome is told. */
  readonly outcomePosition?: number;
}

/** An alarm goes up this often. */
const highestLevel = 2;

export const clockFrom = (
  since: Instant,
  { critical, escalations }: Pick<AlarmRow, 'critical' | 'escalations'>,
  changes: readonly PolicyChange[],
): Instant | null =>
  escalations >= highestLevel
    ? null
    : escalatesAt(since, critical, policyOn(changes, civilDateOf(since)));

export const alarmIdOf = (packageId: string, visit: string, kind: AlarmKind): string =>
  `${packageId}.${visit}.${kind}`;

export function raisedAlarm(
  data: VisitAlarmRaised['data'],
  eventId: string,
  changes: readonly PolicyChange[],
): AlarmRow {
  const { packageId, visit, providerId, kind, critical, startsAt, raisedAt } = data;
  const visitId = `${packageId}.${visit}`;
  const of = { alarmId: alarmIdOf(packageId, visit, kind), visitId, packageId, providerId };
  const { visitAlarmEscalatesWithinDays: days } = policyOn(changes, civilDateOf(raisedAt));
  // A year of files tells of old misses too: they are seen to, but hide no fresh one.
  const isOld = startsAt < addMinutes(raisedAt, -days * 1_440);
  const clock = isOld ? null : clockFrom(raisedAt, { critical, escalations: 0 }, changes);
  return {
    ...{ ...of, kind, critical, startsAt, raisedAt, owner: dutyDesk, escalations: 0 },
    ...{ open: true, escalatesAt: clock, eventId },
  };
}

/** It turned out that the visit was not missed: nobody need do anything more. */
export const endedItself = (
  row: AlarmRow | undefined,
  ending: AlarmEnding,
  closedAt: Instant,
): AlarmRow | undefined =>
  row?.open ? { ...row, open: false, escalatesAt: null, ending, closedAt } : row;

/** The visit is missed after all: its log was voided. */
export function reopened(
  row: AlarmRow | undefined,
  at: Instant,
  changes: readonly PolicyChange[],
  eventId: string,
): AlarmRow | undefined {
  if (!row || row.open || row.ending === 'seen-to') return row;
  const { ending: _, closedAt: __, ...again } = row;
  const clock = { escalatesAt: clockFrom(at, row, changes), eventId };
  return { ...again, ...clock, open: true, raisedAt: at };
}
