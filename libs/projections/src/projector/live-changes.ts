import type { Position } from '#eventstore/event-store.js';
import type { LiveTable } from './definition.js';

/** A row of a table that is shown live, changed by the event at `position`. */
export interface RowChange {
  readonly live: LiveTable;
  readonly projection: string;
  readonly table: string;
  readonly key: string;
  readonly position: Position;
  /** The row as it is now, or the last one that there was. */
  readonly row: object;
  readonly removed: boolean;
  readonly visibleTo: (row: object, viewer: never) => boolean;
}

/** Changes of a part of the log, in its order; every projection in step has read up to `upTo`. */
export interface ChangedRows {
  readonly upTo: Position;
  readonly changes: readonly RowChange[];
}

export interface LiveListener {
  readonly changed: (rows: ChangedRows) => void;
  /** Rows changed in another way than by the events that follow. */
  readonly reset: () => void;
}

/** More than that at once is told as a reset: asking again costs less than a hint for each. */
const keptLimit = 10_000;

/** Changed rows that wait until every projection in step has read the same page. */
export class PendingChanges {
  private waiting: RowChange[] = [];
  private overflown = false;

  add(changes: readonly RowChange[]): void {
    if (this.waiting.length + changes.length > keptLimit) this.overflown = true;
    else this.waiting.push(...changes);
  }

  /** What waits, or `undefined` when it was too much. */
  take(): readonly RowChange[] | undefined {
    const { waiting, overflown } = this;
    this.waiting = [];
    this.overflown = false;
    return overflown ? undefined : waiting;
  }
}

/** Tells listeners which rows changed, in the order of the log. */
export class LiveChanges {
  private readonly listeners = new Set<LiveListener>();
  private told: Position = 0;

  /** How far listeners know. */
  get position(): Position {
    return this.told;
  }

  listen(listener: LiveListener): void {
    this.listeners.add(listener);
  }

  /** A page was read. What comes late, from a projection that stood still, cannot be put in order. */
  tell(upTo: Position, pending: readonly PendingChanges[]): void {
    const changes: RowChange[] = [];
    let orderly = true;
    for (const each of pending) {
      const taken = each.take();
      orderly &&= taken?.every(({ position }) => position > this.told) ?? false;
      changes.push(...(taken ?? []));
    }
    this.told = Math.max(this.told, upTo);
    if (!orderly) {
      this.reset();
      return;
    }
    changes.sort((a, b) => a.position - b.position);
    for (const { changed } of this.listeners) changed({ upTo: this.told, changes });
  }

  /** Rows may have changed in any way up to `position`: a file was built, or took over. */
  reset(position: Position = this.told): void {
    this.told = Math.max(this.told, position);
    for (const { reset } of this.listeners) reset();
  }
}
