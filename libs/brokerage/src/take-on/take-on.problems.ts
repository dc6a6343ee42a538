import type { Violation } from '#kernel/rejection.js';
import { columnNamed, fieldOf, type Placing } from '../csv-import/csv-import.problems.js';
import { takeOnColumns, type ColumnName } from './take-on.columns.js';
import type { TakeOnDraft } from './take-on.drafts.js';

/** Fields that are no column of the same name. */
const columnsOfFields: Readonly<Record<string, ColumnName>> = {
  providerId: 'provider',
  contractId: 'contract',
  startOn: 'started_on',
  schedule: 'days',
};

/** Rules about the whole command, by the column that an office would change. */
const columnsOfCodes: Readonly<Record<string, ColumnName>> = {
  OpenPackageExists: 'person_ref',
  ReferralRepeated: 'person_ref',
};

/** Where a package stands in its file. */
export const placing = (draft: TakeOnDraft): Placing<ColumnName> => ({
  columns: takeOnColumns,
  placeOf: (violation) => placeOf(violation, draft),
});

function placeOf({ code, path }: Violation, { rows }: TakeOnDraft) {
  const [, line] = /^needs\.schedule\.(\d+)/.exec(path) ?? [];
  const row = rows[Number(line ?? 0)] ?? rows[0];
  const field = fieldOf(path);
  const named = columnsOfFields[field] ?? columnNamed(takeOnColumns, field);
  return { row, column: named ?? columnsOfCodes[code] ?? 'referral_ref' };
}
