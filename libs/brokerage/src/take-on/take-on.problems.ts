import { Rejection, type Violation } from '#kernel/rejection.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { Conflict } from '#platform/commands/submission.js';
import { takeOnColumns, columnOf, type ColumnName } from './take-on.columns.js';
import type { TakeOnDraft } from './take-on.drafts.js';
import type { TakeOnProblem } from './take-on.rules.js';

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

/** What refused a package, by row and column. Anything but a refusal is thrown again. */
export function problemsOf(error: unknown, draft: TakeOnDraft): TakeOnProblem[] {
  if (error instanceof InvalidInput) {
    return error.violations.map((violation) => {
      const place = placeOf(violation, draft);
      return {
        ...place,
        code: 'CellUnusable',
        reason: `It takes ${columnOf(place.column).takes}.`,
      };
    });
  }
  if (error instanceof Rejection) {
    return error.violations.map((violation) => {
      const { code, message } = violation;
      return { ...placeOf(violation, draft), code, reason: message };
    });
  }
  if (error instanceof Conflict) {
    const reason = 'This referral is being recorded just now. Send the file again.';
    return [{ row: draft.rows[0], column: 'referral_ref', code: 'CONFLICT', reason }];
  }
  throw error;
}

function placeOf({ code, path }: Violation, { rows }: TakeOnDraft) {
  const [, line] = /^needs\.schedule\.(\d+)/.exec(path) ?? [];
  const row = rows[Number(line ?? 0)] ?? rows[0];
  const field = path.split('.').findLast((step) => !/^\d+$/.test(step)) ?? '';
  return {
    row,
    column: columnsOfFields[field] ?? columnNamed(field) ?? columnsOfCodes[code] ?? 'referral_ref',
  };
}

/** `postcodeDistrict` is the column `postcode_district`. */
function columnNamed(field: string): ColumnName | undefined {
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.hasOwn(takeOnColumns, name) ? (name as ColumnName) : undefined;
}
