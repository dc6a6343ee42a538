import { Rejection, type Violation } from '#kernel/rejection.js';
import { Conflict } from '#platform/commands/submission.js';
import type { Reservation } from '#platform/commands/slice.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import type { Columns } from './csv-import.columns.js';
import type { ImportProblem } from './csv-import.rules.js';

/** Where a file says what a command was refused for. */
export interface Placing<Name extends string> {
  readonly columns: Columns<Name>;
  readonly placeOf: (violation: Violation) => { readonly row: number; readonly column: Name };
}

const busy = {
  code: 'CONFLICT',
  path: '',
  message: 'Someone is recording the same just now. Send the file again.',
};

/** What refused a command, by row and column. Anything but a refusal is thrown again. */
export function problemsOf<Name extends string>(
  error: unknown,
  { columns, placeOf }: Placing<Name>,
): ImportProblem[] {
  if (error instanceof InvalidInput) {
    return error.violations.map((violation) => {
      const place = placeOf(violation);
      return { ...place, code: 'CellUnusable', reason: `It takes ${columns[place.column].takes}.` };
    });
  }
  const violations =
    error instanceof Rejection ? error.violations : error instanceof Conflict ? [busy] : undefined;
  if (!violations) throw error;
  return violations.map((violation) => {
    const { code, message } = violation;
    return { ...placeOf(violation), code, reason: message };
  });
}

/** The last step of a path that is no index, `needs.schedule.0.start`. */
export const fieldOf = (path: string): string =>
  path.split('.').findLast((step) => !/^\d+$/.test(step)) ?? '';

/** `postcodeDistrict` is the column `postcode_district`. */
export function columnNamed<Name extends string>(
  columns: Columns<Name>,
  field: string,
): Name | undefined {
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.hasOwn(columns, name) ? (name as Name) : undefined;
}

/** Keys that rows of one file want: two may want the same, which no rehearsal of one can tell. */
export class WantedKeys {
  private readonly rows = new Map<string, number>();

  take(
    reservations: readonly Pick<Reservation, 'stream'>[],
    row: number,
    refusal: (earlierRow: number) => Violation,
  ): void {
    for (const { stream } of reservations) {
      const earlier = this.rows.get(stream);
      if (earlier !== undefined) throw new Rejection([refusal(earlier)]);
    }
    for (const { stream } of reservations) this.rows.set(stream, row);
  }
}
