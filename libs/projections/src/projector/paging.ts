import type { AsOf } from './as-of.js';
import { cursorOf, placeAt } from './cursor.js';
import type { Order } from './keyset.js';
import type { FoundRow, RowQuery, TableReader } from './table-reader.js';

/** At most this many rows on a page. */
export const maxPageSize = 100;

/** A Relay edge. */
export interface Edge<Row> {
  readonly cursor: string;
  readonly key: string;
  readonly node: Row;
}

/** A Relay connection. The total is counted when it is asked for. */
export interface Page<Row> {
  readonly edges: readonly Edge<Row>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount: number;
  readonly asOf: AsOf;
}

export interface PageRequest extends Omit<RowQuery, 'after'> {
  /** How many rows; 1 to 100, and numbers beyond are taken as the nearest of these. */
  readonly first?: number | undefined;
  readonly after?: string | null | undefined;
}

/** @param view names the table and its version, so that a cursor of another one is refused */
export function pageOf(
  reader: TableReader,
  view: string,
  asOf: AsOf,
  request: PageRequest,
): Page<object> {
  const { first = 50, after, ...query } = request;
  const list = `${view} ${nameOf(request.order)}`;
  const size = Math.min(Math.max(Math.trunc(first), 1), maxPageSize);
  const found: FoundRow[] = [];
  const place = after ? placeAt(list, after) : undefined;
  for (const row of reader.rows({ ...query, after: place })) {
    found.push(row);
    if (found.length > size) break;
  }
  return {
    edges: found
      .slice(0, size)
      .map((each) => ({ cursor: cursorOf(list, each), key: each.key, node: each.row })),
    hasNextPage: found.length > size,
    hasPreviousPage: place !== undefined,
    get totalCount() {
      return reader.count(query);
    },
    asOf,
  };
}

const nameOf = (order: Order | undefined): string =>
  order ? `${order.column} ${order.direction}` : 'key';
