import type { Position } from '#eventstore/event-store.js';
import { createHash } from 'node:crypto';
import type { AnyProjection, Columns, Table } from './definition.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- existential over row and columns
type AnyTable = Table<any, any, any>;

const ownTables = [
  `CREATE TABLE _checkpoint (
     id INTEGER PRIMARY KEY CHECK (id = 1), schema TEXT NOT NULL, logId TEXT NOT NULL,
     position INTEGER NOT NULL, seen INTEGER NOT NULL, recordedAt TEXT,
     eventPosition INTEGER, eventStream TEXT, eventRevision INTEGER, eventId TEXT
   ) STRICT`,
  'CREATE TABLE _instants (position INTEGER PRIMARY KEY, recordedAt TEXT NOT NULL) STRICT',
  'CREATE INDEX _instants_recordedAt ON _instants (recordedAt)',
  'CREATE TABLE _environment (fromPosition INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT',
  'CREATE TABLE _counters (key TEXT PRIMARY KEY, counts TEXT NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE _sets (
     key TEXT PRIMARY KEY, members INTEGER NOT NULL, total INTEGER NOT NULL,
     counts TEXT NOT NULL, judged TEXT
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE _members (
     setKey TEXT NOT NULL, member TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (setKey, member)
   ) STRICT, WITHOUT ROWID`,
];

/** The statements that create a projection's file. Its own tables begin with an underscore. */
export const schemaOf = (projection: AnyProjection): readonly string[] => [
  ...ownTables,
  ...Object.entries(projection.tables as Record<string, AnyTable>).flatMap(([name, table]) =>
    tableSchema(name, table),
  ),
];

/** Names the shape of a file, so that a change without a new version is noticed. */
export const schemaHash = (projection: AnyProjection): string =>
  createHash('sha256').update(schemaOf(projection).join(';')).digest('hex').slice(0, 16);

/** An identifier in SQL. Names are checked by `defineProjection`. */
export const quoted = (name: string): string => `"${name}"`;

export const historyOf = (name: string): string => quoted(`${name}_history`);

function tableSchema(name: string, table: AnyTable): string[] {
  const columns = Object.entries(table.columns as Columns).map(
    ([column, { type, optional }]) => `${quoted(column)} ${type}${optional ? '' : ' NOT NULL'}`,
  );
  const shared = ['body TEXT NOT NULL', 'judged TEXT', 'fromPosition INTEGER NOT NULL', ...columns];
  const current = [
    `CREATE TABLE ${quoted(name)} (key TEXT PRIMARY KEY, ${shared.join(', ')}) STRICT`,
    ...indexSchema(name, quoted(name), table),
  ];
  if (!table.keepsHistory) return current;
  const history = historyOf(name);
  return [
    ...current,
    `CREATE TABLE ${history} (key TEXT NOT NULL, toPosition INTEGER NOT NULL, ${shared.join(', ')}) STRICT`,
    `CREATE INDEX "${name}_history_key" ON ${history} (key, fromPosition)`,
    `CREATE INDEX "${name}_history_until" ON ${history} (toPosition)`,
    ...indexSchema(`${name}_history`, history, table),
  ];
}

const indexSchema = (name: string, on: string, table: AnyTable): string[] =>
  (table.indexes ?? []).map(
    (columns) =>
      `CREATE INDEX "${name}_by_${columns.join('_')}" ON ${on} (${columns.map(quoted).join(', ')}, key)`,
  );

/** A table's rows as a source of SQL: now, or those that were current at a position. */
export function rowsAt(
  name: string,
  columns: readonly string[],
  asOf: Position | undefined,
): { readonly sql: string; readonly params: readonly Position[] } {
  if (asOf === undefined) return { sql: quoted(name), params: [] };
  const list = ['key', 'body', ...columns.map(quoted)].join(', ');
  const sql = `(SELECT ${list} FROM ${quoted(name)} WHERE fromPosition <= ?
      UNION ALL
      SELECT ${list} FROM ${historyOf(name)} WHERE fromPosition <= ? AND toPosition > ?)`;
  return { sql, params: [asOf, asOf, asOf] };
}
