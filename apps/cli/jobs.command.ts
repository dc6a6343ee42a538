import type { Command } from 'commander';
import type { Job, JobItem } from '#projections/jobs/jobs.view.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { exitCodes, Stop } from './outcome.js';
import { answering, type Answer } from './output.js';
import { withService } from './service-client.js';

/** `jobs`: commands over many things, such as imports. */
export function addJobs(program: Command): void {
  const jobs = program.command('jobs').description('list, show and cancel imports and other jobs');
  answering(jobs.command('list').description('all jobs, the latest first'), list);
  answering<object, [string]>(
    jobs.command('show').description('how far a job is, and what it refused').argument('<id>'),
    (_speaker, _options, jobId) => show(jobId),
  );
  answering<object, [string]>(
    jobs
      .command('cancel')
      .description('stop a job before its next command; what was done stays done')
      .argument('<id>'),
    (_speaker, _options, jobId) => cancel(jobId),
  );
}

const list = (): Promise<Answer> =>
  withService(async (client) => {
    const document = await client.ask('jobs');
    const lines = document.jobs.map(lineOf);
    return { document, lines: lines.length > 0 ? lines : ['There is no job.'] };
  });

const show = (jobId: string): Promise<Answer> =>
  withService(async (client) => {
    const document = await client.ask('job', { jobId });
    if (!document.job) throw new Stop('JobUnknown', 'There is no such job.', exitCodes.refused);
    return { document, lines: [lineOf(document.job), ...document.refused.map(itemLine)] };
  });

const cancel = (jobId: string): Promise<Answer> =>
  withService(async (client) => ({
    document: await client.ask('cancel-job', { commandId: newCommandId(), jobId }),
    lines: [`Job ${jobId} stops before its next command.`],
  }));

const lineOf = ({ jobId, title, status, total, done, refused, failed, openedAt }: Job): string => {
  const notDone = refused + failed === 0 ? '' : `, ${refused} refused, ${failed} failed`;
  return `${jobId}  ${openedAt}  ${title}: ${status}, ${done} of ${total} done${notDone}`;
};

export const itemLine = ({ label, code, message }: JobItem): string =>
  `  ${label}: ${message ?? code ?? 'it failed for an unknown reason'}`;
