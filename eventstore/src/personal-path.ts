/** The steps to a field; `[]` stands for every entry of a list. */
export type Path = readonly string[];

/** `lines[].note` as steps. Throws `RangeError` for an empty step. */
export function pathTo(text: string): Path {
  const steps = text.replaceAll('[]', '.[]').split('.');
  if (steps.includes('')) throw new RangeError(`${text} is no path`);
  return steps;
}

/**
 * A copy of the value in which `change` replaced what stands at the path. Absent and null fields
 * are left alone, and so is a value that the path does not fit.
 */
export function changedAt(
  value: unknown,
  [step, ...rest]: Path,
  change: (found: unknown) => unknown,
): unknown {
  if (value === null || value === undefined) return value;
  if (step === undefined) return change(value);
  if (step === '[]') {
    return Array.isArray(value) ? value.map((entry) => changedAt(entry, rest, change)) : value;
  }
  if (typeof value !== 'object' || !Object.hasOwn(value, step)) return value;
  const fields = value as Record<string, unknown>;
  return { ...fields, [step]: changedAt(fields[step], rest, change) };
}

/** The text at a path without lists, `undefined` when there is none. */
export function textAt(value: unknown, path: Path): string | undefined {
  let found = value;
  for (const step of path) {
    if (found === null || typeof found !== 'object') return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return typeof found === 'string' && found !== '' ? found : undefined;
}
