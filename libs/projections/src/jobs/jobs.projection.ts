import type { StoredEvent } from '#eventstore/event-store.js';
import type { JobEvent } from '#platform/jobs/job.events.js';
import { integer, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { isCouncil } from '../who-sees.js';
import type { Job, JobItem } from './jobs.view.js';

const itemKey = (jobId: string, index: number): string =>
  `${jobId}/${String(index).padStart(7, '0')}`;

/** Jobs with how far they are, and each of their commands. */
export const jobs = defineProjection<JobEvent>()({
  name: 'jobs',
  version: 1,
  tables: {
    jobs: table<Job>()({
      columns: { openedAt: text((row) => row.openedAt) },
      indexes: [['openedAt']],
      visibleTo: (_, viewer) => isCouncil(viewer),
    }),
    items: table<JobItem>()({
      columns: {
        jobId: text((row) => row.jobId),
        index: integer((row) => row.index),
        outcome: text((row) => row.outcome),
      },
      indexes: [
        ['jobId', 'index'],
        ['jobId', 'outcome', 'index'],
      ],
      visibleTo: (_, viewer) => isCouncil(viewer),
    }),
  },
  on: {
    JobOpened: ({ event, data: { jobId, kind, title, total, startedBy }, tables }) =>
      tables.jobs.change(jobId, () => ({
        ...{ jobId, kind, title, total, status: 'preparing', startedBy: startedBy.id },
        ...{ done: 0, refused: 0, failed: 0, openedAt: event.metadata.recordedAt },
      })),
    JobItemsAdded({ data: { jobId, from, items }, tables }) {
      for (const [at, { label }] of items.entries()) {
        const index = from + at;
        const row: JobItem = { jobId, index, label, outcome: 'waiting' };
        tables.items.change(itemKey(jobId, index), () => row);
      }
    },
    JobStarted: ({ data: { jobId }, tables }) => change(tables.jobs, jobId, { status: 'running' }),
    JobResultsRecorded({ data: { jobId, from, results }, tables }) {
      for (const [at, result] of results.entries()) {
        tables.items.change(itemKey(jobId, from + at), (row) => row && { ...row, ...result });
        tables.jobs.change(
          jobId,
          (row) => row && { ...row, [result.outcome]: row[result.outcome] + 1 },
        );
      }
    },
    JobCancellationRequested: ({ data: { jobId }, tables }) =>
      change(tables.jobs, jobId, { status: 'cancelling' }),
    JobCancelled: ({ event, data: { jobId }, tables }) =>
      change(tables.jobs, jobId, { status: 'cancelled', ...endedBy(event) }),
    JobFinished: ({ event, data: { jobId }, tables }) =>
      change(tables.jobs, jobId, { status: 'finished', ...endedBy(event) }),
  },
});

const endedBy = ({ metadata }: StoredEvent) => ({ endedAt: metadata.recordedAt });

const change = (jobs: Pick<TableFold<Job, never>, 'change'>, jobId: string, next: Partial<Job>) =>
  jobs.change(jobId, (row) => row && { ...row, ...next });
