import type { Viewer } from '#kernel/actor.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { jobs } from './jobs.projection.js';
import type { Job, JobItem, JobItemOutcome } from './jobs.view.js';

interface Paging {
  readonly first: number;
  readonly cursor?: string | undefined;
}

/** Reads of jobs, the latest first. */
export class JobReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(jobs);
  }

  job(viewer: Viewer, jobId: string): Job | undefined {
    return this.reader.get(viewer, 'jobs', jobId);
  }

  jobs(viewer: Viewer, { first, cursor: after }: Paging): Page<Job> {
    const orderBy = { column: 'openedAt', direction: 'desc' } as const;
    return this.reader.page(viewer, 'jobs', { orderBy, first, after });
  }

  /** The commands of a job in the order of its list. */
  items(
    viewer: Viewer,
    { jobId, outcome }: { jobId: string; outcome?: JobItemOutcome | undefined },
    { first, cursor: after }: Paging,
  ): Page<JobItem> {
    const orderBy = { column: 'index', direction: 'asc' } as const;
    const filter = { jobId, outcome };
    return this.reader.page(viewer, 'items', { filter, orderBy, first, after });
  }
}
