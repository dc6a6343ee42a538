import { Readable } from 'node:stream';
import { messageOf } from '#kernel/message-of.js';
import { foreground } from '#platform/courtesy/foreground.js';
import { parse } from 'csv-parse';
import { plainName } from '../provider/provider.rules.js';
import { rejectionColumn } from '../csv-import/csv-import.columns.js';
import type { EcmField, EcmFormat } from './ecm.format.js';
import { ensure } from './ecm.rules.js';

/** A line that says something, its cells by canonical field. */
export interface EcmLine {
  /** As the spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly cells: Readonly<Partial<Record<EcmField, string>>>;
}

export interface EcmTable {
  readonly lines: readonly EcmLine[];
  /** The file is what was rejected of another one, mended. */
  readonly isOfRejections: boolean;
}

export const maxEcmRows = 200_000;
const pieceBytes = 32_000;

const compared = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * The lines of a vendor's file. Unknown columns are ignored, their cells never read. A byte order
 * mark, CRLF, quoted line breaks and non-breaking spaces do no harm. Refuses with one sentence what is
 * no file of the format.
 */
export async function readEcmTable(csv: string, format: EcmFormat): Promise<EcmTable> {
  const [header = [], ...records] = await recordsOf(csv);
  const titles = header.map((title) => compared(plainName(title)));
  const columns = Object.entries(format.columns).map(([field, { title, needed }]) => ({
    ...{ field: field as EcmField, title, needed, at: titles.indexOf(compared(title)) },
  }));
  const missing = columns.filter(({ needed, at }) => needed && at < 0).map(({ title }) => title);
  ensure(missing.length === 0, 'EcmHeaderWrong', {
    message: `The header lacks ${missing.join(', ')}. See docs/formats.md for the columns of ${format.name}.`,
  });
  const present = columns.filter(({ at }) => at >= 0);
  const lines = records
    .map((cells, index) => ({
      row: index + 2,
      cells: Object.fromEntries(present.map(({ field, at }) => [field, cellAt(cells, at)])),
    }))
    .filter(({ cells }) => Object.values(cells).some((cell) => cell !== ''));
  ensure(lines.length > 0, 'EcmFileEmpty');
  ensure(lines.length <= maxEcmRows, 'EcmFileTooLong', {
    message: `The file has ${lines.length} rows; split it into files of at most ${maxEcmRows}.`,
  });
  return { lines, isOfRejections: titles.includes(compared(rejectionColumn)) };
}

/** A file of rejections has an apostrophe before what a spreadsheet would take for a formula. */
const cellAt = (cells: readonly string[], at: number): string =>
  plainName(cells[at] ?? '').replace(/^'(?=[=+\-@])/, '');

async function recordsOf(csv: string): Promise<string[][]> {
  const [firstLine = ''] = csv.split(/\r?\n/, 1);
  const delimiter = [',', ';', '\t'].find((each) => firstLine.includes(each)) ?? ',';
  try {
    const records: string[][] = [];
    const parser = Readable.from(piecesOf(csv)).pipe(
      parse({ bom: true, relax_column_count: true, delimiter }),
    );
    for await (const record of parser as AsyncIterable<string[]>) records.push(record);
    return records;
  } catch (error) {
    const why = messageOf(error);
    const message = `The file is no CSV (${why}). Save it as "CSV UTF-8" and send it again.`;
    ensure(false, 'EcmFileUnreadable', { message });
  }
}

/** Others have their turn between two pieces of a long file. */
async function* piecesOf(csv: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(csv);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    await foreground.giveWay();
    yield bytes.subarray(at, at + pieceBytes);
  }
}
