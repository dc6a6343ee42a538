import fc from 'fast-check';
import { overlap, shareInterval } from './share-interval.js';

const share = (kept: number, required: number) => ({ kept, required });

describe('The interval of a share', () => {
  it.each([
    [0, 1, '0.0', '79.3'],
    [1, 1, '20.7', '100.0'],
    [0, 10, '0.0', '27.8'],
    [10, 10, '72.2', '100.0'],
    [5, 10, '23.7', '76.3'],
    [80, 100, '71.1', '86.7'],
    [81, 263, '25.5', '36.6'],
    [950, 1_000, '93.5', '96.2'],
    [99_999, 100_000, '100.0', '100.0'],
  ])('of %i in %i reaches from %s to %s (L1)', (kept, required, low, high) => {
    expect(shareInterval(share(kept, required))).toEqual({ low, high });
  });

  it('of nothing is none, that of one is wide (L1)', () => {
    expect(shareInterval(share(0, 0))).toBeNull();
    expect(shareInterval(share(1, 2))).toEqual({ low: '9.5', high: '90.5' });
  });

  it('agrees with the formula in floating point to its rounding (L1)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.nat(), (n, pick) => {
        const k = pick % (n + 1);
        const [p, z] = [k / n, 1.96];
        const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
        const [middle, whole] = [p + (z * z) / (2 * n), 1 + (z * z) / n];
        const interval = shareInterval(share(k, n));
        expect(Math.abs(Number(interval?.low) - ((middle - half) / whole) * 100)).toBeLessThan(
          0.0501,
        );
        expect(Math.abs(Number(interval?.high) - ((middle + half) / whole) * 100)).toBeLessThan(
          0.0501,
        );
      }),
    );
  });
});

describe('Two shares', () => {
  it('whose intervals overlap are not told apart, others are (L1)', () => {
    expect(overlap(share(80, 100), share(90, 100))).toBe(true);
    expect(overlap(share(80, 100), share(96, 100))).toBe(false);
    expect(overlap(share(96, 100), share(80, 100))).toBe(false);
    expect(overlap(share(8, 10), share(8, 10))).toBe(true);
  });

  it('of which one is of nothing are not compared (L1)', () => {
    expect(overlap(share(0, 0), share(1, 2))).toBeNull();
    expect(overlap(share(1, 2), share(0, 0))).toBeNull();
  });
});
