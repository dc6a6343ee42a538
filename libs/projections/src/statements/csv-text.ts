import { stringify } from 'csv-stringify/sync';

export type Cell = string | number;

/** CSV with a header; a text that a spreadsheet would take for a formula is escaped. */
export const csvText = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  stringify([[...header], ...rows.map((row) => row.map(plain))], { record_delimiter: '\r\n' });

const plain = (cell: Cell): Cell =>
  typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
