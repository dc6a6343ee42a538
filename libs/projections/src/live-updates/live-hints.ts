import type { Position } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import type { ChangedRows, LiveChanges, RowChange } from '../projector/live-changes.js';
import { lastOfEach, type Hint } from './hint.js';

/** Reads rows as they are now, those alone that the viewer may see. */
export type RowsNow = (
  viewer: Viewer,
  projection: string,
  table: string,
  keys: readonly string[],
) => readonly (object | undefined)[];

/** Hears of changes until it is taken off. */
export interface HintListener {
  readonly viewer: Viewer;
  /** Hints that this viewer may have, and how far all that it may have was told. */
  readonly hints: (hints: readonly Hint[], upTo: Position) => void;
  /** What it knows may be out of date in any place. */
  readonly reset: () => void;
}

/** A change that is remembered, without the row unless it is gone. */
type Remembered = Omit<RowChange, 'row'> & { readonly lastRow?: object };

/** How far back a client may have been away. */
const rememberedPositions = 10_000;

/** So that not every page makes room. */
const forgottenAtOnce = 1_000;

/** More than that is answered by a reset: the client asks for its lists anyway. */
const resumedHints = 500;

/** Tells each viewer which of the rows that it may see now have changed. */
export class LiveHints {
  private readonly listeners = new Set<HintListener>();
  private remembered: Remembered[] = [];
  private since: Position;

  constructor(
    private readonly changes: LiveChanges,
    private readonly rowsNow: RowsNow,
  ) {
    this.since = changes.position;
    changes.listen({
      changed: (rows) => this.changed(rows),
      reset: () => this.reset(),
    });
  }

  /** How far everything was told. */
  get position(): Position {
    return this.changes.position;
  }

  listen(listener: HintListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What a viewer missed after a position; `undefined` when it is not remembered. */
  missed(viewer: Viewer, after: Position): readonly Hint[] | undefined {
    if (after < this.since || after > this.position) return undefined;
    const changes = this.remembered.filter(({ position }) => position > after);
    const rows = new Map(changes.map((change) => [rowOf(change), change]));
    if (rows.size > resumedHints) return undefined;
    const visible = [...rows.values()].filter((change) => this.seesNow(viewer, change));
    return lastOfEach(visible.sort((a, b) => a.position - b.position).map(hintOf));
  }

  private changed({ upTo, changes }: ChangedRows): void {
    for (const { row, ...change } of changes) {
      this.remembered.push({ ...change, ...(change.removed && { lastRow: row }) });
    }
    this.forgetBefore(upTo - rememberedPositions);
    for (const { viewer, hints } of this.listeners) {
      const visible = changes.filter((change) => sees(viewer, change, change.row));
      hints(lastOfEach(visible.map(hintOf)), upTo);
    }
  }

  private reset(): void {
    this.remembered = [];
    this.since = this.changes.position;
    for (const { reset } of this.listeners) reset();
  }

  private forgetBefore(position: Position): void {
    if (position <= this.since) return;
    this.since = position;
    const [oldest] = this.remembered;
    if (oldest && oldest.position <= position - forgottenAtOnce) {
      this.remembered = this.remembered.filter((change) => change.position > position);
    }
  }

  private seesNow(viewer: Viewer, { projection, table, key, ...change }: Remembered): boolean {
    if (change.lastRow) return sees(viewer, change, change.lastRow);
    return this.rowsNow(viewer, projection, table, [key])[0] !== undefined;
  }
}

const sees = (viewer: Viewer, change: Pick<RowChange, 'visibleTo'>, row: object): boolean =>
  (change.visibleTo as (row: object, viewer: Viewer) => boolean)(row, viewer);

const hintOf = ({ live, key, position }: Pick<RowChange, 'live' | 'key' | 'position'>): Hint => ({
  ...{ list: live.list, key: live.keyOf?.(key) ?? key, position },
});

const rowOf = ({ projection, table, key }: Remembered) => `${projection} ${table} ${key}`;
