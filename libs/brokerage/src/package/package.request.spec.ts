import { createHash } from 'node:crypto';
import type { CareNeeds } from './package.events.js';
import { needs, personId, reference, packageId } from './package.fixtures.js';
import { requestNumberFrom, requestPack, shuffled } from './package.request.rules.js';
import { careNeeds } from './package.schedule.rules.js';

const entropy = '00112233445566778899aabbccddeeff';
const seeds = Array.from({ length: 600 }, (_, at) =>
  createHash('sha256').update(`seed ${at}`).digest('hex').slice(0, 32),
);

describe('The pack of a request', () => {
  const pack = requestPack(careNeeds(needs), 'R-2345-6789');

  it('holds exactly the fields of the allow-list (S1-9)', () => {
    expect(pack).toEqual({
      requestNumber: 'R-2345-6789',
      postcodeDistrict: 'ZZ7',
      patch: 'north',
      ageBand: '75-84',
      gender: 'female',
      carerGenderNeed: 'any',
      schedule: [
        {
          ...{ line: 1, days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', latestStart: '09:00' },
          ...{ minutes: 30, carers: 1, tasks: ['medication-administration'], critical: true },
        },
        {
          ...{ line: 2, days: [1, 2, 3, 4, 5], start: '12:30', minutes: 42, carers: 2 },
          ...{ tasks: ['meal-preparation', 'moving-and-handling'], critical: false },
        },
      ],
      skills: ['hoist'],
      languages: ['cy'],
      access: ['key-safe'],
      household: ['lives-alone'],
      startOn: '2026-03-09',
      durationWeeks: 12,
    });
  });

  it('tells that a visit is critical but not why (X23)', () => {
    expect(pack.schedule.map(({ critical }) => critical)).toEqual([true, false]);
    expect(JSON.stringify(pack)).not.toContain('timed-medicine');
  });

  it.each([
    ...['name', 'dateOfBirth', 'address', 'postcode', 'phone', 'email', 'nhsNumber', 'gp'],
    ...['nextOfKin', 'notes', 'sector', 'reference', 'personRef', 'referralRef', 'system'],
    ...['personId', 'packageId', 'serviceLine', 'lot', 'fundingStatus', 'urgent'],
    ...['hospitalDischarge', 'criticalReason', 'religion'],
  ])('leaves out %s, wherever it is planted (S1-9)', (field) => {
    const stored = careNeeds(needs);
    const planted = {
      ...stored,
      [field]: `PLANTED-${field}`,
      schedule: stored.schedule.map((line) => ({ ...line, [field]: `PLANTED-${field}` })),
    } as unknown as CareNeeds;
    expect(requestPack(planted, 'R-2345-6789')).toEqual(pack);
  });

  it('names neither the person nor the package nor the case (S1-9)', () => {
    const text = JSON.stringify(pack);
    for (const secret of [personId, packageId, ...Object.values(reference)]) {
      expect(text).not.toContain(secret);
    }
  });

  it('has no duration when none was given', () => {
    const { durationWeeks: _, ...open } = needs;
    expect(requestPack(careNeeds(open), 'R-2345-6789')).not.toHaveProperty('durationWeeks');
  });
});

describe('The number of a request', () => {
  it('is read aloud in two groups, without letters and digits that are confused (S1-9)', () => {
    for (const seed of [entropy, '0'.repeat(32), 'f'.repeat(32)]) {
      expect(requestNumberFrom(seed)).toMatch(/^R-[2-9CDFGHJ-NP-TV-Z]{4}-[2-9CDFGHJ-NP-TV-Z]{4}$/);
    }
  });

  it('comes from server entropy alone: the same gives the same, another another (S1-9)', () => {
    expect(requestNumberFrom(entropy)).toBe(requestNumberFrom(entropy));
    expect(new Set(seeds.map(requestNumberFrom)).size).toBe(seeds.length);
  });
});

describe('The order in which offers are presented', () => {
  const offers = ['a', 'b', 'c'].map((offerId) => ({ offerId }));
  const orderBy = (seed: string, of = offers) => shuffled(of, seed).map(({ offerId }) => offerId);

  it('is the same for the same seed (S1-11)', () => {
    expect(orderBy(entropy)).toEqual(orderBy(entropy));
  });

  it('differs between seeds (S1-11)', () => {
    expect(new Set(seeds.map((seed) => orderBy(seed).join())).size).toBe(6);
  });

  it('tells nothing of the order in which offers arrived (S1-11)', () => {
    for (const seed of seeds.slice(0, 20)) {
      expect(orderBy(seed, offers.toReversed())).toEqual(orderBy(seed));
    }
  });

  it('puts each offer first, second and last about equally often (S1-11)', () => {
    const counts = new Map<string, number>();
    for (const seed of seeds) {
      const order = orderBy(seed).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    // 100 of 600 are expected for each of six orders; four standard deviations are 37.
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(37);
  });

  it('keeps every offer, one or none too (S1-11)', () => {
    expect(orderBy(entropy).toSorted()).toEqual(['a', 'b', 'c']);
    expect(orderBy(entropy, [{ offerId: 'a' }])).toEqual(['a']);
    expect(orderBy(entropy, [])).toEqual([]);
  });
});
