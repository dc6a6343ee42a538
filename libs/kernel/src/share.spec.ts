import fc from 'fast-check';
import { compareFractions, display, displayFraction, meets, weightedScore } from './share.js';

const share = (kept: number, required: number) => ({ kept, required });

describe('A share', () => {
  it.each([
    [80, 100, 80, true],
    [79, 100, 80, false],
    [7_996, 10_000, 80, false],
    [4, 5, 80, true],
    [9, 10, 90, true],
    [899, 1_000, 90, false],
    [2, 3, 66.7, false],
    [667, 1_000, 66.7, true],
    [0, 5, 0, true],
    [5, 5, 100, true],
    [99_999, 100_000, 100, false],
  ])('of %i in %i meets %d %%: %s (S2-10)', (kept, required, target, met) => {
    expect(meets(share(kept, required), target)).toBe(met);
  });

  it('of nothing is not applicable, a share of one is (S2-10)', () => {
    expect(meets(share(0, 0), 80)).toBeNull();
    expect(display(share(0, 0), 80)).toBe('not applicable');
    expect(meets(share(0, 1), 80)).toBe(false);
    expect(display(share(0, 1), 80)).toBe('0.0');
  });

  it.each([
    [7_996, 10_000, 80, '79.9'],
    [8_000, 10_000, 80, '80.0'],
    [7_994, 10_000, 80, '79.9'],
    [7_984, 10_000, 80, '79.8'],
    [7_985, 10_000, 80, '79.9'],
    [8_999, 10_000, 90, '89.9'],
    [9_000, 10_000, 90, '90.0'],
    [9_999, 10_000, 80, '99.9'],
    [10_000, 10_000, 80, '100.0'],
    [99_999, 100_000, 100, '99.9'],
    [66_695, 100_000, 66.7, '66.6'],
    [1, 100_000, 1.1, '0.0'],
    [10_999, 1_000_000, 1.1, '1.0'],
  ])('of %i in %i is shown beside %d %% as %s (S2-10)', (kept, required, target, text) => {
    expect(display(share(kept, required), target)).toBe(text);
  });

  it('is rounded half up where no target is at stake', () => {
    expect(display(share(7_996, 10_000))).toBe('80.0');
    expect(display(share(1, 3))).toBe('33.3');
    expect(display(share(2, 3))).toBe('66.7');
    expect(display(share(1, 2_000))).toBe('0.1');
    expect(display(share(1, 2_001))).toBe('0.0');
    expect(display(share(9_999, 10_000))).toBe('99.9');
  });

  it('is shown at or above its target exactly when it meets it (S2-10)', () => {
    const counts = fc.integer({ min: 1, max: 50_000 });
    fc.assert(
      fc.property(counts, fc.nat(), fc.integer({ min: 1, max: 100 }), (required, pick, target) => {
        const some = share(pick % (required + 1), required);
        expect(Number(display(some, target)) >= target).toBe(meets(some, target));
        expect(display(some, target) === '100.0').toBe(some.kept === required);
      }),
    );
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 100 }), (required, target) => {
        const kept = Math.ceil((target * required) / 100) - 1;
        expect(Number(display(share(kept, required), target))).toBeLessThan(target);
      }),
    );
  });
});

describe('The weighted score', () => {
  const standard = { weight: 30, share: share(9, 10) };
  const critical = { weight: 30, share: share(1, 2) };
  const continuity = { weight: 20, share: share(2, 3) };
  const notMissed = { weight: 20, share: share(1, 1) };

  it('is the exact weighted mean of all shares (L1)', () => {
    // 27 + 15 + 40/3 + 20 of 100 = 226/300
    expect(weightedScore([standard, critical, continuity, notMissed])).toEqual({
      numerator: 113n,
      denominator: 150n,
    });
  });

  it('leaves out what is not applicable, weight and all (L1)', () => {
    const none = { weight: 30, share: share(0, 0) };
    expect(weightedScore([standard, none])).toEqual({ numerator: 9n, denominator: 10n });
    expect(weightedScore([{ ...standard, weight: 0 }, critical])).toEqual({
      numerator: 1n,
      denominator: 2n,
    });
    expect(weightedScore([none])).toBeNull();
    expect(weightedScore([])).toBeNull();
    expect(weightedScore([{ weight: 1, share: share(0, 7) }])).toEqual({
      numerator: 0n,
      denominator: 1n,
    });
  });

  it('tells apart what floating point cannot (L1)', () => {
    const close = (kept: number) =>
      weightedScore([{ weight: 30, share: share(kept, 9_007_199_254_740_991) }]);
    const [a, b] = [close(9_007_199_254_740_989), close(9_007_199_254_740_990)];
    if (!a || !b) throw new Error('both are applicable');
    expect([compareFractions(a, b), compareFractions(b, a), compareFractions(a, a)]).toEqual([
      -1, 1, 0,
    ]);
  });

  it('equals itself whatever the order and the terms (L1)', () => {
    const anyParts = fc.array(
      fc.record({
        weight: fc.integer({ min: 0, max: 100 }),
        share: fc
          .tuple(fc.nat(500), fc.nat(500))
          .map(([a, b]) => share(Math.min(a, b), Math.max(a, b))),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(anyParts, (parts) => {
        const score = weightedScore(parts);
        expect(weightedScore(parts.toReversed())).toEqual(score);
        const doubled = parts.map((part) => ({ ...part, weight: part.weight * 2 }));
        expect(weightedScore(doubled)).toEqual(score);
        if (!score) return;
        expect(compareFractions(score, { numerator: 1n, denominator: 1n })).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('is shown in percent with one decimal, never rounded up to all (L1)', () => {
    expect(displayFraction({ numerator: 113n, denominator: 150n })).toBe('75.3');
    expect(displayFraction({ numerator: 1n, denominator: 2_000n })).toBe('0.1');
    expect(displayFraction({ numerator: 9_999n, denominator: 10_000n })).toBe('99.9');
    expect(displayFraction({ numerator: 1n, denominator: 1n })).toBe('100.0');
  });
});
