import type { Role } from '#kernel/actor.js';
import type { EventStore, StoredEvent } from '#eventstore/event-store.js';

/** Who may read why something was decided: such words may tell who the person is. */
export const reasonReaders = [
  'broker',
  'senior-broker',
  'external-broker',
  'auditor',
] as const satisfies readonly Role[];

/** Injection token of the log with its personal fields open, for whoever may read why. */
export const REVEALED_LOG = Symbol('RevealedLog');

/** One event as it was recorded; of an erased person its personal fields stay sealed. */
export async function eventAt(
  log: Pick<EventStore, 'readAll'>,
  position: number,
): Promise<StoredEvent | undefined> {
  const { events } = await log.readAll({ after: position - 1, limit: 1 });
  return events.find((event) => event.position === position);
}
