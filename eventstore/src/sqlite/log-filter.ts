import type Database from 'better-sqlite3';
import type { EventFilter } from '../event-store.js';
import { isInPart } from '../log-part.js';

/** Teaches a connection to tell the streams of a part, so that no other event leaves the file. */
export function knowParts(db: Database.Database): void {
  db.function('in_part', { deterministic: true }, (stream: unknown, index: unknown, of: unknown) =>
    Number(isInPart(String(stream), { index: Number(index), of: Number(of) })),
  );
}

/** The filter as SQL over a range of positions; a type that the log does not know matches nothing. */
export function filterCondition(
  { types, categories, part }: EventFilter,
  keyOf: (type: string) => number | undefined,
): string {
  const conditions = ['e.position > ? AND e.position <= ?'];
  if (types) {
    const keys = types.map(keyOf).filter((key) => key !== undefined);
    conditions.push(`e.type IN (${keys.join(', ')})`);
  }
  if (categories) {
    const names = categories.map((name) => `'${name.replaceAll("'", "''")}'`);
    conditions.push(`s.category IN (${names.join(', ')})`);
  }
  if (part) conditions.push(`in_part(s.name, ${part.index}, ${part.of})`);
  return conditions.join(' AND ');
}
