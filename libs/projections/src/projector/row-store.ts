import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '#eventstore/event-store.js';
import type { Column, ColumnValue } from './columns.js';
import type { Table } from './definition.js';
import { judgedFrom, type Judged } from './judged.js';
import { historyOf, quoted } from './schema.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- existential over columns
export type ErasedTable = Table<object, any, unknown>;

/** A row as it is stored. `rowid` is undefined while it is not. */
export interface StoredRow {
  readonly key: string;
  row: object | undefined;
  judged: Judged | undefined;
  fromPosition: Position;
  rowid: number | bigint | undefined;
  /** Characters of what is stored; 0 while nothing is. */
  size: number;
}

/** A row that was current in `[fromPosition, toPosition)`. */
export interface SupersededRow {
  readonly key: string;
  readonly row: object;
  readonly judged: Judged | undefined;
  readonly fromPosition: Position;
  readonly toPosition: Position;
}

/** A range of a column's values; `from` is inclusive, `before` exclusive. */
export interface ValueRange {
  readonly column: string;
  readonly from: ColumnValue;
  readonly before?: ColumnValue | undefined;
}

const sizeOf = (body: string, judged: string | null): number => body.length + (judged?.length ?? 0);

/** The SQL of one table of a projection file. */
export class RowStore {
  readonly columns: Record<string, Column<object>>;
  private readonly picks: readonly Column<object>['pick'][];
  private readonly table: string;
  private readonly statements;
  private readonly bySql = new Map<string, Statement>();

  constructor(
    private readonly db: Database,
    name: string,
    { columns, keepsHistory }: ErasedTable,
  ) {
    this.columns = columns as Record<string, Column<object>>;
    this.picks = Object.values(this.columns).map(({ pick }) => pick);
    this.table = quoted(name);
    const names = ['body', 'judged', 'fromPosition', ...Object.keys(this.columns).map(quoted)];
    const marks = names.map(() => '?').join(', ');
    const assigned = names.map((column) => `${column} = ?`).join(', ');
    this.statements = {
      load: db.prepare<
        [string],
        { rowid: number; body: string; judged: string | null; fromPosition: number }
      >(`SELECT rowid, body, judged, fromPosition FROM ${this.table} WHERE key = ?`),
      insert: db.prepare<unknown[]>(
        `INSERT INTO ${this.table} (key, ${names.join(', ')}) VALUES (?, ${marks})`,
      ),
      update: db.prepare<unknown[]>(`UPDATE ${this.table} SET ${assigned} WHERE rowid = ?`),
      remove: db.prepare<unknown[]>(`DELETE FROM ${this.table} WHERE rowid = ?`),
      supersede: keepsHistory
        ? db.prepare<unknown[]>(
            `INSERT INTO ${historyOf(name)} (key, toPosition, ${names.join(', ')})
             VALUES (?, ?, ${marks})`,
          )
        : undefined,
    };
  }

  load(key: string): StoredRow {
    const stored = this.statements.load.get(key);
    return {
      key,
      row: stored && (JSON.parse(stored.body) as object),
      judged: judgedFrom(stored?.judged ?? null),
      fromPosition: stored?.fromPosition ?? 0,
      rowid: stored?.rowid,
      size: stored ? sizeOf(stored.body, stored.judged) : 0,
    };
  }

  save(entry: StoredRow): void {
    const { key, row, rowid } = entry;
    if (row) {
      const values = this.values(key, row, entry.judged, entry.fromPosition);
      entry.size = sizeOf(values[0] as string, entry.judged?.json ?? null);
      if (rowid !== undefined) this.statements.update.run(...values, rowid);
      else entry.rowid = this.statements.insert.run(key, ...values).lastInsertRowid;
    } else if (rowid !== undefined) {
      this.statements.remove.run(rowid);
      entry.rowid = undefined;
    }
  }

  supersede({ key, row, judged, fromPosition, toPosition }: SupersededRow): void {
    const values = this.values(key, row, judged, fromPosition);
    this.statements.supersede?.run(key, toPosition, ...values);
  }

  keysWith(column: string, value: ColumnValue): readonly string[] {
    return this.prepared(`SELECT key FROM ${this.table} WHERE ${quoted(column)} IS ?`).all(
      value,
    ) as string[];
  }

  /** The next keys of a range after `after`, ordered by key. */
  keysIn(range: ValueRange, after: string, limit: number): readonly string[] {
    const column = quoted(range.column);
    const below = range.before === undefined ? '' : `AND ${column} < @before`;
    return this.prepared(
      `SELECT key FROM ${this.table}
       WHERE ${column} >= @from ${below} AND key > @after ORDER BY key LIMIT @limit`,
    ).all({ before: null, ...range, after, limit }) as string[];
  }

  private values(
    key: string,
    row: object,
    judged: Judged | undefined,
    fromPosition: Position,
  ): ColumnValue[] {
    const values: ColumnValue[] = [JSON.stringify(row), judged?.json ?? null, fromPosition];
    for (const pick of this.picks) values.push(pick(row, key));
    return values;
  }

  private prepared(sql: string): Statement {
    let statement = this.bySql.get(sql);
    if (!statement) this.bySql.set(sql, (statement = this.db.prepare(sql).pluck()));
    return statement;
  }
}
