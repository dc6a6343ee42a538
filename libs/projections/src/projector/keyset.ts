import type { ColumnValue } from './columns.js';
import type { Place } from './cursor.js';
import type { SqlCondition } from './filter-sql.js';
import { quoted } from './schema.js';

/** An order by a column, then by key in the same direction; empty values come before all others. */
export interface Order {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

/** `ORDER BY` of an order, or by key alone. */
export function orderSql(order: Order | undefined): string {
  if (!order) return 'key';
  const direction = order.direction === 'desc' ? 'DESC' : 'ASC';
  return `${quoted(order.column)} ${direction}, key ${direction}`;
}

/** What holds for the rows that come after a place in an order; `optional`: it may be empty. */
export function isAfter(
  { value, key }: Place,
  order: Order | undefined,
  optional: boolean,
): SqlCondition {
  if (!order) return { sql: 'key > ?', params: [key] };
  const column = quoted(order.column);
  return order.direction === 'asc'
    ? afterAscending(column, value, key)
    : afterDescending(column, value, key, optional);
}

const afterAscending = (column: string, value: ColumnValue, key: string): SqlCondition =>
  value === null
    ? { sql: `${column} IS NOT NULL OR key > ?`, params: [key] }
    : { sql: `(${column}, key) > (?, ?)`, params: [value, key] };

function afterDescending(
  column: string,
  value: ColumnValue,
  key: string,
  optional: boolean,
): SqlCondition {
  if (value === null) return { sql: `${column} IS NULL AND key < ?`, params: [key] };
  const sql = `(${column}, key) < (?, ?)`;
  // The alternative keeps SQLite from beginning at the place in the index, so it is the exception.
  return { sql: optional ? `${sql} OR ${column} IS NULL` : sql, params: [value, key] };
}
