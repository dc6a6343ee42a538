import { stringify } from 'csv-stringify/sync';
import { rejectionColumn } from '../csv-import/csv-import.columns.js';
import type { ImportProblem } from '../csv-import/csv-import.rules.js';
import type { EcmField, EcmFormat } from './ecm.format.js';
import type { EcmLine } from './ecm.table.js';

/**
 * The rejected rows in the columns of their format with the reasons at their end, to be mended and
 * sent again. Columns that the format does not read are left out: they may hold names.
 */
export function rejectionsCsv(
  format: EcmFormat,
  lines: readonly EcmLine[],
  problems: readonly ImportProblem[],
): string {
  const reasons = Map.groupBy(problems, ({ row }) => row);
  // Two fields may be read from one column, e.g. a status and its reason.
  const columns = new Map<string, EcmField>();
  for (const [field, { title }] of Object.entries(format.columns)) {
    if (!columns.has(title)) columns.set(title, field as EcmField);
  }
  const rejected = lines
    .filter(({ row }) => reasons.has(row))
    .map(({ row, cells }) => [
      ...[...columns.values()].map((field) => cells[field] ?? ''),
      (reasons.get(row) ?? []).map(({ column, reason }) => `${column}: ${reason}`).join(' '),
    ]);
  return stringify([[...columns.keys(), rejectionColumn], ...rejected], {
    ...{ bom: true, escape_formulas: true, record_delimiter: 'windows' },
  });
}
