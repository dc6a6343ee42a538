import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import { jobStatuses, type JobStatus } from '#platform/jobs/job.rules.js';
import { Stated } from '#platform/graphql/paging.view.js';

const JobStatusCode = codeList('JobStatus', jobStatuses, 'Where a job stands.');

/** `waiting`: not sent yet. */
const jobItemOutcomes = ['waiting', 'done', 'refused', 'failed'] as const;
export type JobItemOutcome = (typeof jobItemOutcomes)[number];
export const JobItemOutcomeCode = codeList(
  'JobItemOutcome',
  jobItemOutcomes,
  'What became of one command of a job.',
);

/** A command over many things, sent one by one: an import, for example. */
@ObjectType()
export class Job {
  @Field(() => ID)
  jobId: string;

  /** What it does: `take-on`. */
  kind: string;

  title: string;

  @Field(() => JobStatusCode)
  status: JobStatus;

  /** How many commands it sends. */
  total: number;

  done: number;

  /** Not carried out, by a rule that the result names. */
  refused: number;

  /** Not carried out for a reason that no rule names. */
  failed: number;

  startedBy: string;

  openedAt: string;

  /** When it was finished or cancelled. */
  endedAt?: string;
}

/** One command of a job and what became of it. */
@ObjectType()
export class JobItem {
  @HideField()
  jobId: string;

  /** Its place in the list, from 0. */
  index: number;

  /** What a person calls it: `row 4`. */
  label: string;

  @Field(() => JobItemOutcomeCode)
  outcome: JobItemOutcome;

  /** What was created or changed. */
  @Field(() => ID, { nullable: true })
  id?: string;

  /** The rule that refused it. */
  code?: string;

  message?: string;
}

/** A job, if there is one of this id. */
@ObjectType()
export class JobAnswer extends Stated {
  job?: Job;
}
