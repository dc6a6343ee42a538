import { specFor } from '#kernel/spec-dsl.js';
import { excusedPercent, paymentTermsOn } from '#kernel/payment-terms.js';
import { providerContractDecider } from './provider-contract.decider.js';
import type { ProviderContractEvent } from './provider-contract.events.js';
import {
  commandId,
  contractId,
  inHouseArrangement,
  providerId,
  spotContract,
} from './provider-contract.fixtures.js';

const set = (fields: object = {}, given: readonly ProviderContractEvent[] = [spotContract]) =>
  specFor(providerContractDecider)
    .given(...given)
    .when('SetPaymentTerms', { commandId, contractId, effectiveOn: '2026-03-02', ...fields });
const band = (fromMinutes: number, toMinutes: number | undefined, paidMinutes: number) => ({
  ...{ fromMinutes, toMinutes, paidMinutes },
});

describe('Payment terms', () => {
  it('are the bands of actual time where nothing else is said (S2-16, S2-17)', () => {
    set().then({
      type: 'PaymentTermsSet',
      data: {
        ...{ contractId, providerId, effectiveOn: '2026-03-02', basis: 'actual-bands' },
        bands: { kind: 'quarter-hours', cap60: false },
        ...{ secondLeg: 'when-commissioned', excused: [] },
      },
    });
  });

  it('refuse the city’s own table, naming the gap, and take it without one (S2-17)', () => {
    const city = [band(1, 25, 15), band(26, 40, 30), band(41, 55, 45)];
    expect(() => set({ bands: [...city, band(57, undefined, 60)] }).events()).toThrow('gap at 56');
    set({ bands: [...city, band(57, undefined, 60)] }).thenRejected('BandTableFaulty');
    set({ bands: [...city, band(56, undefined, 60)] }).thenLike({
      type: 'PaymentTermsSet',
      data: { bands: { kind: 'table' } },
    });
  });

  it('refuse a table that pays less for more, or out of order (S2-17)', () => {
    expect(() => set({ bands: [band(1, 25, 30), band(26, undefined, 15)] }).events()).toThrow(
      'paid minutes fall at 26',
    );
    expect(() => set({ bands: [band(1, 25, 15), band(25, undefined, 30)] }).events()).toThrow(
      'overlap at 25',
    );
  });

  it('cap quarter hours at an hour, never a table (S2-17)', () => {
    set({ cap60: true }).thenLike({ data: { bands: { cap60: true } } } as never);
    set({ cap60: true, bands: [band(1, undefined, 15)] }).thenRejected('CapNotOfABandTable');
  });

  it('begin later than those before, and tell when that is past (S2-16)', () => {
    const first = set().events() as ProviderContractEvent[];
    set({}, [spotContract, ...first]).thenRejected('PaymentTermsNotLater');
    set({ effectiveOn: '2026-03-03' }, [spotContract, ...first]).thenLike({
      type: 'PaymentTermsSet',
    });
    set({ effectiveOn: '2026-03-01' }).thenLike({ data: { retroactive: true } } as never);
    const [today] = set().events() as ProviderContractEvent[];
    expect(today?.data).not.toHaveProperty('retroactive');
  });

  it('are of no in-house arrangement, and of a contract that exists (S2-16)', () => {
    set({}, [inHouseArrangement]).thenRejected('InHouseHasNoPrice');
    set({}, []).thenRejected('ContractUnknown');
  });

  it('in force are the latest that began by a date (S2-16)', () => {
    const terms = (effectiveOn: string, basis: 'planned' | 'actual-minutes') => ({
      ...{ effectiveOn, basis, secondLeg: 'when-commissioned', excused: [] },
      bands: { kind: 'quarter-hours', cap60: false },
    });
    const all = [terms('2026-03-02', 'planned'), terms('2026-04-01', 'actual-minutes')] as never;
    expect(paymentTermsOn(all, '2026-03-01').basis).toBe('actual-bands');
    expect(paymentTermsOn(all, '2026-03-31').basis).toBe('planned');
    expect(paymentTermsOn(all, '2026-04-01').basis).toBe('actual-minutes');
  });
});

describe('Excused pay', () => {
  const hospital = { reason: 'hospital', noticeHours: null, dayOfAbsence: 14 };
  const retainer = [{ reason: 'hospital', upToDays: 14, percent: 50 }];

  it('is a retainer for so many days of one reason (S2-16b)', () => {
    expect(excusedPercent(retainer, hospital)).toBe(50);
    expect(excusedPercent(retainer, { ...hospital, dayOfAbsence: 15 })).toBe(0);
    expect(excusedPercent(retainer, { ...hospital, reason: 'respite' })).toBe(0);
  });

  it('is paid for a notice that is too short, never for one that is not known (S2-16b)', () => {
    const short = [{ reason: 'non-access', noticeBelowHours: 24, percent: 100 }];
    const visit = { reason: 'non-access', dayOfAbsence: 1 };
    expect(excusedPercent(short, { ...visit, noticeHours: 23.9 })).toBe(100);
    expect(excusedPercent(short, { ...visit, noticeHours: 24 })).toBe(0);
    expect(excusedPercent(short, { ...visit, noticeHours: null })).toBe(0);
    expect(excusedPercent([], { ...visit, noticeHours: 1 })).toBe(0);
  });
});
