import { readFileSync } from 'node:fs';
import { projectRoot } from '#platform/config/project-root.js';
import { readTable } from '../csv-import/csv-import.table.js';
import { columnNames, takeOnColumns } from './take-on.columns.js';
import { draftsOf } from './take-on.drafts.js';
import { csvOf, furtherRow, row } from './take-on.fixtures.js';

const read = (csv: string) => draftsOf(readTable(csv, takeOnColumns));
const refusal = (csv: string): string => {
  try {
    read(csv);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'it was not refused';
};

describe('A take-on file', () => {
  it('tells of one package with one visit in one row (X30)', () => {
    const { drafts, problems, packages } = read(csvOf(row()));
    expect(problems).toEqual([]);
    expect(packages).toBe(1);
    expect(drafts).toEqual([
      {
        ...{ rows: [2], provider: 'Larkspur Care', contract: '', contractType: 'framework' },
        fields: {
          reference: { system: 'casebook', personRef: 'P-1', referralRef: 'R-1' },
          needs: {
            ...{ serviceLine: 'long-term', lot: 'lot-1', fundingStatus: 'council' },
            ...{ postcodeDistrict: 'ZZ7', patch: 'North', ageBand: '85-plus', gender: 'female' },
            ...{ carerGenderNeed: 'any', skills: [], languages: [], access: [], household: [] },
            startOn: '2026-03-09',
            schedule: [
              {
                ...{ days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', minutes: 30, carers: 1 },
                ...{ tasks: ['personal-care'], critical: false },
              },
            ],
          },
          startedOn: '2026-03-09',
        },
      },
    ]);
  });

  it('has a row for each visit: of the same referral, of none, and further down', () => {
    const other = row({ referral_ref: 'R-2', person_ref: 'P-2' });
    const { drafts } = read(
      csvOf(
        row({ start: '08:00' }),
        furtherRow({ start: '12:00' }),
        other,
        furtherRow({ start: '18:00', system: 'casebook', referral_ref: 'R-1' }),
        row({ start: '20:00' }),
      ),
    );
    expect(drafts.map(({ rows }) => rows)).toEqual([[2, 3, 5, 6], [4]]);
    const starts = drafts[0]?.fields.needs.schedule.map(({ start }) => start);
    expect(starts).toEqual(['08:00', '12:00', '18:00', '20:00']);
  });

  it.each([
    ['a byte order mark', (csv: string) => `\ufeff${csv}`],
    ['CRLF', (csv: string) => csv.replaceAll('\n', '\r\n')],
    ['semicolons', (csv: string) => csv.replaceAll(',', ';')],
    ['tabs', (csv: string) => csv.replaceAll(',', '\t')],
    [
      'non-breaking spaces',
      (csv: string) => csv.replaceAll('Larkspur Care', '\u00a0Larkspur\u00a0Care '),
    ],
    ['empty rows', (csv: string) => `${csv}\n,,,\n\n`],
    ['empty last columns', (csv: string) => csv.replaceAll(/(.)$/gm, '$1,,')],
    [
      'other capitals and blanks in names',
      (csv: string) => csv.replace('person_ref', 'Person Ref'),
    ],
    ['British dates', (csv: string) => csv.replace('2026-03-09', '9/3/2026')],
  ])('is not hurt by %s', (_, change) => {
    expect(read(change(csvOf(row())))).toEqual(read(csvOf(row())));
  });

  it('counts rows as the spreadsheet does, line breaks in quotes or not', () => {
    const second = row({ referral_ref: 'R-2', gender: 'x' });
    const { drafts, problems } = read(csvOf(row({ patch: 'North\nEast' }), second));
    expect(drafts.map(({ fields }) => fields.needs.patch)).toEqual(['North East']);
    expect(problems).toMatchObject([{ row: 3, column: 'gender' }]);
  });

  it('gathers everything that is wrong with a package, each by row and column', () => {
    const { drafts, problems } = read(
      csvOf(
        row({ started_on: '30/02/2026', funding_status: 'rich', gender: '' }),
        furtherRow({ referral_ref: 'R-1', start: '25:00', tasks: 'dancing', minutes: '' }),
        row({ referral_ref: 'R-2' }),
      ),
    );
    expect(drafts.map(({ rows }) => rows)).toEqual([[4]]);
    expect(problems.map(({ row: at, column, code }) => `${at} ${column} ${code}`).sort()).toEqual([
      '2 funding_status CellUnusable',
      '2 gender CellMissing',
      '2 started_on CellUnusable',
      '3 minutes CellMissing',
      '3 start CellUnusable',
      '3 tasks CellUnusable',
    ]);
    expect(problems.find(({ column }) => column === 'gender')?.reason).toBe(
      'It is empty; it takes one of female, male, other, not-stated.',
    );
  });

  it('refuses rows of one referral that contradict each other', () => {
    const { problems } = read(csvOf(row(), row({ patch: 'South' })));
    expect(problems).toMatchObject([{ row: 3, column: 'patch', code: 'CellsDiffer' }]);
    expect(read(csvOf(row(), row({ start: '12:00' }))).problems).toEqual([]);
  });

  it.each([
    ['a missing column', csvOf(row()).replace(',provider', ''), 'The header lacks provider.'],
    [
      'unknown columns',
      csvOf(row()).replace('critical_reason', 'nhs_number'),
      'The header has the unknown nhs_number.',
    ],
    [
      'a repeated column',
      csvOf(row()).replace('contract,', 'system,'),
      'The header repeats system.',
    ],
    ['no header at all', 'Mrs A,8 am\nMr B,9 am\n', 'The header lacks system, '],
    ['nothing', '', 'The header lacks system, '],
    ['no row', csvOf(), 'The file has no row below its header.'],
    ['a quote that never ends', `${csvOf(row())}"x`, 'The file is no CSV ('],
  ])('is refused with one sentence for %s', (_, csv, sentence) => {
    expect(refusal(csv)).toContain(sentence);
  });

  it('is documented column by column, with a sample', () => {
    // The width of a table's columns is the formatter's.
    const docs = readFileSync(`${projectRoot}docs/formats.md`, 'utf8').replace(/ {2,}/g, ' ');
    for (const name of columnNames) {
      expect(docs).toContain(`| \`${name}\` |`);
      expect(docs).toContain(`| ${takeOnColumns[name].takes} |`);
    }
    const { drafts, problems } = read(
      readFileSync(`${projectRoot}docs/samples/take-on.csv`, 'utf8'),
    );
    expect(problems).toEqual([]);
    expect(drafts.map(({ rows }) => rows.length)).toEqual([3, 1, 2]);
  });
});
