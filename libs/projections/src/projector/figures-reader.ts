import SqliteDatabase, { type Database } from 'better-sqlite3';
import type { Position } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import type { Columns, ColumnName, Counts, SetFigures, Tables, ColumnsOf } from './definition.js';
import type { Filter } from './columns.js';
import { allOf, conditionsOf } from './filter-sql.js';
import { environmentAt } from './environment.js';
import { judgedFrom, type Judged } from './judged.js';
import { inMemory } from './projection-file.js';
import type { ReadSource } from './read-source.js';
import { figuresAt, recomputed, storedFigures, type Figures } from './recount.js';
import { quoted } from './schema.js';
import { runThrough } from './slices.js';

/** Counter or set keys: those that begin with a text, or from one (inclusive) before another. */
export type KeyRange =
  { readonly prefix: string } | { readonly from: string; readonly before: string };

export interface KeyedCounts {
  readonly key: string;
  readonly counts: Counts;
}

export interface KeyedSet extends SetFigures {
  readonly key: string;
}

/** What a row adds to counters and sets. */
export interface RowAdds extends Pick<Judged, 'contributions' | 'memberships'> {
  readonly key: string;
}

type CounterRow = { key: string; counts: string };
type SetRow = { key: string; distinct: number; total: number; counts: string };

const counterSql = 'SELECT key, counts FROM _counters';
const setSql = 'SELECT key, members AS "distinct", total, counts FROM _sets';
const inRange = 'WHERE key >= ? AND key < ? ORDER BY key';

/** Reads counters and counted multisets, each only when `figuresVisibleTo` allows the viewer. */
export class FiguresReader<T extends Tables> {
  constructor(private readonly source: ReadSource) {}

  /** The counter's counts; a name that is missing counts 0. `{}` when the viewer may not see it. */
  counter(viewer: Viewer, key: string): Counts {
    const row = this.source.file.prepared(`${counterSql} WHERE key = ?`).get(key);
    return row && this.allowed(viewer, key) ? countsOf(row as CounterRow).counts : {};
  }

  counters(viewer: Viewer, range: KeyRange): readonly KeyedCounts[] {
    const rows = this.source.file.prepared(`${counterSql} ${inRange}`).all(...bounds(range));
    return (rows as CounterRow[]).filter(({ key }) => this.allowed(viewer, key)).map(countsOf);
  }

  set(viewer: Viewer, key: string): KeyedSet | undefined {
    const row = this.source.file.prepared(`${setSql} WHERE key = ?`).get(key);
    return row && this.allowed(viewer, key) ? countsOf(row as SetRow) : undefined;
  }

  sets(viewer: Viewer, range: KeyRange): readonly KeyedSet[] {
    const rows = this.source.file.prepared(`${setSql} ${inRange}`).all(...bounds(range));
    return (rows as SetRow[]).filter(({ key }) => this.allowed(viewer, key)).map(countsOf);
  }

  /** The members of a set with their number of mentions. */
  members(viewer: Viewer, key: string): ReadonlyMap<string, number> {
    if (!this.allowed(viewer, key)) return new Map();
    const rows = this.source.file
      .prepared('SELECT member, n FROM _members WHERE setKey = ? ORDER BY member')
      .all(key) as { member: string; n: number }[];
    return new Map(rows.map(({ member, n }) => [member, n]));
  }

  /** What rows add to figures, as it is stored with them; of each key that has a row. For checks. */
  added(table: Extract<keyof T, string>, keys: readonly string[]): readonly RowAdds[] {
    const rows = this.source.file
      .prepared(
        `SELECT key, judged FROM ${quoted(table)} WHERE key IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify(keys)) as { key: string; judged: string | null }[];
    const none = { contributions: [], memberships: [] };
    return rows.map(({ key, judged }) => ({ key, ...(judgedFrom(judged) ?? none) }));
  }

  /** The document that rows are judged by, as it was at a position. */
  environmentAt<Environment>(position: Position): Environment {
    const { file } = this.source;
    return environmentAt(file.reader, file.projection.environment, position) as Environment;
  }

  /**
   * Figures as they were known at a past position, summed from the rows of that time. The filters
   * choose the rows that take part: a figure is whole when all its rows do.
   */
  async knownAt(
    viewer: Viewer,
    position: Position,
    rows: { readonly [Name in keyof T]?: Filter<ColumnName<ColumnsOf<T[Name]>>> } = {},
  ): Promise<Figures> {
    const tables = this.source.file.projection.tables as Tables;
    const { projection } = this.source.file;
    const filters = rows as Record<string, Filter | undefined>;
    const rowsOf = (table: string) => {
      const columns = (tables[table]?.columns ?? {}) as Columns;
      return allOf(conditionsOf(filters[table] ?? {}, new Set(Object.keys(columns))));
    };
    const { counters, sets } = await this.onSnapshot((db) =>
      figuresAt(db, projection, position, rowsOf),
    );
    const visible = ([key]: readonly [string, unknown]) => this.allowed(viewer, key);
    return {
      counters: new Map([...counters].filter(visible)),
      sets: new Map([...sets].filter(visible)),
    };
  }

  /** All figures as stored and as recomputed from the rows; for checks, not for viewers. */
  async recount(): Promise<{ readonly stored: Figures; readonly recomputed: Figures }> {
    return this.onSnapshot(
      function* (this: FiguresReader<T>, db: Database) {
        const stored = storedFigures(db);
        return { stored, recomputed: yield* recomputed(db, this.source.file.projection) };
      }.bind(this),
    );
  }

  private allowed(viewer: Viewer, key: string): boolean {
    return this.source.file.projection.figuresVisibleTo?.(key, viewer) ?? false;
  }

  /** Long reads have a connection and a transaction of their own, and yield to the event loop. */
  private async onSnapshot<R>(read: (db: Database) => Generator<void, R>): Promise<R> {
    const { file, slices } = this.source;
    if (file.path === inMemory) return runThrough(read(file.reader));
    const db = new SqliteDatabase(file.path, { readonly: true });
    try {
      db.exec('BEGIN');
      return await slices.drive(read(db));
    } finally {
      db.close();
    }
  }
}

const countsOf = <Row extends { counts: string }>(
  row: Row,
): Omit<Row, 'counts'> & { counts: Counts } => ({
  ...row,
  counts: JSON.parse(row.counts) as Counts,
});

const bounds = (range: KeyRange): [string, string] =>
  'prefix' in range ? [range.prefix, `${range.prefix}\u{10ffff}`] : [range.from, range.before];
