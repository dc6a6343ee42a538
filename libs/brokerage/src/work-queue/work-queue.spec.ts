import { specFor } from '#kernel/spec-dsl.js';
import { queueWhatTheCaseSystemLeft } from '../policies/queue-what-the-case-system-left.policy.js';
import { workQueueDecider } from './work-queue.decider.js';
import type { WorkQueueEvent } from './work-queue.events.js';
import { queueItemIdOf } from './work-queue.rules.js';

const { given } = specFor(workQueueDecider);
const itemId = queueItemIdOf('case-message', 'message-1');
const personId = 'person-1';
const commandId = '01932e1c-0a10-7000-8000-000000000061';
const now = '2026-03-09T09:00:00.000Z';
const actor = { id: 'broker-1', roles: ['broker'] } as const;
const opened: WorkQueueEvent = {
  type: 'QueueItemOpened',
  data: {
    ...{ itemId, personId, kind: 'case-message', about: { messageId: 'message-1' } },
    ...{ violations: [{ code: 'CareNotLive', path: 'type' }], openedAt: now },
  },
};
const resolved: WorkQueueEvent = {
  type: 'QueueItemResolved',
  data: {
    ...{ itemId, personId, outcome: 'done', note: 'Rang.', resolvedBy: 'b', resolvedAt: now },
  },
};
const when = (name: string, fields: object, ...events: readonly WorkQueueEvent[]) =>
  given(...events).when(name, { commandId, itemId, ...fields }, { now, actor });
const open = (...events: readonly WorkQueueEvent[]) =>
  when('OpenQueueItem', { personId, kind: 'case-message', about: {}, violations: [] }, ...events);
const resolution = { outcome: 'done', note: 'Rang.' };

describe('An item of the work queue (S1-8)', () => {
  it('is opened once while it is open, and anew after it was over', () => {
    open().thenLike({ type: 'QueueItemOpened', data: { personId, openedAt: now } });
    open(opened).thenNothing();
    open(opened, resolved).thenLike({ type: 'QueueItemOpened' });
  });

  it('is taken by whoever says so, or given to a colleague, while it is open', () => {
    when('AssignQueueItem', {}, opened).thenLike({ data: { owner: 'broker-1' } } as never);
    when('AssignQueueItem', { owner: 'broker-2' }, opened).thenLike({
      type: 'QueueItemAssigned',
      data: { owner: 'broker-2', assignedBy: 'broker-1' },
    });
    when('AssignQueueItem', {}).thenRejected('QueueItemUnknown');
    when('AssignQueueItem', {}, opened, resolved).thenRejected('QueueItemOver');
  });

  it('is over once somebody says what was done, not without words and not twice', () => {
    when('ResolveQueueItem', resolution, opened).thenLike({ type: 'QueueItemResolved' });
    when('ResolveQueueItem', { ...resolution, note: ' ' }, opened).thenRejected(
      'ResolutionNoteMissing',
    );
    when('ResolveQueueItem', resolution, opened, resolved).thenRejected('QueueItemOver');
    when('ResolveQueueItem', resolution).thenRejected('QueueItemUnknown');
  });

  it('is over when its cause goes away', () => {
    when('CloseQueueItem', {}, opened).thenLike({ type: 'QueueItemClosed' });
    when('CloseQueueItem', {}).thenNothing();
    when('CloseQueueItem', {}, opened, resolved).thenNothing();
  });
});

describe('What the case system left', () => {
  const sent = (type: string, data: object) =>
    queueWhatTheCaseSystemLeft.on[type]?.({ type, data } as never) ?? [];
  const about = { personId, messageId: 'message-1', type: 'person.died' };

  it('waits for a person until it is taken, tried again or seen to by hand', () => {
    const violations = [{ code: 'CareNotLive', path: 'type' }];
    expect(sent('CaseMessageSetAside', { ...about, violations })).toEqual([
      {
        name: 'OpenQueueItem',
        fields: {
          ...{ itemId, personId, kind: 'case-message', violations },
          about: { messageId: 'message-1' },
        },
      },
    ]);
    const closed = [{ name: 'CloseQueueItem', fields: { itemId } }];
    expect(sent('CaseMessageReopened', about)).toEqual(closed);
    expect(sent('CaseMessageDismissed', about)).toEqual(closed);
    expect(sent('CaseMessageTaken', { ...about, packageIds: [], commands: [] })).toEqual(closed);
  });

  it('tells a person of a death, a merge, a move or a review that changes care', () => {
    const taken = { ...about, packageIds: ['package-1'], commands: [], notice: 'person-died' };
    expect(sent('CaseMessageTaken', taken)[1]).toMatchObject({
      name: 'OpenQueueItem',
      fields: { kind: 'person-died', about: { packageIds: ['package-1'] } },
    });
  });

  it('tells of a gap until it is filled or skipped', () => {
    const [gap] = sent('CaseGapReported', { personId, missingFrom: 2, missingTo: 2 });
    expect(gap).toMatchObject({ name: 'OpenQueueItem', fields: { kind: 'case-gap' } });
    const over = [
      { name: 'CloseQueueItem', fields: { itemId: queueItemIdOf('case-gap', personId) } },
    ];
    expect(sent('CaseGapFilled', { personId })).toEqual(over);
    expect(sent('CaseGapSkipped', { personId })).toEqual(over);
  });
});
