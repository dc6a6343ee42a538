import type { Position } from '#eventstore/event-store.js';
import type { Instant } from '#kernel/time.js';
import type { Checkpoint } from './checkpoint.js';

/** How much of the log an answer knows: up to a position, and when that was recorded. */
export interface AsOf {
  readonly position: Position;
  /** The latest `recordedAt` up to `position`; absent before the first event. */
  readonly at?: Instant;
}

export const asOfAt = (checkpoint: Checkpoint): AsOf => ({
  position: checkpoint.position,
  ...(checkpoint.recordedAt !== null && { at: checkpoint.recordedAt }),
});
