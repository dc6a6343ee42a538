import fc from 'fast-check';
import { fold } from '#kernel/decider.js';
import { specFor } from '#kernel/spec-dsl.js';
import { caseInboxDecider } from './case-inbox.decider.js';
import type { CaseInboxEvent } from './case-inbox.events.js';
import { nextReady } from './case-inbox.rules.js';

const { given } = specFor(caseInboxDecider);
const personId = 'person-1';
const commandId = '01932e1c-0a10-7000-8000-000000000051';
const now = '2026-03-09T09:00:00.000Z';
const message = (sequence: number, more: object = {}) => ({
  ...{ personId, messageId: `message-${sequence}`, system: 'liquidlogic', type: 'person.died' },
  ...{ sequence, occurredAt: now, contentHash: `hash-${sequence}`, body: '{}', ...more },
});
const receive = (before: readonly CaseInboxEvent[], sequence: number, more: object = {}) =>
  given(...before).when('ReceiveCaseMessage', { commandId, ...message(sequence, more) }, { now });
const received = (before: readonly CaseInboxEvent[], ...sequences: readonly number[]) =>
  sequences.reduce<readonly CaseInboxEvent[]>(
    (events, sequence) => [
      ...events,
      ...(receive(events, sequence).events() as readonly CaseInboxEvent[]),
    ],
    before,
  );
const of = (sequence: number) => ({ personId, messageId: `message-${sequence}` });
const take = (before: readonly CaseInboxEvent[], sequence: number) =>
  given(...before).when(
    'RecordCaseMessageTaken',
    { commandId, ...of(sequence), packageIds: [], commands: [] },
    { now },
  );
const violations = [{ code: 'CareNotLive', path: 'type' }];
const setAside = (before: readonly CaseInboxEvent[], sequence: number) =>
  given(...before).when('SetCaseMessageAside', { commandId, ...of(sequence), violations }, { now });
const skip = (before: readonly CaseInboxEvent[]) =>
  given(...before).when('SkipCaseGap', { commandId, personId, reason: 'None such.' }, { now });

describe('The messages of a case system about a person (S1-8)', () => {
  it('are kept once: the same again changes nothing, other content under its id is refused', () => {
    const once = received([], 1);
    receive(once, 1).thenNothing();
    receive(once, 1, { contentHash: 'other' }).thenRejected('CaseWebhookIdReused');
  });

  it('take effect in the order of the record, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }).chain((count) =>
          fc.tuple(
            fc.constant(count),
            fc.array(fc.integer({ min: 1, max: count }), { maxLength: 24 }),
            fc.shuffledSubarray(
              Array.from({ length: count }, (_, at) => at + 1),
              { minLength: count },
            ),
          ),
        ),
        ([count, repeats, whole]) => {
          const taken: number[] = [];
          let events: readonly CaseInboxEvent[] = [];
          for (const sequence of [...repeats, ...whole]) {
            events = received(events, sequence);
            for (;;) {
              const next = nextReady(fold(caseInboxDecider, events));
              if (!next) break;
              taken.push(next.sequence);
              events = [...events, ...(take(events, next.sequence).events() as CaseInboxEvent[])];
            }
          }
          expect(taken).toEqual(Array.from({ length: count }, (_, at) => at + 1));
        },
      ),
    );
  });

  it('wait for the one before them, and no longer than until it comes', () => {
    receive([], 2).thenLike({ type: 'CaseMessageReceived', data: { standing: 'waiting' } });
    const waiting = received([], 2);
    expect(nextReady(fold(caseInboxDecider, waiting))).toBeUndefined();
    expect(nextReady(fold(caseInboxDecider, received(waiting, 1)))?.sequence).toBe(1);
    take(waiting, 2).thenNothing();
  });

  it('go to a person where a sequence came before under another id', () => {
    receive(received([], 1), 1, { messageId: 'message-x', contentHash: 'x' }).thenLike(
      { type: 'CaseMessageReceived', data: { standing: 'aside' } },
      { type: 'CaseMessageSetAside', data: { violations: [{ code: 'CaseSequenceReused' }] } },
    );
  });

  it('are taken or set aside once, and only when their turn has come', () => {
    const one = received([], 1);
    const taken = [...one, ...(take(one, 1).events() as CaseInboxEvent[])];
    take(taken, 1).thenNothing();
    setAside(taken, 1).thenNothing();
    setAside(one, 2).thenRejected('CaseMessageUnknown');
  });

  it('that were set aside are tried again or seen to by hand, others are not', () => {
    const retry = (before: readonly CaseInboxEvent[]) =>
      given(...before).when('RetryCaseMessage', { commandId, ...of(1) }, { now });
    const dismiss = (before: readonly CaseInboxEvent[]) =>
      given(...before).when(
        'DismissCaseMessage',
        { commandId, ...of(1), reason: 'Done.' },
        { now },
      );
    const one = received([], 1);
    retry([]).thenRejected('CaseMessageUnknown');
    retry(one).thenRejected('CaseMessageNotAside');
    dismiss(one).thenRejected('CaseMessageNotAside');
    const aside = [...one, ...(setAside(one, 1).events() as CaseInboxEvent[])];
    const again = [...aside, ...(retry(aside).events() as CaseInboxEvent[])];
    expect(nextReady(fold(caseInboxDecider, again))?.sequence).toBe(1);
    const dismissed = [...aside, ...(dismiss(aside).events() as CaseInboxEvent[])];
    retry(dismissed).thenRejected('CaseMessageNotAside');
  });

  it('report a gap once for as long as it is the same', () => {
    const report = (before: readonly CaseInboxEvent[]) =>
      given(...before).when('ReportCaseGap', { commandId, personId }, { now });
    report(received([], 1)).thenNothing();
    const gap = received([], 1, 4);
    report(gap).thenLike({ type: 'CaseGapReported', data: { missingFrom: 2, missingTo: 3 } });
    const reported = [...gap, ...(report(gap).events() as CaseInboxEvent[])];
    report(reported).thenNothing();
    receive(reported, 2).thenLike({ type: 'CaseMessageReceived' });
    receive(received(reported, 2), 3).thenLike(
      { type: 'CaseMessageReceived' },
      { type: 'CaseGapFilled' },
    );
    receive(gap, 3).thenLike({ type: 'CaseMessageReceived' });
    const wider = received(reported, 2, 3, 6);
    report(wider).thenLike({ type: 'CaseGapReported', data: { missingFrom: 5, missingTo: 5 } });
  });

  it('go on without what is missing when somebody says so; what comes later goes to a person', () => {
    skip(received([], 1)).thenRejected('NoCaseGap');
    const gap = received([], 1, 4);
    skip(gap).thenLike({ type: 'CaseGapSkipped', data: { missingFrom: 2, missingTo: 3 } });
    const skipped = [...gap, ...(skip(gap).events() as CaseInboxEvent[])];
    const taken = [...skipped, ...(take(skipped, 1).events() as CaseInboxEvent[])];
    expect(nextReady(fold(caseInboxDecider, taken))?.sequence).toBe(4);
    receive(skipped, 2).thenLike(
      { type: 'CaseMessageReceived' },
      { type: 'CaseMessageSetAside', data: { violations: [{ code: 'CaseMessageLate' }] } },
    );
  });
});
