import { shippedPolicy } from '#kernel/council-policy.js';
import { contractId, providerId } from '../care.fixtures.js';
import type { CareWanted } from './care-wanted.rules.js';
import type { Contract, Provider } from './contract-register.view.js';
import { contractReasons, isFor, providerReasons } from './eligibility.rules.js';

const line = { line: 1, days: [1, 2], start: '08:00', minutes: 60, carers: 1, critical: false };
const wanted: CareWanted = { lot: 'lot-1', patch: 'north', startOn: '2026-03-09' };
const provider: Provider = {
  ...{ providerId, legalName: 'Acorn Home Care', tradingNames: [], aliases: [] },
  ...{ cqcLocationIds: [], suspensions: [], registrations: [], ratings: [], comparedNames: [] },
};
const contract: Contract = {
  ...{ contractId, providerId, providerName: 'Acorn Home Care', type: 'framework', patches: [] },
  ...{ startsOn: '2020-01-01', rateCards: [], suspensions: [] },
  ...{ agreedEndsBefore: null, endedBefore: null, endsBefore: null },
  admissions: [{ lots: ['lot-1'], admittedOn: '2026-03-09', openingId: 'o1' }],
};
const codesOf = (reasons: ReturnType<typeof providerReasons>) => reasons.map(({ code }) => code);
const ofContract = (change: Partial<Contract>, question: Partial<CareWanted> = {}) =>
  contractReasons({ ...contract, ...change }, { ...wanted, ...question });
const ofProvider = (change: Partial<Provider>, question: Partial<CareWanted> = {}) =>
  providerReasons({ ...provider, ...change }, { ...wanted, ...question });
const profile = { carerGenders: [], skills: [], languages: [], patches: [] };

describe('A reason about a contract', () => {
  it('tells of the admission to the lot on the start date (S1-5, S1-6)', () => {
    expect(codesOf(ofContract({}))).toContain('AdmittedToLot');
    expect(codesOf(ofContract({}, { startOn: '2026-03-08' }))).toContain('NotInLot');
    expect(isFor(ofContract({}))).toBe(true);
    expect(isFor(ofContract({}, { lot: 'lot-2' }))).toBe(false);
  });

  it('tells of the contract’s last day (S1-7)', () => {
    expect(isFor(ofContract({ endsBefore: '2026-03-10' }))).toBe(true);
    expect(isFor(ofContract({ endsBefore: '2026-03-09' }))).toBe(false);
  });

  it('tells of a patch as a filter for others and a preference for in-house (S4-3, S2-7)', () => {
    const south = { patches: ['south'] };
    expect(isFor(ofContract({}))).toBe(true);
    expect(isFor(ofContract(south))).toBe(false);
    const inHouse = ofContract({ ...south, type: 'in-house' }, { route: 'in-house' });
    expect(inHouse).toContainEqual(expect.objectContaining({ weight: 'preference' }));
    expect(isFor(inHouse)).toBe(true);
  });

  it('tells whether the kind of contract is one of the route (S3-17)', () => {
    expect(isFor(ofContract({ type: 'spot' }))).toBe(false);
    expect(isFor(ofContract({ type: 'spot' }, { route: 'spot' }))).toBe(true);
    expect(isFor(ofContract({ type: 'spot' }, { route: 'individual' }))).toBe(true);
    expect(isFor(ofContract({ type: 'in-house' }, { route: 'direct-call-off' }))).toBe(false);
  });

  it('for an individual package reaches every external kind, framework or not, and no in-house team (S3-5)', () => {
    const outside: Partial<Contract> = { type: 'spot', admissions: [] };
    expect(isFor(ofContract(outside, { route: 'individual' }))).toBe(true);
    expect(isFor(ofContract(outside, { route: 'framework' }))).toBe(false);
    expect(isFor(ofContract({ type: 'in-house' }, { route: 'individual' }))).toBe(false);
  });

  it('keeps an in-house team that serves another patch, and a provider that does not out (S4-3)', () => {
    const elsewhere = { patches: ['south', 'east'] };
    const inHouse = { ...elsewhere, type: 'in-house' } as const;
    expect(isFor(ofContract(inHouse, { route: 'in-house', patch: 'north' }))).toBe(true);
    expect(isFor(ofContract(elsewhere, { patch: 'north' }))).toBe(false);
    expect(isFor(ofContract(elsewhere, { patch: 'east' }))).toBe(true);
  });

  it('tells of the room that other packages leave (S3-11)', () => {
    const spot = { ...contract, type: 'spot', capacityWeeklyMinutes: 240 } as const;
    const asked = { ...wanted, route: 'spot', schedule: [line] };
    const held = (weeklyMinutes: number) => [
      {
        ...{ holder: 'p1', fromOn: '2026-01-01', takenAt: '2026-01-01T09:00:00.000Z' },
        units: { packages: 1, weeklyMinutes },
      },
    ];
    expect(isFor(contractReasons(spot, asked, held(120)))).toBe(true);
    expect(isFor(contractReasons(spot, asked, held(121)))).toBe(false);
    expect(codesOf(contractReasons(spot, asked, held(121)))).toContain('NoCapacityLeft');
  });
});

describe('A reason about a provider', () => {
  const judged = { decidedOn: '2026-03-02', gates: shippedPolicy };

  it('tells of its registration on the day of the decision (S4-8)', () => {
    const registrations = [
      { status: 'registered', fromOn: '2020-01-01' },
      { status: 'deregistered', fromOn: '2026-03-03' },
    ] as const;
    expect(isFor(ofProvider({ registrations: [...registrations] }, judged))).toBe(true);
    const later = { ...judged, decidedOn: '2026-03-03' };
    expect(isFor(ofProvider({ registrations: [...registrations] }, later))).toBe(false);
  });

  it('tells of its rating against the council’s minimum (S4-8)', () => {
    const rated = (rating: 'requires-improvement' | 'inadequate') =>
      ofProvider({ ratings: [{ locationId: 'a', rating, ratedOn: '2026-03-01' }] }, judged);
    expect(isFor(rated('requires-improvement'))).toBe(true);
    expect(isFor(rated('inadequate'))).toBe(false);
  });

  it('has the same reasons on paper, and with no rostering, as with every system (S1-16)', () => {
    const systems = { careRecords: 'electronic', rostering: 'Rota One' } as const;
    const equipped = ofProvider({ profile: { ...profile, ...systems } }, judged);
    expect(ofProvider({ profile: { ...profile, careRecords: 'paper' } }, judged)).toEqual(equipped);
    expect(isFor(equipped)).toBe(true);
  });

  it('tells of a suspension from the lot on the start date (X7)', () => {
    const suspension = { suspensionId: 's1', lots: ['lot-1'], reason: 'Safeguarding.' };
    const from = (fromOn: string) => ofProvider({ suspensions: [{ ...suspension, fromOn }] });
    expect(isFor(from('2026-03-10'))).toBe(true);
    expect(isFor(from('2026-03-09'))).toBe(false);
  });

  it('of a need that its profile does not state is “not checkable” (X2)', () => {
    const asked = { carerGenderNeed: 'female-only', skills: ['peg'], languages: ['pl'] };
    const unknown = ofProvider({}, asked);
    expect(unknown.filter(({ weight }) => weight === 'not-checkable')).toHaveLength(3);
    expect(isFor(unknown)).toBe(true);
    expect(codesOf(ofProvider({}))).toEqual(['ProviderNotSuspended']);
  });

  it('of a need that its profile states or lacks decides (X2)', () => {
    const carers = (gender: 'female' | 'male') => ({ ...profile, carerGenders: [gender] });
    const asked = { carerGenderNeed: 'female-only' };
    expect(isFor(ofProvider({ profile: carers('female') }, asked))).toBe(true);
    expect(isFor(ofProvider({ profile: carers('male') }, asked))).toBe(false);
    const skilled = { ...profile, skills: ['peg', 'stoma'] };
    expect(isFor(ofProvider({ profile: skilled }, { skills: ['peg'] }))).toBe(true);
    expect(isFor(ofProvider({ profile: skilled }, { skills: ['peg', 'catheter'] }))).toBe(false);
  });
});
