import { identityOf, isNhsNumber } from '#brokerage/service-user/identity.rules.js';
import { demoIdentity, testNhsNumber } from './demo-identity.js';
import { SeededRandom } from './seeded-random.js';

const today = '2026-11-22';
const needs = { ageBand: '75-84', postcodeDistrict: 'ZZ3' } as const;

describe('An invented person', () => {
  it('is accepted as an identity, whatever the seed', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const identity = demoIdentity(new SeededRandom(seed), needs, today);
      expect(() => identityOf(identity, today)).not.toThrow();
    }
  });

  it('is as old as the needs say and lives in their district', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const { bornOn, postcode } = demoIdentity(new SeededRandom(seed), needs, today);
      expect(bornOn <= '1951-11-22' && bornOn > '1941-11-21').toBe(true);
      expect(postcode).toMatch(/^ZZ3 \d[A-Z]{2}$/);
    }
  });

  it('has numbers that are kept free for tests and fiction', () => {
    const random = new SeededRandom('numbers');
    expect(testNhsNumber(random)).toMatch(/^999\d{7}$/);
    expect(isNhsNumber(testNhsNumber(random))).toBe(true);
    expect(demoIdentity(random, needs, today).phone).toMatch(/^01632 960\d{3}$/);
  });
});
