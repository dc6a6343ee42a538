import type { ColumnCondition, ColumnMember, ColumnRange, ColumnValue, Filter } from './columns.js';
import { quoted } from './schema.js';

/** A condition in SQL with its values, in order of its question marks. */
export interface SqlCondition {
  readonly sql: string;
  readonly params: readonly ColumnValue[];
}

/** All conditions together; none is always true. */
export function allOf(conditions: readonly SqlCondition[]): SqlCondition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND ') || '1',
    params: conditions.flatMap(({ params }) => params),
  };
}

/** A filter as conditions. Throws `Error` on a column that is not in `columns`. */
export function conditionsOf(
  filter: Filter,
  columns: Pick<ReadonlySet<string>, 'has'>,
): SqlCondition[] {
  return Object.entries(filter).flatMap(([column, condition]) => {
    if (condition === undefined) return [];
    if (!columns.has(column)) throw new Error(`there is no column ${column} to filter by`);
    return conditionOn(quoted(column), condition);
  });
}

function conditionOn(
  column: string,
  condition: Exclude<ColumnCondition, undefined>,
): SqlCondition[] {
  if (isList(condition)) {
    // One parameter for any length of list, so that the statement is prepared once.
    return [
      { sql: `${column} IN (SELECT value FROM json_each(?))`, params: [JSON.stringify(condition)] },
    ];
  }
  if (typeof condition === 'object' && condition !== null) {
    return 'has' in condition ? hasIn(column, condition) : rangeOn(column, condition);
  }
  const value = typeof condition === 'boolean' ? Number(condition) : condition;
  return [{ sql: `${column} IS ?`, params: [value] }];
}

const hasIn = (column: string, { has }: ColumnMember): SqlCondition[] => [
  { sql: `EXISTS (SELECT 1 FROM json_each(${column}) WHERE value = ?)`, params: [has] },
];

function rangeOn(column: string, { from, before, not }: ColumnRange): SqlCondition[] {
  const conditions: SqlCondition[] = [];
  if (from !== undefined) conditions.push({ sql: `${column} >= ?`, params: [from] });
  if (before !== undefined) conditions.push({ sql: `${column} < ?`, params: [before] });
  if (not !== undefined) conditions.push({ sql: `${column} IS NOT ?`, params: [not] });
  return conditions;
}

const isList = (condition: ColumnCondition): condition is readonly (string | number)[] =>
  Array.isArray(condition);
