import { messageOf } from '#kernel/message-of.js';
import type { Position, StoredEvent } from '#eventstore/event-store.js';

/** The event at which a projection stopped, and why. */
export interface ProjectionFailure {
  readonly position: Position;
  readonly stream: string;
  readonly type: string;
  readonly eventId: string;
  readonly error: string;
}

/** What is kept of an error that an event's handler, or the saving of its rows, threw. */
export const failureAt = (event: StoredEvent, error: unknown): ProjectionFailure => ({
  position: event.position,
  stream: event.stream,
  type: event.type,
  eventId: event.id,
  error: messageOf(error),
});
