import fc from 'fast-check';
import { isSplit, splitPence } from './split.js';

describe('A split between payers', () => {
  it.each([
    [1_000, [5_000, 5_000], [500, 500]],
    [1_001, [5_000, 5_000], [501, 500]],
    [100, [3_333, 3_333, 3_334], [33, 33, 34]],
    [100, [3_334, 3_333, 3_333], [34, 33, 33]],
    [10, [3_333, 3_333, 3_334], [3, 3, 4]],
    [2, [2_500, 2_500, 2_500, 2_500], [1, 1, 0, 0]],
    [7, [1_000, 2_000, 7_000], [1, 1, 5]],
    [7, [10_000], [7]],
    [7, [10_000, 0], [7, 0]],
    [0, [6_000, 4_000], [0, 0]],
  ])('of %i pence by %j is %j (S2-21)', (total, basisPoints, parts) => {
    expect(splitPence(total, basisPoints)).toEqual(parts);
  });

  it('of a reversal undoes the split exactly (S2-21)', () => {
    expect(splitPence(-1_001, [5_000, 5_000])).toEqual([-501, -500]);
    expect(splitPence(-1, [10_000, 0])).toEqual([-1, 0]);
  });

  it('needs basis points that are whole, not negative and sum to 10,000 (S2-21)', () => {
    expect([isSplit([9_999]), isSplit([10_000]), isSplit([10_001])]).toEqual([false, true, false]);
    expect(
      [[], [5_000, 4_999], [5_000, 5_001], [11_000, -1_000], [4_999.5, 5_000.5]].filter(isSplit),
    ).toEqual([]);
    expect(() => splitPence(100, [5_000, 4_999])).toThrow(RangeError);
    expect(() => splitPence(100, [11_000, -1_000])).toThrow(RangeError);
  });

  it('needs whole pence', () => {
    expect(() => splitPence(0.5, [10_000])).toThrow(RangeError);
    expect(() => splitPence(Number.MAX_SAFE_INTEGER, [10_000])).toThrow(RangeError);
    const most = 900_719_925_474;
    expect(splitPence(most, [5_001, 4_999])).toEqual([450_450_034_730, 450_269_890_744]);
    expect(() => splitPence(most + 1, [10_000])).toThrow(RangeError);
  });

  const anySplit = fc
    .uniqueArray(fc.integer({ min: 0, max: 10_000 }), { maxLength: 6 })
    .map((cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), 10_000];
      return edges.slice(1).map((edge, at) => edge - (edges[at] ?? 0));
    });

  it('always sums to the total, each part within a penny of its own (S2-21)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000_000, max: 100_000_000 }),
        anySplit,
        (total, basisPoints) => {
          const parts = splitPence(total, basisPoints);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
          basisPoints.forEach((points, at) => {
            expect(Math.abs((parts[at] ?? NaN) * 10_000 - total * points)).toBeLessThan(10_000);
          });
          expect(
            splitPence(-total, basisPoints).map((part, at) => part + (parts[at] ?? NaN)),
          ).toEqual(parts.map(() => 0));
        },
      ),
    );
  });

  it('gives a spare penny to no smaller remainder than one that goes without (S2-21)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), anySplit, (total, basisPoints) => {
        const remainders = basisPoints.map((points) => (total * points) % 10_000);
        const extra = splitPence(total, basisPoints).map(
          (part, at) => part - Math.floor((total * (basisPoints[at] ?? 0)) / 10_000),
        );
        const given = remainders.filter((_, at) => extra[at] === 1);
        const without = remainders.filter((_, at) => extra[at] === 0);
        expect(given.length + without.length).toBe(extra.length);
        expect(Math.min(...given, Infinity)).toBeGreaterThanOrEqual(Math.max(...without, 0));
      }),
    );
  });
});
