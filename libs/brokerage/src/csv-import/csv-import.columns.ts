/** A column of a file that an office sends. `docs/formats.md` shows them. */
export interface Column {
  readonly needed: boolean;
  /** What it takes; a sentence's end. */
  readonly takes: string;
}

export type Columns<Name extends string> = Readonly<Record<Name, Column>>;

export const namesOf = <Name extends string>(columns: Columns<Name>): Name[] =>
  Object.keys(columns) as Name[];

/** Says why a row was rejected, in a file of rejections; ignored when that file is sent again. */
export const rejectionColumn = 'rejection';

/** Names of columns compare without case, and a blank or a dash is an underscore. */
export const comparedColumn = (title: string): string =>
  title.toLowerCase().replace(/[\s-]+/g, '_');

export const oneOf = (list: readonly string[]): string => `one of ${list.join(', ')}`;

export const someOf = (list: readonly string[]): string =>
  `one or more of ${list.join(', ')}, with ; between`;

export const aDate = 'a date, 2026-03-29 or 29/03/2026';
export const aTime = 'a time of day, 08:30';
