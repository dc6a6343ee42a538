import { parse } from 'csv-parse/sync';
import { plainName } from '../provider/provider.rules.js';
import { columnNames, columnOf, comparedColumn, type ColumnName } from './take-on.columns.js';
import { ensure } from './take-on.rules.js';

/** A row that says something. Cells are without blanks around; an empty cell is `''`. */
export interface TableRow {
  /** As the spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly cells: Readonly<Record<ColumnName, string>>;
}

/** More rows than a council's whole book of visits. */
export const maxRows = 50_000;

const help = 'See docs/formats.md for the columns.';

/**
 * The rows of a CSV file by column. A byte order mark, CRLF, quoted line breaks, non-breaking spaces,
 * empty rows and empty last columns do no harm; comma, semicolon and tab separate. Refuses with one
 * sentence a file that is no CSV or has another header.
 */
export function readTable(csv: string): readonly TableRow[] {
  const [header = [], ...records] = recordsOf(csv);
  const titles = header.map((title) => comparedColumn(plainName(title)));
  ensureHeader(titles);
  const rows = records
    .map((cells, index) => ({ row: index + 2, cells: byColumn(titles, cells) }))
    .filter(({ cells }) => Object.values(cells).some((cell) => cell !== ''));
  ensure(rows.length > 0, 'TakeOnFileEmpty');
  ensure(rows.length <= maxRows, 'TakeOnFileTooLong', {
    message: `The file has ${rows.length} rows; split it into files of at most ${maxRows}.`,
  });
  return rows;
}

function recordsOf(csv: string): string[][] {
  const [firstLine = ''] = csv.split(/\r?\n/, 1);
  const delimiter = [',', ';', '\t'].find((each) => firstLine.includes(each)) ?? ',';
  try {
    return parse(csv, { bom: true, relax_column_count: true, delimiter });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The file is no CSV (${why}). Save it as "CSV UTF-8" and send it again.`;
    ensure(false, 'TakeOnFileUnreadable', { message });
  }
}

function ensureHeader(titles: readonly string[]): void {
  const known = new Set<string>(columnNames);
  const named = titles.filter((title) => title !== '');
  const missing = columnNames.filter((name) => columnOf(name).needed && !named.includes(name));
  const unknown = named.filter((title) => !known.has(title));
  const repeated = named.filter((title, index) => named.indexOf(title) < index);
  const wrong = [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`has the unknown ${unknown.join(', ')}`] : []),
    ...(repeated.length > 0 ? [`repeats ${repeated.join(', ')}`] : []),
  ];
  const message = `The header ${wrong.join(' and ')}. ${help}`;
  ensure(wrong.length === 0, 'TakeOnHeaderWrong', { message });
}

function byColumn(titles: readonly string[], cells: readonly string[]) {
  const named: Record<string, string> = Object.fromEntries(columnNames.map((name) => [name, '']));
  for (const [index, title] of titles.entries()) {
    if (title !== '') named[title] = plainName(cells[index] ?? '');
  }
  return named as Record<ColumnName, string>;
}
