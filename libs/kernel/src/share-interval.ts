import { tenthsAsText, type Share } from './share.js';

/** Where the true share lies with 95 % confidence, in percent with one decimal. */
export interface ShareInterval {
  readonly low: string;
  readonly high: string;
}

/** The 95 % Wilson interval of a share, each bound rounded half up once (L1). `null`: of nothing. */
export function shareInterval(share: Share): ShareInterval | null {
  if (share.required === 0) return null;
  const [low, high] = boundsOf(share, 1_000n);
  return { low: tenthsAsText(Number(low)), high: tenthsAsText(Number(high)) };
}

/**
 * Whether the intervals of two shares overlap: then these numbers do not tell them apart (L1).
 * Bounds are compared in billionths. `null` when one of them is a share of nothing.
 */
export function overlap(a: Share, b: Share): boolean | null {
  if (a.required === 0 || b.required === 0) return null;
  const [lowA, highA] = boundsOf(a, 1_000_000_000n);
  const [lowB, highB] = boundsOf(b, 1_000_000_000n);
  return lowA <= highB && lowB <= highA;
}

/**
 * With z = 1.96, so that z² = 2401/625, the bounds for k of n are `(P ± √D) / Q` in whole numbers:
 * P = 1250nk + 2401n, D = 2401n(2500k(n − k) + 2401n), Q = 2n(625n + 2401). They are rounded half
 * up to a scale without leaving integers: floor((2·scale·(P ± √D) + Q) / 2Q).
 */
function boundsOf({ kept, required }: Share, scale: bigint): readonly [bigint, bigint] {
  const [k, n] = [BigInt(kept), BigInt(required)];
  const middle = 2n * scale * (1_250n * n * k + 2_401n * n);
  const square = (2n * scale) ** 2n * (2_401n * n * (2_500n * k * (n - k) + 2_401n * n));
  const whole = 2n * n * (625n * n + 2_401n);
  const root = rootDown(square);
  const rootUp = root * root === square ? root : root + 1n;
  return [(middle - rootUp + whole) / (2n * whole), (middle + root + whole) / (2n * whole)];
}

/** The largest whole number whose square is not above `square`, by Newton's method. */
function rootDown(square: bigint): bigint {
  if (square < 2n) return square;
  let root = 1n << BigInt((square.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
