import type { EventFilter } from '../event-store.js';

/** The filter as SQL over a range of positions; a type that the log does not know matches nothing. */
export function filterCondition(
  { types, categories }: EventFilter,
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
  return conditions.join(' AND ');
}
