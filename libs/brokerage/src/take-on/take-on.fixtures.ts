import { columnNames, type ColumnName } from './take-on.columns.js';

type Cells = Partial<Record<ColumnName, string>>;

/** What tells of a package that can be taken on. */
export const packageCells: Cells = {
  system: 'casebook',
  person_ref: 'P-1',
  referral_ref: 'R-1',
  provider: 'Larkspur Care',
  started_on: '2026-03-09',
  service_line: 'long-term',
  lot: 'lot-1',
  funding_status: 'council',
  postcode_district: 'ZZ7',
  patch: 'North',
  age_band: '85-plus',
  gender: 'female',
};

/** A visit each morning. */
export const morningCells: Cells = {
  days: 'daily',
  start: '08:00',
  minutes: '30',
  carers: '1',
  tasks: 'personal-care',
  critical: 'no',
};

/** A package of one visit, with cells changed. */
export const row = (changed: Cells = {}): Cells => ({
  ...packageCells,
  ...morningCells,
  ...changed,
});

/** A visit of the package above it. */
export const furtherRow = (changed: Cells = {}): Cells => ({ ...morningCells, ...changed });

const quoted = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** A file of all columns. */
export const csvOf = (...rows: readonly Cells[]): string =>
  [
    columnNames.join(','),
    ...rows.map((cells) => columnNames.map((name) => quoted(cells[name] ?? '')).join(',')),
    '',
  ].join('\n');
