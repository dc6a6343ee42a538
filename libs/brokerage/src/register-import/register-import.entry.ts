import type { Violation } from '#kernel/rejection.js';
import type { Columns } from '../csv-import/csv-import.columns.js';
import type { ImportProblem } from '../csv-import/csv-import.rules.js';
import type { TableRow } from '../csv-import/csv-import.table.js';
import type { Submitted } from '../submitted.commands.js';
import type { RegisterDirectory } from './register-import.directory.js';

/** A command that would bring the register to what the file says. */
export interface Change<Command extends Submitted = Submitted> {
  readonly command: new () => Command;
  readonly fields: object;
}

/** The fields must be those of the command. */
export const changeBy = <Command extends Submitted>(
  command: new () => Command,
  fields: Omit<Command, 'commandId'>,
): Change => ({ command, fields });

/** A provider, a contract or a rate card of a file. */
export interface RegisterEntry<Name extends string> {
  readonly rows: readonly [number, ...number[]];
  /** What is wrong with its cells; nothing is looked up then. */
  readonly problems: readonly ImportProblem[];
  /** None: the register says so already. Throws a `Rejection`. */
  readonly changes: (register: RegisterDirectory) => readonly Change[];
  readonly placeOf: (violation: Violation) => { readonly row: number; readonly column: Name };
}

/** How files of one kind are read. */
export interface RegisterReading<Name extends string> {
  readonly columns: Columns<Name>;
  readonly entries: (rows: readonly TableRow<Name>[]) => readonly RegisterEntry<Name>[];
}

/** Rows with the same key, in the order of their first ones. */
export function rowsByKey<Name extends string>(
  rows: readonly TableRow<Name>[],
  keyOf: (row: TableRow<Name>) => string,
): readonly (readonly [TableRow<Name>, ...TableRow<Name>[]])[] {
  return [...Map.groupBy(rows, keyOf).values()] as [TableRow<Name>, ...TableRow<Name>[]][];
}

export const numbersOf = (
  rows: readonly { readonly row: number }[],
): readonly [number, ...number[]] => rows.map(({ row }) => row) as [number, ...number[]];
