import type { Database } from 'better-sqlite3';
import type { Position } from '#eventstore/event-store.js';
import type { ColumnValue } from './columns.js';
import type { Columns, TableFold } from './definition.js';
import { GenerationCache } from '#platform/memory/generation-cache.js';
import { judgedOf, type Judged } from './judged.js';
import type { RowChange } from './live-changes.js';
import {
  RowStore,
  type ErasedTable,
  type StoredRow,
  type SupersededRow,
  type ValueRange,
} from './row-store.js';
import type { Tally } from './tally.js';

interface Entry extends StoredRow {
  /** The row before the event at hand, while that event is handled. */
  before?: { readonly row: object | undefined } | undefined;
}

/** Stored characters of the rows kept in memory, per generation; an object takes some five times as many bytes. */
const cachedCharacters = 2_000_000;
/** What a row takes beside its content. */
const charactersBeside = 200;

/** One table of a projection during the fold: rows are cached, and saved together by `flush`. */
export class RowTable implements TableFold<object, Columns> {
  private readonly store: RowStore;
  private readonly cache = new GenerationCache<Entry>(
    cachedCharacters,
    ({ size }) => size + charactersBeside,
  );
  private readonly dirty = new Set<Entry>();
  private touched: Entry[] = [];
  private superseded: SupersededRow[] = [];
  private requests: ValueRange[] = [];
  private told: RowChange[] = [];

  constructor(
    db: Database,
    private readonly name: string,
    private readonly table: ErasedTable,
    private readonly tally: Tally,
    private readonly projection: string,
  ) {
    this.store = new RowStore(db, name, table);
  }

  get unsaved(): number {
    return this.dirty.size + this.superseded.length;
  }

  get(key: string): object | undefined {
    return this.entry(key).row;
  }

  change(key: string, next: (row: object | undefined) => object | undefined): void {
    const entry = this.entry(key);
    const row = next(entry.row);
    if (row === entry.row) return;
    if (!entry.before) {
      entry.before = { row: entry.row };
      this.touched.push(entry);
    }
    entry.row = row;
  }

  find(column: string, value: ColumnValue): readonly { key: string; row: object }[] {
    const pick = this.store.columns[column]?.pick;
    const keys = new Set(this.store.keysWith(column, value));
    for (const { key } of this.dirty) keys.add(key);
    for (const { key } of this.touched) keys.add(key);
    return [...keys].sort().flatMap((key) => {
      const row = this.get(key);
      return row && pick?.(row, key) === value ? [{ key, row }] : [];
    });
  }

  recontribute(range: ValueRange): void {
    this.requests.push(range);
  }

  takeRequests(): readonly ValueRange[] {
    if (this.requests.length === 0) return this.requests;
    const taken = this.requests;
    this.requests = [];
    return taken;
  }

  /** Ends the event at `position`: what its rows add to figures replaces what they added before. */
  settle(position: Position, environment: unknown): void {
    if (this.touched.length === 0) return;
    for (const entry of this.touched) {
      const before = entry.before?.row;
      entry.before = undefined;
      if (entry.row !== before) {
        this.tell(entry, before, position);
        this.replace(entry, before, this.judge(entry, environment), position);
      }
    }
    this.touched = [];
  }

  /** Judges the rows of a range again as of the event at `position`; yields now and then. */
  *rejudge(range: ValueRange, position: Position, environment: unknown): Generator<void> {
    const pageSize = 500;
    for (let after = ''; ;) {
      yield* this.flush();
      const keys = this.store.keysIn(range, after, pageSize);
      for (const key of keys) this.rejudgeEntry(this.entry(key), position, environment);
      after = keys.at(-1) ?? '';
      if (keys.length < pageSize) return;
    }
  }

  /** Saves changed rows and superseded ones; yields now and then. */
  *flush(): Generator<void> {
    let saved = 0;
    for (const row of this.superseded) {
      this.store.supersede(row);
      if (++saved % 64 === 0) yield;
    }
    this.superseded = [];
    for (const entry of this.dirty) {
      this.store.save(entry);
      if (++saved % 64 === 0) yield;
    }
    this.dirty.clear();
    this.cache.trim();
  }

  /** Changes since this was asked last, of a table that is shown live. */
  takeChanges(): readonly RowChange[] {
    if (this.told.length === 0) return this.told;
    const taken = this.told;
    this.told = [];
    return taken;
  }

  /** Forgets all that is not stored. */
  reset(): void {
    this.told = [];
    this.cache.clear();
    this.dirty.clear();
    this.touched = [];
    this.superseded = [];
    this.requests = [];
  }

  private tell({ key, row }: Entry, before: object | undefined, position: Position): void {
    const { live, visibleTo } = this.table;
    const last = row ?? before;
    if (!live || !last) return;
    const { name: table, projection } = this;
    const removed = row === undefined;
    this.told.push({ live, projection, table, key, position, row: last, removed, visibleTo });
  }

  private rejudgeEntry(entry: Entry, position: Position, environment: unknown): void {
    if (!entry.row) return;
    const judged = this.judge(entry, environment);
    if (judged?.json === entry.judged?.json) this.tally.touch(judged);
    else this.replace(entry, entry.row, judged, position);
  }

  private judge(entry: Entry, environment: unknown): Judged | undefined {
    const { contributions, memberships } = this.table;
    if (!entry.row || !(contributions ?? memberships)) return undefined;
    return judgedOf(
      contributions?.(entry.row, entry.key, environment) ?? [],
      memberships?.(entry.row, entry.key, environment) ?? [],
    );
  }

  private replace(
    entry: Entry,
    before: object | undefined,
    judged: Judged | undefined,
    position: Position,
  ): void {
    const { key, fromPosition } = entry;
    if (this.table.keepsHistory && before && fromPosition < position) {
      const old = { key, row: before, judged: entry.judged, fromPosition, toPosition: position };
      this.superseded.push(old);
    }
    this.tally.replace(entry.judged, judged);
    entry.judged = judged;
    entry.fromPosition = position;
    this.dirty.add(entry);
  }

  private entry(key: string): Entry {
    let entry = this.cache.get(key);
    if (!entry) this.cache.set(key, (entry = this.store.load(key)));
    return entry;
  }
}
