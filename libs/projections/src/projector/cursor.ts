import type { ColumnValue } from './columns.js';
import { BadCursor } from './errors.js';

/** A row's place in an ordered list. */
export interface Place {
  readonly value: ColumnValue;
  readonly key: string;
}

/** @param list names the list, its version and its order; a cursor is good for that list alone */
export const cursorOf = (list: string, { value, key }: Place): string =>
  Buffer.from(JSON.stringify([list, value, key])).toString('base64url');

/** Throws `BadCursor` when the cursor is damaged or belongs to another list. */
export function placeAt(list: string, cursor: string): Place {
  const parts = parsed(cursor);
  if (!Array.isArray(parts) || parts.length !== 3) throw new BadCursor('the cursor is damaged');
  const [of, value, key] = parts as unknown[];
  if (of !== list) {
    throw new BadCursor(
      `the cursor belongs to ${String(of)}, not to ${list}: start from the first`,
    );
  }
  if (typeof key !== 'string' || !isColumnValue(value)) {
    throw new BadCursor('the cursor is damaged');
  }
  return { value, key };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

const isColumnValue = (value: unknown): value is ColumnValue =>
  value === null || typeof value === 'string' || typeof value === 'number';
