import { z } from 'zod';
import { operation } from '#platform/admin/operation.js';
import { operator } from '#platform/admin/service-operations.js';
import type { Projector } from '../read-side.js';
import { JobReads } from './jobs.queries.js';
import type { Job, JobItem } from './jobs.view.js';

interface ReadSide {
  readonly readModels: Projector;
}

const jobsShown = 100;

/** What an operator may ask about jobs. */
export const jobOperations = {
  jobs: operation(z.object({}), ({ readModels }: ReadSide): { jobs: Job[] } => {
    const { edges } = new JobReads(readModels).jobs(operator, { first: jobsShown });
    return { jobs: edges.map(({ node }) => node) };
  }),
  job: operation(
    z.object({ jobId: z.uuid(), after: z.number().int().optional() }),
    async ({ readModels }: ReadSide, { jobId, after }) => {
      const reads = new JobReads(readModels);
      if (after !== undefined) await reads.reader.waitFor(after);
      return { job: reads.job(operator, jobId), refused: notDone(reads, jobId) };
    },
  ),
};

/** The first commands of a job that were not carried out, each with its reason. */
const notDone = (reads: JobReads, jobId: string): JobItem[] =>
  (['refused', 'failed'] as const)
    .flatMap((outcome) => reads.items(operator, { jobId, outcome }, { first: jobsShown }).edges)
    .map(({ node }) => node)
    .toSorted((a, b) => a.index - b.index);
