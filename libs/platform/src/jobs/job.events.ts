import type { Actor } from '#kernel/actor.js';
import type { Event } from '#kernel/decider.js';

/** A command as a job will send it; its id is derived from the job and its index. */
export interface ChildCommand {
  readonly name: string;
  readonly fields: object;
  /** What a person calls it: `row 4`. */
  readonly label: string;
}

/** What became of one command. `code` and `message` say why it was not carried out. */
export interface ChildResult {
  readonly outcome: 'done' | 'refused' | 'failed';
  /** What was created or changed. */
  readonly id?: string;
  readonly code?: string;
  readonly message?: string;
}

export interface JobTally {
  readonly done: number;
  readonly refused: number;
  /** Not carried out for a reason that no rule names. */
  readonly failed: number;
}

export type JobOpened = Event<
  'JobOpened',
  {
    jobId: string;
    kind: string;
    title: string;
    /** A hash of what it was made of. */
    source: string;
    total: number;
    startedBy: Actor;
  }
>;

/** Part of the list, below the size that a store takes for one event. */
export type JobItemsAdded = Event<
  'JobItemsAdded',
  { jobId: string; from: number; items: readonly ChildCommand[] }
>;

export type JobStarted = Event<'JobStarted', { jobId: string; total: number }>;

export type JobResultsRecorded = Event<
  'JobResultsRecorded',
  { jobId: string; from: number; results: readonly ChildResult[] }
>;

export type JobCancellationRequested = Event<
  'JobCancellationRequested',
  { jobId: string; requestedBy: string }
>;

/** Ended before its end; `left` commands were never sent. */
export type JobCancelled = Event<'JobCancelled', { jobId: string; left: number } & JobTally>;

export type JobFinished = Event<
  'JobFinished',
  {
    jobId: string;
    /** As when it was opened, for what follows from its end. */
    kind?: string;
    source?: string;
  } & JobTally
>;

export type JobEvent =
  | JobOpened
  | JobItemsAdded
  | JobStarted
  | JobResultsRecorded
  | JobCancellationRequested
  | JobCancelled
  | JobFinished;
