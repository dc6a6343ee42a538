import { stringify } from 'csv-stringify/sync';
import { namesOf, rejectionColumn, type Columns } from '../csv-import/csv-import.columns.js';
import type { ImportProblem } from '../csv-import/csv-import.rules.js';
import type { TableRow } from '../csv-import/csv-import.table.js';

/**
 * The rejected rows as a file of the same columns with the reasons at their end, to be mended and sent
 * again. A cell that a spreadsheet would take for a formula has an apostrophe before it.
 */
export function rejectionsCsv<Name extends string>(
  columns: Columns<Name>,
  rows: readonly TableRow<Name>[],
  {
    rejectedRows,
    problems,
  }: {
    readonly rejectedRows: ReadonlySet<number>;
    readonly problems: readonly ImportProblem[];
  },
): string {
  const names = namesOf(columns);
  const reasons = Map.groupBy(problems, ({ row }) => row);
  const lines = rows
    .filter(({ row }) => rejectedRows.has(row))
    .map(({ row, cells }) => [
      ...names.map((name) => cells[name]),
      (reasons.get(row) ?? []).map(({ column, reason }) => `${column}: ${reason}`).join(' '),
    ]);
  return stringify([[...names, rejectionColumn], ...lines], {
    ...{ bom: true, escape_formulas: true, record_delimiter: 'windows' },
  });
}
