/** What was kept of what was required. A share of nothing is not applicable, never 0 % or 100 %. */
export interface Share {
  readonly kept: number;
  readonly required: number;
}

/**
 * Whether a share reaches a target, as exact fractions: 80 of 100 meets 80 %, 7,996 of 10,000 does
 * not (S2-10). Targets are percentages of at most one decimal. `null` when nothing was required.
 */
export const meets = ({ kept, required }: Share, targetPercent: number): boolean | null =>
  required === 0 ? null : kept * 100 >= targetPercent * required;

/**
 * A share in percent with one decimal, rounded half up, `79.9`. A share that fails is never shown
 * as its target or more, and one that lost anything is never shown as 100.0 (S2-10).
 *
 * @returns `not applicable` when nothing was required
 */
export function display(share: Share, targetPercent?: number): string {
  const { kept, required } = share;
  if (required === 0) return 'not applicable';
  const rounded = Math.floor((kept * 2_000 + required) / (2 * required));
  const failing = targetPercent !== undefined && meets(share, targetPercent) === false;
  const ceilings = [
    ...(kept < required ? [999] : []),
    ...(failing ? [Math.round(targetPercent * 10) - 1] : []),
  ];
  return tenthsAsText(Math.min(rounded, ...ceilings));
}

/** `799` as `79.9`. */
export const tenthsAsText = (tenths: number): string => `${Math.floor(tenths / 10)}.${tenths % 10}`;

/** An exact non-negative fraction in lowest terms. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** One share of a score; weights are whole numbers. */
export interface WeightedShare {
  readonly weight: number;
  readonly share: Share;
}

/**
 * The weighted mean of the applicable shares, exactly: `Σ(weight × share) / Σ weight`, from 0 to 1
 * (L1). `null` when no share with a weight is applicable.
 */
export function weightedScore(parts: readonly WeightedShare[]): Fraction | null {
  let weights = 0n;
  let numerator = 0n;
  let denominator = 1n;
  for (const { weight, share } of parts) {
    if (share.required === 0) continue;
    const required = BigInt(share.required);
    weights += BigInt(weight);
    numerator = numerator * required + BigInt(weight) * BigInt(share.kept) * denominator;
    denominator *= required;
  }
  return weights === 0n ? null : lowestTerms(numerator, denominator * weights);
}

/** Negative when `a` is smaller, positive when it is larger, 0 when both are the same number. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A fraction in percent with one decimal, rounded half up; below 1 never shown as 100.0. */
export function displayFraction({ numerator, denominator }: Fraction): string {
  const rounded = Number((numerator * 2_000n + denominator) / (2n * denominator));
  return tenthsAsText(numerator < denominator ? Math.min(rounded, 999) : rounded);
}

function lowestTerms(numerator: bigint, denominator: bigint): Fraction {
  let [divisor, rest] = [denominator, numerator];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}
