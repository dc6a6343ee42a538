import { ID, InputType, Field } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import type { ChildCommand, ChildResult } from './job.events.js';

/** Makes a job that will send a number of commands. Sent by the service itself. */
export class OpenJob {
  commandId: string;
  /** What it does, in kebab case: `take-on`. */
  kind: string;
  /** For people. */
  title: string;
  /** A hash of what it was made of, so that the same command with other content is noticed. */
  source: string;
  total: number;
}

/** Adds the next commands of a job's list. Sent by the service itself. */
export class AddJobItems {
  commandId: string;
  jobId: string;
  /** Index of the first one. */
  from: number;
  items: readonly ChildCommand[];
}

/** Freezes a job's list; from now on its commands are sent. Sent by the service itself. */
export class StartJob {
  commandId: string;
  jobId: string;
}

/** Keeps what became of the next commands of a job. Sent by the service itself. */
export class RecordJobResults {
  commandId: string;
  jobId: string;
  /** Index of the first one. */
  from: number;
  results: readonly ChildResult[];
}

/** Stops a job before its next command; what was done stays done. */
@InputType()
export class CancelJob {
  /**
   * A UUIDv7 made by the client. The command takes effect once, however often it is sent with the
   * same id and content.
   */
  @IsUUID(7)
  commandId: string;

  @Field(() => ID)
  @IsUUID()
  jobId: string;
}

export interface JobCommands {
  OpenJob: OpenJob;
  AddJobItems: AddJobItems;
  StartJob: StartJob;
  RecordJobResults: RecordJobResults;
  CancelJob: CancelJob;
}
