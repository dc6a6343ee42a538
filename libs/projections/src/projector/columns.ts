/** What SQLite keeps in a column. */
export type ColumnValue = string | number | null;

/** A column generated from a row, for filters and sorting. */
export interface Column<Row> {
  readonly type: 'TEXT' | 'INTEGER';
  readonly optional: boolean;
  readonly pick: (row: Row, key: string) => ColumnValue;
}

/** A text column that every row fills. Instants, dates and weeks are ordered as text. */
export const text = <Row>(pick: (row: Row, key: string) => string): Column<Row> => ({
  type: 'TEXT',
  optional: false,
  pick,
});

/** A whole-number column that every row fills; a boolean is kept as 0 or 1. */
export const integer = <Row>(pick: (row: Row, key: string) => number | boolean): Column<Row> => ({
  type: 'INTEGER',
  optional: false,
  pick: (row, key) => Number(pick(row, key)),
});

/** A text column that may be empty. Empty sorts before every text. */
export const optionalText = <Row>(
  pick: (row: Row, key: string) => string | null | undefined,
): Column<Row> => ({ type: 'TEXT', optional: true, pick: (row, key) => pick(row, key) ?? null });

/** A whole-number column that may be empty. Empty sorts before every number. */
export const optionalInteger = <Row>(
  pick: (row: Row, key: string) => number | boolean | null | undefined,
): Column<Row> => ({
  type: 'INTEGER',
  optional: true,
  pick: (row, key) => {
    const value = pick(row, key);
    return value === null || value === undefined ? null : Number(value);
  },
});

/** Values from `from` (inclusive) and before `before` (exclusive), or all but `not`. */
export interface ColumnRange {
  readonly from?: string | number | undefined;
  readonly before?: string | number | undefined;
  readonly not?: ColumnValue | undefined;
}

/** A text column that holds a JSON list must have this value among its own. */
export interface ColumnMember {
  readonly has: string | number;
}

/** What a column must be: a value, one of a list, in a range, or a list with a value. `undefined` asks nothing. */
export type ColumnCondition =
  ColumnValue | boolean | readonly (string | number)[] | ColumnRange | ColumnMember | undefined;

/** Conditions by column; all must hold. */
export type Filter<Name extends string = string> = {
  readonly [Column in Name]?: ColumnCondition;
};
