import type { SubmittedCommand } from '../commands/submission.js';
import type { RefusalRecorded } from './refusal.events.js';

/** Records refusals of an hour; sent by the service itself. */
export type RecordRefusal = SubmittedCommand & RefusalRecorded['data'];

export interface RefusalCommands {
  RecordRefusal: RecordRefusal;
}
