import type { Position } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import type { Instant } from '#kernel/time.js';
import { asOfAt, type AsOf } from './as-of.js';
import type { ColumnValue, Filter } from './columns.js';
import type { ColumnName, ColumnsOf, ProjectionOf, RowOf, Tables } from './definition.js';
import { FiguresReader } from './figures-reader.js';
import { pageOf, type Page } from './paging.js';
import { positionAt, type ReadSource } from './read-source.js';
import type { ErasedTable } from './row-store.js';
import { TableReader, type RowQuery } from './table-reader.js';

/** Which rows, in which order. */
export interface Selection<Name extends string> {
  /** What columns must be; `undefined` asks nothing. */
  readonly filter?: Filter<Name> | undefined;
  /** A fixed SQL condition over columns, for what a filter cannot say; values go into `params`. */
  readonly where?: string | undefined;
  readonly params?: readonly ColumnValue[] | undefined;
  /** Default: by key. */
  readonly orderBy?: { readonly column: Name; readonly direction: 'asc' | 'desc' } | undefined;
  /** Rows that were current at this position; only of tables that keep history. */
  readonly asOf?: Position | undefined;
}

type NamesOf<T> = ColumnName<ColumnsOf<T>>;

/** Typed reads of one projection. Every read takes the viewer first and shows only visible rows. */
export class ProjectionReader<T extends Tables> {
  readonly figures: FiguresReader<T>;

  constructor(
    private readonly source: ReadSource,
    private readonly projection: Pick<ProjectionOf<T>, 'name' | 'version'>,
  ) {
    this.figures = new FiguresReader(source);
  }

  asOf(): AsOf {
    return asOfAt(this.source.checkpoint);
  }

  /** Throws `ReadModelBehind` after `timeoutMs`, or at once when the projection is stopped. */
  waitFor(position: Position, timeoutMs = 2_000): Promise<void> {
    return this.source.waitFor(position, timeoutMs);
  }

  /** The position of the last event recorded up to an instant, as far as this projection read. */
  positionAt(instant: Instant): Promise<Position> {
    return positionAt(this.source, instant);
  }

  get<Name extends keyof T & string>(
    viewer: Viewer,
    table: Name,
    key: string,
    options: { readonly asOf?: Position | undefined } = {},
  ): RowOf<T[Name]> | undefined {
    const conditions = [{ sql: 'key = ?', params: [key] }];
    for (const { row } of this.table(viewer, table).rows({ conditions, asOf: options.asOf })) {
      return row as RowOf<T[Name]>;
    }
    return undefined;
  }

  /** Many rows by key, for a data loader: in the order of the keys, `undefined` where none is. */
  getMany<Name extends keyof T & string>(
    viewer: Viewer,
    table: Name,
    keys: readonly string[],
  ): readonly (RowOf<T[Name]> | undefined)[] {
    const conditions = [
      { sql: 'key IN (SELECT value FROM json_each(?))', params: [JSON.stringify(keys)] },
    ];
    const rows = new Map<string, object>();
    for (const { key, row } of this.table(viewer, table).rows({ conditions })) rows.set(key, row);
    return keys.map((key) => rows.get(key) as RowOf<T[Name]> | undefined);
  }

  /** Visible rows in order, at most `limit`. */
  select<Name extends keyof T & string>(
    viewer: Viewer,
    table: Name,
    selection: Selection<NamesOf<T[Name]>> & { readonly limit?: number } = {},
  ): readonly RowOf<T[Name]>[] {
    const { limit = Infinity, ...wanted } = selection;
    const rows: object[] = [];
    if (limit <= 0) return [];
    for (const { row } of this.table(viewer, table).rows(queryOf(wanted))) {
      if (rows.push(row) >= limit) break;
    }
    return rows as RowOf<T[Name]>[];
  }

  /** How many rows are visible. Reads them all unless the table has `visibleWhere`. */
  count<Name extends keyof T & string>(
    viewer: Viewer,
    table: Name,
    selection: Selection<NamesOf<T[Name]>> = {},
  ): number {
    return this.table(viewer, table).count(queryOf(selection));
  }

  /**
   * A page for a Relay connection: `first` rows (1 to 100, default 50) after the cursor `after`.
   * Throws `BadCursor` on a damaged cursor and on one of another order or version.
   */
  page<Name extends keyof T & string>(
    viewer: Viewer,
    table: Name,
    selection: Selection<NamesOf<T[Name]>> & {
      readonly first?: number | null | undefined;
      readonly after?: string | null | undefined;
    } = {},
  ): Page<RowOf<T[Name]>> {
    const { first, after, ...wanted } = selection;
    const view = `${this.projection.name}@${this.projection.version} ${table}`;
    const request = { ...queryOf(wanted), first: first ?? undefined, after };
    const asOf = wanted.asOf === undefined ? this.asOf() : { position: wanted.asOf };
    return pageOf(this.table(viewer, table), view, asOf, request) as Page<RowOf<T[Name]>>;
  }

  /** Any SQL over the projection's tables. `visibleTo` is asked for every resulting row. */
  query<Row extends object>(
    viewer: Viewer,
    statement: {
      readonly sql: string;
      readonly params?: readonly ColumnValue[];
      readonly visibleTo: (row: Row, viewer: Viewer) => boolean;
    },
  ): readonly Row[] {
    const rows = this.source.file.prepared(statement.sql).all(...(statement.params ?? []));
    return (rows as Row[]).filter((row) => statement.visibleTo(row, viewer));
  }

  private table(viewer: Viewer, name: string): TableReader {
    const { file } = this.source;
    const table = (file.projection.tables as Record<string, ErasedTable>)[name];
    if (!table) throw new Error(`${this.projection.name} has no table ${name}`);
    return new TableReader(file, name, table, viewer);
  }
}

const queryOf = ({ filter, where, params, orderBy, asOf }: Selection<string>): RowQuery => ({
  filter,
  conditions: where === undefined ? [] : [{ sql: where, params: params ?? [] }],
  order: orderBy,
  asOf,
});
