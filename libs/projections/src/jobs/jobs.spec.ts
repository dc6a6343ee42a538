import type { JobEvent } from '#platform/jobs/job.events.js';
import { broker, providerUser } from '../care.fixtures.js';
import { givenEvents } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { jobs } from './jobs.projection.js';
import { JobReads } from './jobs.queries.js';

const jobId = 'job-1';
const item = (label: string) => ({ name: 'TakeOnPackage', fields: {}, label });
const opened: JobEvent = {
  type: 'JobOpened',
  data: {
    ...{ jobId, kind: 'take-on', title: 'Packages taken on', source: 'f1', total: 3 },
    startedBy: { id: 'broker-1', roles: ['broker'] },
  },
};
const added: JobEvent = {
  type: 'JobItemsAdded',
  data: { jobId, from: 0, items: [item('row 2'), item('row 3'), item('row 4')] },
};
const started: JobEvent = { type: 'JobStarted', data: { jobId, total: 3 } };
const recorded: JobEvent = {
  type: 'JobResultsRecorded',
  data: {
    ...{ jobId, from: 0 },
    results: [
      { outcome: 'done', id: 'package-1' },
      { outcome: 'refused', code: 'ContractUnknown', message: 'There is no such contract.' },
    ],
  },
};
const tally = { done: 1, refused: 1, failed: 0 };
const cancelling: JobEvent = {
  type: 'JobCancellationRequested',
  data: { jobId, requestedBy: 'broker-1' },
};
const cancelled: JobEvent = { type: 'JobCancelled', data: { jobId, left: 1, ...tally } };
const finished: JobEvent = { type: 'JobFinished', data: { jobId, ...tally, done: 2 } };

const given = (...events: JobEvent[]) => givenEvents(jobs).given(...events);

describe('Jobs', () => {
  it.each([
    ['preparing', [opened, added], undefined],
    ['running', [opened, added, started], undefined],
    ['running', [opened, added, started, recorded], tally],
    ['cancelling', [opened, added, started, recorded, cancelling], tally],
    ['cancelled', [opened, added, started, recorded, cancelling, cancelled], tally],
    ['finished', [opened, added, started, recorded, finished], tally],
  ] as const)('are %s after %#', (status, events, counts) => {
    const row = given(...events).rowSeenBy(broker, 'jobs', jobId);
    expect(row).toMatchObject({ status, total: 3, startedBy: 'broker-1', ...counts });
    const over = status === 'finished' || status === 'cancelled';
    expect(row && 'endedAt' in row).toBe(over);
  });

  it('list what became of each command, in order', () => {
    const { projector } = projectorOver({ jobs: given(opened, added, started, recorded) });
    const reads = new JobReads(projector);
    const { edges } = reads.items(broker, { jobId }, { first: 50 });
    expect(edges.map(({ node }) => [node.label, node.outcome])).toEqual([
      ['row 2', 'done'],
      ['row 3', 'refused'],
      ['row 4', 'waiting'],
    ]);
    const refused = reads.items(broker, { jobId, outcome: 'refused' }, { first: 50 });
    expect(refused.edges.map(({ node }) => node.code)).toEqual(['ContractUnknown']);
    expect(reads.job(broker, jobId)).toMatchObject({ done: 1 });
    expect(reads.jobs(broker, { first: 50 }).edges).toHaveLength(1);
  });

  it('are shown to council staff alone', () => {
    const folded = given(opened, added);
    expect(folded.rowSeenBy(broker, 'jobs', jobId)).toBeDefined();
    expect(folded.rowSeenBy(providerUser, 'jobs', jobId)).toBeUndefined();
  });
});
