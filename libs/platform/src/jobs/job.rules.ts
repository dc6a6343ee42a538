import type { Actor } from '#kernel/actor.js';
import { ruleBook } from '#kernel/rejection.js';
import type { ChildResult, JobTally } from './job.events.js';

export const jobRules = {
  JobUnknown: 'There is no such job.',
  JobAlreadyOpened: 'This job was opened before.',
  JobIsFrozen: 'The list of a started job does not change.',
  JobItemsOutOfOrder: 'The commands of a job are added in order.',
  JobItemsMissing: 'A job starts once its list is complete.',
  JobHasNoItems: 'A job has at least one command.',
  JobNotRunning: 'Only a running job has results.',
  JobResultsOutOfOrder: 'The results of a job are kept in order.',
  JobIsOver: 'This job is over.',
  JobOfAnotherPerson: 'A job is cancelled by who started it or by an administrator.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof jobRules>> = ruleBook(jobRules);

/** Where a job stands. A preparing one is not complete yet and sends nothing. */
export const jobStatuses = ['preparing', 'running', 'cancelling', 'cancelled', 'finished'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** What the rules of a job and its runner read. */
export interface JobState {
  readonly jobId: string | null;
  readonly status: JobStatus;
  /** Its list was complete and its commands may have been sent. */
  readonly started: boolean;
  readonly startedBy: Actor | null;
  readonly kind: string;
  readonly source: string;
  readonly total: number;
  /** Index of the first command of each part of the list, in the order of the stream. */
  readonly parts: readonly number[];
  /** How many commands the list has so far. */
  readonly added: number;
  /** How many results are kept; the next command to be sent has this index. */
  readonly recorded: number;
  readonly tally: JobTally;
}

export const initialJob: JobState = {
  jobId: null,
  status: 'preparing',
  started: false,
  startedBy: null,
  kind: '',
  source: '',
  total: 0,
  parts: [],
  added: 0,
  recorded: 0,
  tally: { done: 0, refused: 0, failed: 0 },
};

export const jobIsOver = (status: JobStatus): boolean =>
  status === 'finished' || status === 'cancelled';

export const tallied = (tally: JobTally, results: readonly ChildResult[]): JobTally => {
  const counts = { ...tally };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
};
