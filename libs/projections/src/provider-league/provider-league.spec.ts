import { shippedPolicy } from '#kernel/council-policy.js';
import type { Share } from '#kernel/share.js';
import { ranked, type Contender } from './provider-league.queries.js';

const nothing: Share = { kept: 0, required: 0 };
const contender = (
  name: string,
  standard: Share,
  over: Partial<Contender['shares']> = {},
  evidencedVisits = 100,
  requiredVisits = evidencedVisits,
): Contender => ({
  ...{ providerId: name, providerName: name },
  coverage: { kept: evidencedVisits, required: requiredVisits },
  told: nothing,
  shares: {
    ...{ punctualityStandard: standard, punctualityCritical: nothing },
    ...{ continuity: nothing, notMissed: nothing, ...over },
  },
});
const of = (kept: number, required: number): Share => ({ kept, required });
const ranks = (...contenders: readonly Contender[]) =>
  ranked(contenders, shippedPolicy).map(({ providerName, rank }) => [providerName, rank]);

describe('The provider league', () => {
  it('ranks by the weighted score, best first, and shares a rank of equal scores (L1)', () => {
    expect(
      ranks(
        contender('D', of(1, 2)),
        contender('B', of(9, 10)),
        contender('A', of(99, 100)),
        contender('C', of(90, 100)),
      ),
    ).toEqual([
      ['A', 1],
      ['B', 2],
      ['C', 2],
      ['D', 4],
    ]);
  });

  it('compares exact fractions, never rounded percentages (L1)', () => {
    expect(ranks(contender('A', of(7_995, 10_000)), contender('B', of(7_996, 10_000)))).toEqual([
      ['B', 1],
      ['A', 2],
    ]);
  });

  it('weighs the applicable KPIs alone (L1)', () => {
    const [row] = ranked([contender('A', of(1, 2), { continuity: of(1, 1) })], shippedPolicy);
    expect(row?.score).toEqual({ numerator: '7', denominator: '10', display: '70.0' });
  });

  it('leaves a provider with 99 evidenced visits unranked with the reason, and ranks one with 100 (L1)', () => {
    const rows = ranked(
      [contender('Few', of(1, 1), {}, 99), contender('Enough', of(1, 2), {}, 100)],
      shippedPolicy,
    );
    expect(rows).toMatchObject([
      { providerName: 'Enough', rank: 1 },
      {
        ...{ providerName: 'Few', unrankedReason: 'too-few-visits' },
        unrankedBecause: 'Fewer than 100 visits with evidence.',
      },
    ]);
    expect(rows[1]).not.toHaveProperty('rank');
  });

  it('leaves a provider with 949 of 1,000 visits evidenced unranked, and ranks one with 950 (X27)', () => {
    const rows = ranked(
      [
        contender('Silent', of(1, 1), {}, 949, 1_000),
        contender('Enough', of(1, 2), {}, 950, 1_000),
      ],
      shippedPolicy,
    );
    expect(rows).toMatchObject([
      { providerName: 'Enough', rank: 1, provisional: false },
      {
        ...{ providerName: 'Silent', unrankedReason: 'evidence-incomplete', provisional: true },
        unrankedBecause: 'Less than 95 % of required visits have evidence.',
        evidenceCoverage: { kept: 949, required: 1_000, display: '94.9' },
      },
    ]);
    expect(rows[1]).not.toHaveProperty('rank');
  });

  it('leaves a provider that names too few carers unranked: its continuity cannot be told (S2-11, L1)', () => {
    const named = (kept: number) => ({ ...contender('A', of(1, 1)), told: of(kept, 100) });
    expect(ranked([named(95)], shippedPolicy)).toMatchObject([{ rank: 1 }]);
    expect(ranked([named(94)], shippedPolicy)).toMatchObject([
      { unrankedReason: 'carers-not-named' },
    ]);
  });

  it('never lets a provider that sends no file lead (X27)', () => {
    const [first, second] = ranked(
      [contender('Silent', of(1, 1), { notMissed: of(1, 1) }, 0, 500), contender('A', of(1, 9))],
      shippedPolicy,
    );
    expect(first).toMatchObject({ providerName: 'A', rank: 1 });
    expect(second).toMatchObject({ unrankedReason: 'evidence-incomplete' });
  });

  it('asks for the evidence that council policy asks for (X27)', () => {
    const policy = { ...shippedPolicy, evidenceCoveragePercent: 90 };
    const rows = (kept: number) => ranked([contender('A', of(1, 2), {}, kept, 200)], policy);
    expect(rows(180)[0]?.rank).toBe(1);
    expect(rows(179)[0]?.unrankedReason).toBe('evidence-incomplete');
  });

  it('marks a KPI whose interval overlaps that of the row above, and no other (L1)', () => {
    const rows = ranked(
      [
        contender('A', of(96, 100), { continuity: of(9, 10) }),
        contender('B', of(80, 100), { continuity: of(8, 10), notMissed: of(1, 2) }),
      ],
      shippedPolicy,
    );
    expect(rows[0]?.continuity).not.toHaveProperty('notDistinguishable');
    expect(rows[1]).toMatchObject({
      providerName: 'B',
      punctualityStandard: { notDistinguishable: false },
      continuity: { notDistinguishable: true },
    });
    expect(rows[1]?.notMissed).not.toHaveProperty('notDistinguishable');
  });

  it('shows each share with its interval (L1)', () => {
    const [row] = ranked([contender('A', of(80, 100))], shippedPolicy);
    expect(row?.punctualityStandard).toMatchObject({ interval: { low: '71.1', high: '86.7' } });
    expect(row?.continuity).not.toHaveProperty('interval');
  });

  it('is provisional while figures may be challenged (S2-10)', () => {
    const [row] = ranked([contender('A', of(1, 2))], shippedPolicy, false);
    expect(row).toMatchObject({ rank: 1, provisional: true });
  });

  it('leaves a provider without an applicable KPI unranked (L1)', () => {
    expect(ranked([contender('None', nothing)], shippedPolicy)).toMatchObject([
      {
        unrankedReason: 'nothing-applicable',
        unrankedBecause: 'No KPI with a weight is applicable.',
      },
    ]);
  });

  it('uses the weights of council policy (L1)', () => {
    const leagueWeights = { ...shippedPolicy.leagueWeights, punctualityStandard: 0 };
    const [row] = ranked([contender('A', of(1, 2), { continuity: of(1, 1) })], {
      ...shippedPolicy,
      leagueWeights,
    });
    expect(row?.score?.display).toBe('100.0');
  });
});
