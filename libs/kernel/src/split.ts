const wholeBasisPoints = 10_000;

/** Beyond this a pence total times basis points is no exact number. */
const mostPence = Math.floor(Number.MAX_SAFE_INTEGER / wholeBasisPoints);

/**
 * Splits whole pence over payers by largest remainder: each gets the floor of its part, the pence
 * left go to the largest remainders, the earlier payer first when they tie. The parts always sum
 * to the total; a negative total is split as its mirror image, so that a reversal undoes a split
 * exactly (S2-21).
 *
 * @param basisPoints each payer's part of 10,000
 * @throws RangeError when a part is not whole or is negative, when the parts do not sum to 10,000, or
 *   when the total is not whole pence
 */
export function splitPence(totalPence: number, basisPoints: readonly number[]): number[] {
  if (!isSplit(basisPoints)) throw new RangeError('basis points must be whole and sum to 10,000');
  if (!Number.isInteger(totalPence) || Math.abs(totalPence) > mostPence) {
    throw new RangeError('a total to split must be whole pence below nine billion pounds');
  }
  if (totalPence < 0) return splitPence(-totalPence, basisPoints).map((pence) => 0 - pence);
  const parts = basisPoints.map((points, at) => partOf(totalPence, points, at));
  const left = totalPence - parts.reduce((sum, { pence }) => sum + pence, 0);
  const lucky = new Set(
    parts
      .toSorted((a, b) => b.remainder - a.remainder || a.at - b.at)
      .slice(0, left)
      .map(({ at }) => at),
  );
  return parts.map(({ pence, at }) => (lucky.has(at) ? pence + 1 : pence));
}

/** Whether the parts are whole, not negative, and sum to 10,000. */
export const isSplit = (basisPoints: readonly number[]): boolean =>
  basisPoints.every((points) => Number.isSafeInteger(points) && points >= 0) &&
  basisPoints.reduce((sum, points) => sum + points, 0) === wholeBasisPoints;

const partOf = (totalPence: number, points: number, at: number) => ({
  at,
  pence: Math.floor((totalPence * points) / wholeBasisPoints),
  remainder: (totalPence * points) % wholeBasisPoints,
});
