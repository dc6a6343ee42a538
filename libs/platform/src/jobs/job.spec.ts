import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { jobDecider } from './job.decider.js';
import type { ChildCommand, ChildResult, JobEvent } from './job.events.js';
import { partsOf } from './new-job.js';

const broker: Actor = { id: 'broker-1', roles: ['broker'] };
const jobId = 'job-of-three';
const item: ChildCommand = { name: 'NameCat', fields: { name: 'Tibbles' }, label: 'row 2' };
const done: ChildResult = { outcome: 'done', id: 'cat-1' };
const refused: ChildResult = { outcome: 'refused', code: 'NameTaken', message: 'Taken.' };

const opened: JobEvent = {
  type: 'JobOpened',
  data: { jobId, kind: 'naming', title: 'Cats', source: 'f1', total: 3, startedBy: broker },
};
const added = (from: number, count: number): JobEvent => ({
  type: 'JobItemsAdded',
  data: { jobId, from, items: Array.from({ length: count }, () => item) },
});
const started: JobEvent = { type: 'JobStarted', data: { jobId, total: 3 } };
const recorded = (from: number, ...results: ChildResult[]): JobEvent => ({
  type: 'JobResultsRecorded',
  data: { jobId, from, results },
});
const cancelling: JobEvent = {
  type: 'JobCancellationRequested',
  data: { jobId, requestedBy: 'broker-1' },
};
const none = { done: 0, refused: 0, failed: 0 };

const { given } = specFor(jobDecider);
const running = [opened, added(0, 2), added(2, 1), started];

describe('Job', () => {
  it('is opened by who asks for it', () => {
    given()
      .when('OpenJob', { commandId: 'c-1', kind: 'naming', title: 'Cats', total: 3 })
      .thenLike({ type: 'JobOpened', data: { total: 3, startedBy: broker } });
  });

  it('has at least one command', () => {
    given().when('OpenJob', { commandId: 'c-1', total: 0 }).thenRejected('JobHasNoItems');
  });

  it('takes its list in order, up to its length', () => {
    const add = (from: number, count: number) => ({ jobId, from, items: Array(count).fill(item) });
    given(opened).when('AddJobItems', add(0, 3)).then(added(0, 3));
    given(opened, added(0, 2)).when('AddJobItems', add(2, 1)).then(added(2, 1));
    given(opened, added(0, 2)).when('AddJobItems', add(1, 1)).thenRejected('JobItemsOutOfOrder');
    given(opened, added(0, 2)).when('AddJobItems', add(2, 2)).thenRejected('JobItemsOutOfOrder');
    given(...running)
      .when('AddJobItems', add(3, 1))
      .thenRejected('JobIsFrozen');
  });

  it('starts with its whole list, once', () => {
    given(opened, added(0, 3)).when('StartJob', { jobId }).then(started);
    given(opened, added(0, 2)).when('StartJob', { jobId }).thenRejected('JobItemsMissing');
    given(...running)
      .when('StartJob', { jobId })
      .thenRejected('JobIsFrozen');
    given().when('StartJob', { jobId }).thenRejected('JobUnknown');
  });

  it('keeps results in order and is finished with the last one', () => {
    given(...running)
      .when('RecordJobResults', { jobId, from: 0, results: [done, refused] })
      .then(recorded(0, done, refused));
    given(...running, recorded(0, done, refused))
      .when('RecordJobResults', { jobId, from: 2, results: [done] })
      .then(recorded(2, done), {
        type: 'JobFinished',
        data: { jobId, kind: 'naming', source: 'f1', done: 2, refused: 1, failed: 0 },
      });
  });

  it.each([
    ['again', [recorded(0, done)], 0],
    ['ahead', [], 1],
  ])('refuses results %s', (_, before, from) => {
    given(...running, ...before)
      .when('RecordJobResults', { jobId, from, results: [done] })
      .thenRejected('JobResultsOutOfOrder');
  });

  it('has no results before it starts and after it ends', () => {
    const record = { jobId, from: 0, results: [done] };
    given(opened, added(0, 3)).when('RecordJobResults', record).thenRejected('JobNotRunning');
    given(...running, { type: 'JobFinished', data: { jobId, ...none } })
      .when('RecordJobResults', record)
      .thenRejected('JobNotRunning');
  });

  it('is cancelled after the commands in flight', () => {
    given(...running)
      .when('CancelJob', { jobId }, { actor: broker })
      .then(cancelling);
    given(...running, cancelling)
      .when('RecordJobResults', { jobId, from: 0, results: [done] })
      .then(recorded(0, done), {
        type: 'JobCancelled',
        data: { jobId, left: 2, ...none, done: 1 },
      });
    given(...running, cancelling)
      .when('RecordJobResults', { jobId, from: 0, results: [] })
      .then({ type: 'JobCancelled', data: { jobId, left: 3, ...none } });
  });

  it('is cancelled at once while it sends nothing', () => {
    given(opened, added(0, 1))
      .when('CancelJob', { jobId }, { actor: broker })
      .then(cancelling, { type: 'JobCancelled', data: { jobId, left: 3, ...none } });
  });

  it('finishes when nothing is left to cancel', () => {
    given(...running, cancelling)
      .when('RecordJobResults', { jobId, from: 0, results: [done, done, done] })
      .thenLike({ type: 'JobResultsRecorded' }, { type: 'JobFinished' });
  });

  it('is cancelled by who started it or an administrator, and while it is not over', () => {
    const other: Actor = { id: 'broker-2', roles: ['broker'] };
    const administrator: Actor = { id: 'jo', roles: ['administrator'] };
    given(...running)
      .when('CancelJob', { jobId }, { actor: other })
      .thenRejected('JobOfAnotherPerson');
    given(...running)
      .when('CancelJob', { jobId }, { actor: administrator })
      .thenLike({ type: 'JobCancellationRequested' });
    given(...running, cancelling)
      .when('CancelJob', { jobId }, { actor: broker })
      .thenNothing();
    given(...running, { type: 'JobFinished', data: { jobId, ...none } })
      .when('CancelJob', { jobId }, { actor: broker })
      .thenRejected('JobIsOver');
  });
});

describe('The parts of a list', () => {
  const bytes = JSON.stringify(item).length + 1;

  it('hold as many commands as fit', () => {
    const parts = (count: number, max: number) =>
      partsOf(Array<ChildCommand>(count).fill(item), max).map(({ length }) => length);
    expect(parts(4, 2 * bytes)).toEqual([2, 2]);
    expect(parts(4, 2 * bytes - 1)).toEqual([1, 1, 1, 1]);
    expect(parts(5, 2 * bytes)).toEqual([2, 2, 1]);
    expect(parts(0, bytes)).toEqual([]);
  });

  it('refuse a command that no event could hold', () => {
    expect(() => partsOf([item], bytes - 1)).toThrow(RangeError);
  });
});
