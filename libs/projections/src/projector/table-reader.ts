import type { Position } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import type { Column, ColumnValue, Filter } from './columns.js';
import type { Place } from './cursor.js';
import { allOf, conditionsOf, type SqlCondition } from './filter-sql.js';
import { isAfter, orderSql, type Order } from './keyset.js';
import type { ProjectionFile } from './projection-file.js';
import type { ErasedTable } from './row-store.js';
import { quoted, rowsAt } from './schema.js';

export interface RowQuery {
  readonly filter?: Filter | undefined;
  readonly conditions?: readonly SqlCondition[] | undefined;
  readonly order?: Order | undefined;
  /** Rows that were current at this position; only of tables that keep history. */
  readonly asOf?: Position | undefined;
  /** Only rows after this place. */
  readonly after?: Place | undefined;
}

export interface FoundRow {
  readonly key: string;
  readonly row: object;
  /** The value of the column that orders the rows. */
  readonly value: ColumnValue;
}

interface Read {
  readonly key: string;
  readonly body: string;
  readonly value: ColumnValue;
}

interface Matching {
  readonly from: string;
  readonly values: readonly ColumnValue[];
}

/** Reads one table for one viewer: rows that the viewer may not see are passed over. */
export class TableReader {
  private readonly columns: ReadonlyMap<string, Column<object>>;

  constructor(
    private readonly file: ProjectionFile,
    private readonly name: string,
    private readonly table: ErasedTable,
    private readonly viewer: Viewer,
  ) {
    this.columns = new Map(Object.entries(table.columns as Record<string, Column<object>>));
  }

  /**
   * Visible rows in order. They are fetched in chunks by keyset, the first one small, because most
   * readers want a screenful and SQLite plans for the limit that it sees.
   */
  *rows(query: RowQuery): Generator<FoundRow> {
    let after = query.after;
    for (let chunk = 128; ; chunk = 8_192) {
      let fetched = 0;
      for (const { key, body, value } of this.chunk({ ...query, after }, chunk)) {
        fetched += 1;
        after = { key, value };
        const row = JSON.parse(body) as object;
        if (this.table.visibleTo(row, this.viewer)) yield { key, row, value };
      }
      if (fetched < chunk) return;
    }
  }

  /** How many rows are visible: by SQL where the table says which in SQL. */
  count(query: RowQuery): number {
    if (this.table.visibleWhere) {
      const { from, values } = this.matching(query);
      const counted = this.file.prepared(`SELECT count(*) AS n ${from}`).get(...values);
      return (counted as { n: number }).n;
    }
    let count = 0;
    for (const _ of this.rows(query)) count += 1;
    return count;
  }

  private chunk(query: RowQuery, limit: number): Iterable<Read> {
    const { order } = query;
    if (order && !this.columns.has(order.column)) {
      throw new Error(`there is no column ${order.column} to sort by`);
    }
    const { from, values } = this.matching(query);
    const statement = this.file.prepared(
      `SELECT key, body, ${order ? quoted(order.column) : 'key'} AS value
       ${from} ORDER BY ${orderSql(order)} LIMIT ${limit}`,
    );
    return statement.iterate(...values) as Iterable<Read>;
  }

  private matching({ filter, conditions = [], order, asOf, after }: RowQuery): Matching {
    const { sql, params } = allOf([
      ...conditionsOf(this.table.visibleWhere?.(this.viewer) ?? {}, this.columns),
      ...conditionsOf(filter ?? {}, this.columns),
      ...conditions,
      ...(after ? [isAfter(after, order, this.isOptional(order))] : []),
    ]);
    if (asOf !== undefined && !this.table.keepsHistory) {
      throw new Error(`${this.name} keeps no history`);
    }
    const source = rowsAt(this.name, [...this.columns.keys()], asOf);
    return {
      from: `FROM ${source.sql} WHERE ${sql}`,
      values: [...source.params, ...params],
    };
  }

  private isOptional(order: Order | undefined): boolean {
    return (order && this.columns.get(order.column)?.optional) ?? false;
  }
}
