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
export const eventAt = (
  log: Pick<EventStore, 'at'>,
  position: number,
): Promise<StoredEvent | undefined> => log.at(position);
