import type { Actor } from '#kernel/actor.js';
import type { Instant } from '#kernel/time.js';
import type { StoredEvent } from '#eventstore/event-store.js';

type Send = (name: string, fields: object, actor: Actor) => Promise<{ readonly id: string }>;

const system: Actor = { id: 'system', roles: ['system'] };
const quality: Actor = { id: 'quality-officer', roles: ['quality-officer'] };

/** Missed visits as evidence tells of them: one that someone saw to, one that was attended. */
export async function sendVisitCommands(
  events: AsyncIterable<StoredEvent>,
  send: Send,
  now: Instant,
): Promise<void> {
  const [seenTo, attended] = await missedVisits(events);
  if (!seenTo || !attended) throw new Error('too few visits were reported missed');
  const { providerId } = seenTo;
  await send(
    'DeclareFeed',
    { providerId, liveFrom: now.slice(0, 10), lastDay: now.slice(0, 10) },
    quality,
  );
  for (const { packageId, week, ...of } of [seenTo, attended]) {
    const file = { providerId: of.providerId, week, fileRef: `file of ${week}` };
    await send('AcceptEvidenceWeek', file, system);
    await send('DetectMissedVisits', { packageId, week }, system);
  }
  const alarmId = `${seenTo.packageId}.${seenTo.visit}.missed-visit`;
  await send('TakeVisitAlarm', { alarmId }, quality);
  await send('EscalateVisitAlarm', { alarmId, level: 1, dueAt: now }, system);
  const outcome = { personSafe: true, safeguardingRaised: false, note: 'Spoke on the phone' };
  await send('CloseVisitAlarm', { alarmId, ...outcome }, quality);
  const { startsAt, visit, packageId } = attended;
  const leg = { visitId: `${packageId}.${visit}`, carerLeg: 1, carerRef: 'C-9' };
  const byHand = { logMethod: 'manual', manualReason: 'no-signal' };
  await send('RecordVisit', { leg: { ...leg, loggedInAt: startsAt, ...byHand } }, quality);
  const exceptionId = `${packageId}.${visit}.1.no-log-out`;
  await send('TakeVisitException', { exceptionId }, quality);
  await send('CloseVisitException', { exceptionId, outcome: 'record-at-fault' }, quality);
}

interface Missed {
  readonly packageId: string;
  readonly week: string;
  readonly visit: string;
  readonly providerId: string;
  readonly startsAt: Instant;
}

/** Visits with an alarm that stands. */
async function missedVisits(events: AsyncIterable<StoredEvent>): Promise<readonly Missed[]> {
  const missed = new Map<string, Missed>();
  for await (const { type, data } of events) {
    const of = data as Missed & { readonly kind?: string; readonly withdrawn?: readonly string[] };
    const { packageId, visit, kind, withdrawn = [] } = of;
    if (type === 'VisitAlarmRaised' && kind === 'missed-visit') {
      missed.set(`${packageId}.${visit}`, of);
    }
    if (type === 'VisitExcused') missed.delete(`${packageId}.${visit}`);
    if (type !== 'VisitsReplanned') continue;
    for (const gone of withdrawn) missed.delete(`${packageId}.${gone}`);
  }
  return [...missed.values()];
}
