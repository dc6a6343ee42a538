import { shippedPolicy } from '#kernel/council-policy.js';
import type { Share } from '#kernel/share.js';
import { ranked, type Contender } from './provider-league.queries.js';

const nothing: Share = { kept: 0, required: 0 };
const contender = (
  name: string,
  standard: Share,
  over: Partial<Contender['shares']> = {},
  evidencedVisits = 100,
): Contender => ({
  ...{ providerId: name, providerName: name, evidencedVisits },
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
      { providerName: 'Few', unrankedBecause: 'Fewer than 100 visits with evidence.' },
    ]);
    expect(rows[1]).not.toHaveProperty('rank');
  });

  it('leaves a provider without an applicable KPI unranked (L1)', () => {
    expect(ranked([contender('None', nothing)], shippedPolicy)).toMatchObject([
      { unrankedBecause: 'No KPI with a weight is applicable.' },
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
