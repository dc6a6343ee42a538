import { readTable } from '../csv-import/csv-import.table.js';
import { providerColumns } from './register-import.columns.js';
import { linesOf, providersCsv } from './register-import.fixtures.js';
import { rejectionsCsv } from './register-import.rejections.js';

const header = 'legal_name,trading_names,aliases,cqc_provider_id,cqc_location_ids,rejection';
const problem = (row: number, column: string, reason: string) => ({
  ...{ row, column, reason, code: 'CellUnusable' },
});
const rowsOf = (csv: string) => readTable(csv, providerColumns);

describe('A file of rejections', () => {
  it('holds the rejected rows alone, each with all its reasons (S3-10)', () => {
    const rows = rowsOf(providersCsv({ legal_name: 'Moss' }, { legal_name: 'Fern, Ash' }));
    const problems = [
      problem(3, 'aliases', 'It takes names.'),
      problem(3, 'legal_name', 'It is known.'),
    ];
    const csv = rejectionsCsv(providerColumns, rows, { rejectedRows: new Set([3]), problems });
    expect(linesOf(csv)).toEqual([
      header,
      '"Fern, Ash",,,,,aliases: It takes names. legal_name: It is known.',
    ]);
  });

  it.each(['=HYPERLINK("http://x.example","y")', '+44', '-1', '@SUM(A1)'])(
    'keeps a spreadsheet from taking %j for a formula, and is read again as it was (S3-10)',
    (name) => {
      const rows = rowsOf(providersCsv({ legal_name: name }));
      const rejected = { rejectedRows: new Set([2]), problems: [] };
      const csv = rejectionsCsv(providerColumns, rows, rejected);
      expect(linesOf(csv)[1]).toMatch(/^"?'/);
      expect(rowsOf(csv)).toEqual(rows);
    },
  );

  it('leaves an apostrophe before anything else alone', () => {
    const rows = rowsOf(providersCsv({ legal_name: "'s Heerenberg Care" }));
    expect(rows[0]?.cells.legal_name).toBe("'s Heerenberg Care");
  });

  it('can be sent again: the column of its reasons says nothing (S3-10)', () => {
    const rows = rowsOf(`\ufeff${header}\r\n"Larkspur\nCare",,,,,legal_name: It is known.\r\n`);
    expect(rows).toMatchObject([{ row: 2, cells: { legal_name: 'Larkspur Care' } }]);
  });
});
