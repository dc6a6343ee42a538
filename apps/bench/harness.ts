/** What a bench hands to the table and to docs/evidence.md. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** Paragraphs: what was done, and with what. */
  readonly text: readonly string[];
  readonly tables: readonly Table[];
  readonly verdicts: readonly Verdict[];
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A target against what was measured; `met: null` when it could not be measured. */
export interface Verdict {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly met: boolean | null;
}

/** How long and how large a bench may be, and where it may write. */
export interface BenchOptions {
  /** Small and short: shows that a bench runs, its figures mean little. */
  readonly quick: boolean;
  /** A temporary folder, removed at the end. */
  readonly directory: string;
}

export type Bench = (options: BenchOptions) => Promise<Section>;

/** The verdict of a ratio of two rates, stated as a percentage or as a multiple. */
export function ratioVerdict(what: string, ratio: number, least: number, unit: '%' | '×'): Verdict {
  const shown = (value: number) =>
    unit === '%' ? `${floored(value * 100)} %` : `${floored(value)}×`;
  return { what, target: `≥ ${shown(least)}`, measured: shown(ratio), met: ratio >= least };
}

/** The verdict of a figure that may be at most so much. */
export const atMost = (what: string, value: number, most: number, unit: string): Verdict => ({
  what,
  target: `≤ ${most} ${unit}`,
  measured: `${thousands(Math.ceil(value * 10) / 10, 1)} ${unit}`,
  met: value <= most,
});

/** The verdict of a figure that must be at least so much. */
export const atLeast = (what: string, value: number, least: number, unit: string): Verdict => ({
  what,
  target: `≥ ${thousands(least)} ${unit}`,
  measured: `${thousands(Math.floor(value))} ${unit}`,
  met: value >= least,
});

export const notMeasured = (what: string, target: string, why: string): Verdict => ({
  what,
  target,
  measured: `not measured: ${why}`,
  met: null,
});

/** One decimal, towards the worse, so that a shortfall never reads as its target. */
const floored = (value: number): number => Math.floor(value * 10) / 10;

/** `12,345`; rates are rounded to whole numbers. */
export const thousands = (value: number, maximumFractionDigits = 0): string =>
  value.toLocaleString('en-GB', { maximumFractionDigits });

/** Three significant digits: `0.153`, `4.27`, `118`. */
export const shortly = (value: number): string =>
  value >= 1000 ? thousands(value) : String(Number(value.toPrecision(3)));

export const percent = (ratio: number): string => `${(ratio * 100).toFixed(0)} %`;

export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** The value below which the share (0 to 1) of the sorted values lies, by the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Seconds that the work took, and what it returned. */
export async function timed<Result>(
  work: () => Result | Promise<Result>,
): Promise<{ seconds: number; result: Result }> {
  const startedAt = performance.now();
  const result = await work();
  return { seconds: (performance.now() - startedAt) / 1000, result };
}

/**
 * Keeps `width` pieces of work going for `seconds` and answers how many ended in each second. The
 * piece is told its lane, 0 to `width - 1`, so that a lane can go on with what it did before.
 */
export async function ratePerSecond(
  width: number,
  seconds: number,
  piece: (lane: number) => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  let count = 0;
  const lane = async (index: number) => {
    while (performance.now() < until) {
      await piece(index);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: width }, (_, index) => lane(index)));
  return count / ((performance.now() - startedAt) / 1000);
}

/** Waits until the condition holds; throws after the deadline. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  deadlineMs: number,
  everyMs = 10,
): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what} did not happen in ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** The same numbers for the same seed, from 0 up to but not including 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
