import { defineSlice } from '../commands/slice.js';
import type { JobCommands } from './job.commands.js';
import { jobDecider } from './job.decider.js';

export const jobStream = (jobId: string): string => `job-${jobId}`;

const own = { id: ({ jobId }: { jobId: string }) => jobId };

/** A command over many streams is a job: a process stream of its own (design section 4). */
export const jobSlice = defineSlice<JobCommands>({
  category: 'job',
  decider: jobDecider,
  commands: {
    OpenJob: { id: (_, create) => create('job') },
    AddJobItems: own,
    StartJob: own,
    RecordJobResults: own,
    CancelJob: own,
  },
});
