/**
 * Whether two values are the same once a store has kept them as JSON: absent and `undefined` are
 * one, the order of fields is no difference. Both are plain data, as events and facts are.
 */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((each, index) => isSameJson(each ?? null, (b as unknown[])[index] ?? null))
    );
  }
  return isSameFields(a as Fields, b as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

function isSameFields(a: Fields, b: Fields): boolean {
  let left = 0;
  for (const name in b) if (b[name] !== undefined) left += 1;
  for (const name in a) {
    const value = a[name];
    if (value === undefined) continue;
    if (!isSameJson(value, b[name])) return false;
    left -= 1;
  }
  return left === 0;
}
