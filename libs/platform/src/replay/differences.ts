/** A place where two values differ; what is absent is `undefined`. */
export interface Difference {
  /** Names and indexes from the outside in: `0.data.offers.1.providerId`; empty for the whole. */
  readonly path: string;
  readonly recorded: unknown;
  readonly decided: unknown;
}

/** Every place where two JSON values differ, the innermost ones. */
export function differencesOf(recorded: unknown, decided: unknown): readonly Difference[] {
  return [...differing(recorded, decided, '')];
}

function* differing(recorded: unknown, decided: unknown, path: string): Generator<Difference> {
  if (recorded === decided) return;
  if (!isTree(recorded) || !isTree(decided) || Array.isArray(recorded) !== Array.isArray(decided)) {
    yield { path, recorded, decided };
    return;
  }
  for (const name of new Set([...Object.keys(recorded), ...Object.keys(decided)])) {
    yield* differing(recorded[name], decided[name], path === '' ? name : `${path}.${name}`);
  }
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
