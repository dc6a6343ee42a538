import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import type { Actor } from '#kernel/actor.js';
import { visitAlarmDecider } from './visit-alarm.decider.js';
import type { VisitAlarmEvent } from './visit-alarm.events.js';
import { escalatesAt } from './visit-alarm.rules.js';

const { given } = specFor(visitAlarmDecider);
const packageId = '01932e1c-0a10-7000-8000-00000000c001';
const alarmId = `${packageId}.2026-03-09.1.1.missed-visit`;
const visit = { packageId, personId: 'person', visit: '2026-03-09.1.1', providerId: 'acorn' };
const commandId = '01932e1c-0a10-7000-8000-000000000031';
const now = '2026-03-09T09:00:00.000Z';
const broker: Actor = { id: 'broker-1', roles: ['broker'] };
const of = { alarmId, ...visit };

const taken = (owner: string): VisitAlarmEvent => ({
  type: 'VisitAlarmTaken',
  data: { ...of, owner, takenAt: now },
});
const escalated = (level: number, to: 'senior-broker' | 'commissioner'): VisitAlarmEvent => ({
  type: 'VisitAlarmEscalated',
  data: { ...of, level, to, escalatedAt: now },
});
const closed: VisitAlarmEvent = {
  type: 'VisitAlarmClosed',
  data: { ...of, personSafe: true, safeguardingRaised: false, closedBy: 'broker-1', closedAt: now },
};

interface Of {
  readonly events?: readonly VisitAlarmEvent[];
  readonly alarm?: object | null;
  readonly at?: string;
}
const send = (name: string, fields: object, { events = [], alarm = {}, at = now }: Of = {}) =>
  given(...events).when(
    name,
    { commandId, alarmId, ...fields },
    {
      ...{ now: at, actor: broker },
      facts: { alarm: alarm && { ...visit, over: false, ...alarm } },
    },
  );

describe('An alarm about a visit', () => {
  it('is taken by whoever sees to it, also from another (X26)', () => {
    send('TakeVisitAlarm', {}).then(taken('broker-1'));
    send('TakeVisitAlarm', {}, { events: [taken('broker-2')] }).then(taken('broker-1'));
    send('TakeVisitAlarm', {}, { events: [taken('broker-1')] }).thenRejected(
      'VisitAlarmAlreadyYours',
    );
  });

  it('is closed with its outcome, once (X26)', () => {
    const outcome = { personSafe: true, safeguardingRaised: false };
    send('CloseVisitAlarm', outcome).then(closed);
    send('CloseVisitAlarm', { ...outcome, note: 'Spoke to her.' }).thenLike({
      type: 'VisitAlarmClosed',
      data: { note: 'Spoke to her.' },
    });
    send('CloseVisitAlarm', outcome, { events: [closed] }).thenRejected('VisitAlarmOver');
    send('TakeVisitAlarm', {}, { events: [closed] }).thenRejected('VisitAlarmOver');
  });

  it('is not closed of a person who is not safe without a safeguarding concern (X26)', () => {
    send('CloseVisitAlarm', { personSafe: false, safeguardingRaised: false }).thenRejected(
      'SafeguardingNotRaised',
    );
    send('CloseVisitAlarm', { personSafe: false, safeguardingRaised: true }).thenLike({
      type: 'VisitAlarmClosed',
    });
  });

  it('is over when the visit was attended or excused after all, and is not known unless raised', () => {
    send('TakeVisitAlarm', {}, { alarm: { over: true } }).thenRejected('VisitAlarmOver');
    send('TakeVisitAlarm', {}, { alarm: null }).thenRejected('VisitAlarmUnknown');
  });

  it('goes up desk by desk when its clock has run out, not a moment before (X26)', () => {
    const escalate = (level: number, of?: Of) =>
      send('EscalateVisitAlarm', { level, dueAt: now }, of);
    escalate(1).then(escalated(1, 'senior-broker'));
    escalate(1, { at: '2026-03-09T08:59:59.999Z' }).thenNothing();
    const once = [escalated(1, 'senior-broker')];
    escalate(1, { events: once }).thenNothing();
    escalate(2, { events: once }).then(escalated(2, 'commissioner'));
    escalate(3, { events: [...once, escalated(2, 'commissioner')] }).thenNothing();
    escalate(1, { events: [closed] }).thenNothing();
    escalate(1, { alarm: { over: true } }).thenNothing();
  });

  it('waits minutes when critical and office hours otherwise (X26)', () => {
    const friday = '2026-03-06T16:00:00.000Z';
    expect(escalatesAt(friday, true, shippedPolicy)).toBe('2026-03-06T16:30:00.000Z');
    expect(escalatesAt(friday, false, shippedPolicy)).toBe('2026-03-09T10:00:00.000Z');
  });
});
