import type { Database } from 'better-sqlite3';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import type { Instant } from '#kernel/time.js';

/** The last event that a projection folded, by which a changed log is noticed. */
export interface FoldedEvent {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
}

/** How far a projection read which log. */
export interface Checkpoint {
  readonly logId: string;
  readonly position: Position;
  /** Events read since the log's start; with `position` it tells the mean distance of events. */
  readonly seen: number;
  /** The latest `recordedAt` up to `position`; null before the first event. */
  readonly recordedAt: Instant | null;
  readonly lastEvent: FoldedEvent | undefined;
}

export const beforeFirst = (logId: string): Checkpoint => ({
  logId,
  position: 0,
  seen: 0,
  recordedAt: null,
  lastEvent: undefined,
});

/** The checkpoint after an event. */
export const after = (checkpoint: Checkpoint, event: StoredEvent): Checkpoint => {
  const { position, stream, revision, id, metadata } = event;
  const latest = checkpoint.recordedAt;
  return {
    logId: checkpoint.logId,
    position,
    seen: checkpoint.seen + 1,
    recordedAt: latest !== null && latest > metadata.recordedAt ? latest : metadata.recordedAt,
    lastEvent: { position, stream, revision, id },
  };
};

/** The checkpoint once the log has been read to a position. */
export const reaching = (checkpoint: Checkpoint, upTo: Position): Checkpoint =>
  upTo > checkpoint.position ? { ...checkpoint, position: upTo } : checkpoint;

/** Whether the log still holds the event at which the checkpoint was taken. */
export async function belongsTo(store: EventStore, checkpoint: Checkpoint): Promise<boolean> {
  if (checkpoint.logId !== store.logId) return false;
  const last = checkpoint.lastEvent;
  if (!last) return checkpoint.position <= (await store.head());
  const [event] = await store.read(last.stream, { from: last.revision, limit: 1 });
  return event?.id === last.id && event.position === last.position;
}

interface CheckpointRow {
  readonly logId: string;
  readonly position: Position;
  readonly seen: number;
  readonly recordedAt: Instant | null;
  readonly eventPosition: Position | null;
  readonly eventStream: string | null;
  readonly eventRevision: number | null;
  readonly eventId: string | null;
}

/** The stored checkpoint, `undefined` when there is none or the file has another shape. */
export function readCheckpoint(db: Database, schema: string): Checkpoint | undefined {
  const row = db
    .prepare<[string], CheckpointRow>('SELECT * FROM _checkpoint WHERE schema = ?')
    .get(schema);
  if (!row) return undefined;
  const { logId, position, seen, recordedAt } = row;
  const { eventPosition, eventStream, eventRevision, eventId } = row;
  const lastEvent =
    eventPosition === null || eventStream === null || eventRevision === null || eventId === null
      ? undefined
      : { position: eventPosition, stream: eventStream, revision: eventRevision, id: eventId };
  return { logId, position, seen, recordedAt, lastEvent };
}

/** Prepares the saving of checkpoints, inside the caller's transaction. */
export function checkpointWriter(db: Database, schema: string): (checkpoint: Checkpoint) => void {
  const save = db.prepare<unknown[]>(
    'REPLACE INTO _checkpoint VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return ({ logId, position, seen, recordedAt, lastEvent }) => {
    save.run(
      schema,
      logId,
      position,
      seen,
      recordedAt,
      lastEvent?.position ?? null,
      lastEvent?.stream ?? null,
      lastEvent?.revision ?? null,
      lastEvent?.id ?? null,
    );
  };
}
