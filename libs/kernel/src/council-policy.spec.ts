import { policyOn, shippedPolicy, type PolicyChange } from './council-policy.js';

const tolerance = (standard: number) => ({
  punctualityToleranceMinutes: { standard, critical: 15 },
});
const spring: PolicyChange = { version: 1, effectiveOn: '2026-04-01', values: tolerance(25) };
const summer: PolicyChange = { version: 2, effectiveOn: '2026-07-01', values: tolerance(20) };

const standardOn = (changes: readonly PolicyChange[], date: string) =>
  policyOn(changes, date).punctualityToleranceMinutes.standard;

describe('Council policy', () => {
  it('ships the defaults of the rules (S2-9, S2-10, S2-12, X4, L1)', () => {
    expect(policyOn([], '2026-03-01')).toBe(shippedPolicy);
    expect(shippedPolicy).toMatchObject({
      version: 0,
      punctualityToleranceMinutes: { standard: 30, critical: 15 },
      targetPercent: {
        punctualityStandard: 80,
        punctualityCritical: 90,
        continuity: 80,
        notMissed: 80,
      },
      requestWindowMinutes: { standard: 1_440, urgent: 120 },
      missedGraceMinutes: { standard: 120, critical: 30 },
      continuityStep: 'weekly',
      continuityCountsLegs: false,
      leagueMinimumVisits: 100,
    });
    const { punctualityStandard, punctualityCritical, continuity, notMissed } =
      shippedPolicy.leagueWeights;
    expect([punctualityStandard, punctualityCritical, continuity, notMissed]).toEqual([
      30, 30, 20, 20,
    ]);
  });

  it('changes on the effective date and not the day before', () => {
    expect(standardOn([spring], '2026-03-31')).toBe(30);
    expect(standardOn([spring], '2026-04-01')).toBe(25);
  });

  it('names the version in force and keeps what a change does not set', () => {
    expect(policyOn([spring, summer], '2026-06-30').version).toBe(1);
    const later = policyOn(
      [spring, { version: 2, effectiveOn: '2026-07-01', values: { planWeeksAhead: 4 } }],
      '2026-07-01',
    );
    expect(later).toMatchObject({ version: 2, planWeeksAhead: 4, ...tolerance(25) });
  });

  it('is that of the latest effective date, whatever was approved last', () => {
    const backdated: PolicyChange = {
      version: 3,
      effectiveOn: '2026-05-01',
      values: tolerance(10),
    };
    expect(standardOn([spring, summer, backdated], '2026-06-30')).toBe(10);
    expect(standardOn([spring, summer, backdated], '2026-07-01')).toBe(20);
  });

  it('is that of the last approval when two share a date, in any order of arrival', () => {
    const again: PolicyChange = { version: 2, effectiveOn: '2026-04-01', values: tolerance(12) };
    expect(standardOn([spring, again], '2026-04-01')).toBe(12);
    expect(standardOn([again, spring], '2026-04-01')).toBe(12);
  });
});
