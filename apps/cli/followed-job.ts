import { progressOf } from './progress.js';
import type { Speaker } from './output.js';
import type { ServiceClient } from './service-client.js';
import { until } from './until.js';

/** Waits for the end of a job; interrupted, the job goes on in the service. */
export async function followedJob(
  client: ServiceClient,
  speaker: Speaker,
  { jobId, after }: { readonly jobId: string; readonly after: number },
  [doing, things]: readonly [doing: string, things: string],
) {
  const progress = progressOf(speaker, doing, things);
  const answer = await until(
    () => client.ask('job', { jobId, after }),
    ({ job }) => {
      if (job) progress.at(job.done + job.refused + job.failed, job.total);
      return job?.endedAt !== undefined;
    },
  );
  progress.stop();
  return answer;
}
