import { messageOf } from '#kernel/message-of.js';
import { parse } from 'csv-parse/sync';
import { plainName } from '../provider/provider.rules.js';
import { comparedColumn, namesOf, rejectionColumn, type Columns } from './csv-import.columns.js';
import { ensure } from './csv-import.rules.js';

/** A row that says something. Cells are without blanks around; an empty cell is `''`. */
export interface TableRow<Name extends string> {
  /** As the spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly cells: Readonly<Record<Name, string>>;
}

/** More rows than a council's whole book of visits. */
export const maxRows = 50_000;

const help = 'See docs/formats.md for the columns.';

/**
 * The rows of a CSV file by column. A byte order mark, CRLF, quoted line breaks, non-breaking spaces,
 * empty rows and empty last columns do no harm; comma, semicolon and tab separate. Refuses with one
 * sentence a file that is no CSV or has another header.
 */
export function readTable<Name extends string>(
  csv: string,
  columns: Columns<Name>,
): readonly TableRow<Name>[] {
  const [header = [], ...records] = recordsOf(csv);
  const titles = header.map((title) => comparedColumn(plainName(title)));
  ensureHeader(titles, columns);
  const rows = records
    .map((cells, index) => ({ row: index + 2, cells: byColumn(titles, cells, columns) }))
    .filter(({ cells }) => Object.values(cells).some((cell) => cell !== ''));
  ensure(rows.length > 0, 'ImportFileEmpty');
  ensure(rows.length <= maxRows, 'ImportFileTooLong', {
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
    const why = messageOf(error);
    const message = `The file is no CSV (${why}). Save it as "CSV UTF-8" and send it again.`;
    ensure(false, 'ImportFileUnreadable', { message });
  }
}

function ensureHeader<Name extends string>(
  titles: readonly string[],
  columns: Columns<Name>,
): void {
  const names = namesOf(columns);
  const known = new Set<string>([...names, rejectionColumn]);
  const named = titles.filter((title) => title !== '');
  const missing = names.filter((name) => columns[name].needed && !named.includes(name));
  const unknown = named.filter((title) => !known.has(title));
  const repeated = named.filter((title, index) => named.indexOf(title) < index);
  const wrong = [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`has the unknown ${unknown.join(', ')}`] : []),
    ...(repeated.length > 0 ? [`repeats ${repeated.join(', ')}`] : []),
  ];
  const message = `The header ${wrong.join(' and ')}. ${help}`;
  ensure(wrong.length === 0, 'ImportHeaderWrong', { message });
}

function byColumn<Name extends string>(
  titles: readonly string[],
  cells: readonly string[],
  columns: Columns<Name>,
) {
  const named: Record<string, string> = Object.fromEntries(
    namesOf(columns).map((name) => [name, '']),
  );
  for (const [index, title] of titles.entries()) {
    if (Object.hasOwn(named, title)) named[title] = unescaped(plainName(cells[index] ?? ''));
  }
  return named as Record<Name, string>;
}

/** A file of rejections has an apostrophe before what a spreadsheet would take for a formula. */
const unescaped = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, '');
