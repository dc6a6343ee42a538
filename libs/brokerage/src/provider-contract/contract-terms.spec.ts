import { specFor } from '#kernel/spec-dsl.js';
import { isInWindow } from './block-window.rules.js';
import { volumePeriodOf, volumePricePence } from './contract-terms.rules.js';
import { providerContractDecider } from './provider-contract.decider.js';
import type { ProviderContractEvent } from './provider-contract.events.js';
import {
  blockContract,
  commandId,
  contractId,
  frameworkContract,
  inHouseArrangement,
  providerId,
  spotContract,
  volumeContract,
} from './provider-contract.fixtures.js';

const open = (terms: object) =>
  specFor(providerContractDecider)
    .given()
    .when(
      'OpenContract',
      { commandId, providerId, startsOn: '2026-01-01', ...terms },
      { facts: { provider: { known: true }, framework: null } },
    );
const block = blockContract.data.block as NonNullable<typeof blockContract.data.block>;
const volume = volumeContract.data.costAndVolume as NonNullable<
  typeof volumeContract.data.costAndVolume
>;
const spot = { type: 'spot', spotReason: 'No framework provider could start in time.' };

describe('A block contract', () => {
  it('states its scheme, its windows, the hours bought and their price (S2-4)', () => {
    open({ type: 'block', block }).then(blockContract);
    open({ type: 'block' }).thenRejected('BlockTermsRequired');
  });

  it('is the only one with a scheme (S2-4)', () => {
    open({ ...spot, block }).thenRejected('BlockTermsNotAllowed');
  });

  it('has windows of some length, none over another (S2-4)', () => {
    const windows = (...from: [string, string][]) => ({
      ...block,
      windows: from.map(([begin, before]) => ({ name: begin, from: begin, before })),
    });
    const opened = { type: 'ContractOpened' } as const;
    open({ type: 'block', block: windows(['12:00', '12:00']) }).thenRejected('BlockWindowEmpty');
    open({ type: 'block', block: windows(['12:00', '12:01']) }).thenLike(opened);
    const touching = windows(['12:00', '14:00'], ['14:00', '15:00']);
    open({ type: 'block', block: touching }).thenLike(opened);
    const over = windows(['12:00', '14:01'], ['14:00', '15:00']);
    open({ type: 'block', block: over }).thenRejected('BlockWindowsOverlap');
  });

  it('has a window over midnight (S2-4)', () => {
    const night = { from: '22:00', before: '07:00' };
    const inside = ['22:00', '23:59', '00:00', '06:59'].map((start) => isInWindow(night, start));
    expect(inside).toEqual([true, true, true, true]);
    expect(isInWindow(night, '21:59')).toBe(false);
    expect(isInWindow(night, '07:00')).toBe(false);
  });
});

describe('A cost-and-volume contract', () => {
  const type = 'cost-and-volume';

  it('states a guaranteed minimum and its tiers (S3-11)', () => {
    open({ type, costAndVolume: volume }).then(volumeContract);
    open({ type }).thenRejected('CostAndVolumeTermsRequired');
    open({ ...spot, costAndVolume: volume }).thenRejected('CostAndVolumeTermsNotAllowed');
  });

  it('prices the first minute and goes up by volume (S3-11)', () => {
    const tiered = (...above: number[]) => ({
      ...volume,
      tiers: above.map((aboveMinutes) => ({ aboveMinutes, pencePerHour: 2_000 })),
    });
    open({ type, costAndVolume: tiered(1) }).thenRejected('FirstTierNotAtZero');
    open({ type, costAndVolume: tiered(0, 60, 60) }).thenRejected('TiersNotAscending');
    open({ type, costAndVolume: tiered(0, 60, 61) }).thenLike({ type: 'ContractOpened' });
  });

  it('prices each minute by the tier that it lies in, rounded half-up once (S3-11)', () => {
    expect(volumePricePence(volume.tiers, 6_000)).toBe(100 * 2_400);
    expect(volumePricePence(volume.tiers, 6_060)).toBe(100 * 2_400 + 2_100);
    expect(volumePricePence([{ aboveMinutes: 0, pencePerHour: 30 }], 1)).toBe(1);
    expect(volumePricePence([{ aboveMinutes: 0, pencePerHour: 29 }], 1)).toBe(0);
    expect(volumePricePence(volume.tiers, 0)).toBe(0);
  });

  it('measures calendar months and quarters, and years from 1 April (S3-11)', () => {
    const of = (period: 'month' | 'quarter' | 'year', on: string) => {
      const { startsOn, endsBefore } = volumePeriodOf({ period }, on);
      return `${startsOn} ${endsBefore}`;
    };
    expect(of('month', '2026-12-31')).toBe('2026-12-01 2027-01-01');
    expect(of('quarter', '2026-03-31')).toBe('2026-01-01 2026-04-01');
    expect(of('quarter', '2026-12-01')).toBe('2026-10-01 2027-01-01');
    expect(of('year', '2026-03-31')).toBe('2025-04-01 2026-04-01');
    expect(of('year', '2026-04-01')).toBe('2026-04-01 2027-04-01');
  });

  it('has no rate card beside its tiers (S3-11)', () => {
    const set = (contract: ProviderContractEvent) =>
      specFor(providerContractDecider)
        .given(contract)
        .when('SetRateCard', {
          ...{ contractId, effectiveOn: '2026-04-01' },
          rates: [{ dayKind: 'weekday-day', pencePerHour: 2_000 }],
        });
    set(volumeContract).thenRejected('PricedByTiers');
    set(blockContract).thenLike({ type: 'RateCardSet' });
  });
});

describe('The capacity of a contract', () => {
  const terms = { capacityWeeklyMinutes: 600 };

  it('caps a spot contract in packages or in hours, or not at all (S3-11)', () => {
    open({ ...spot, maxPackages: 3 }).thenLike({
      type: 'ContractOpened',
      data: { maxPackages: 3 },
    });
    open({ ...spot, ...terms }).thenLike({ type: 'ContractOpened', data: terms });
    open(spot).thenLike({ type: 'ContractOpened' });
  });

  it('is of spot and in-house alone (S3-11)', () => {
    open({ type: 'block', block, ...terms }).thenRejected('CapacityNotAllowed');
    open({ type: 'in-house', ...terms, maxPackages: 3 }).thenRejected('PackageCapNotAllowed');
    open({ type: 'in-house', ...terms }).thenLike({ type: 'ContractOpened' });
  });

  it('is changed with a reason where there is one (S3-11)', () => {
    const change = (contract: ProviderContractEvent, changed: object) =>
      specFor(providerContractDecider)
        .given(contract)
        .when('ChangeContractCapacity', { contractId, reason: 'Two carers left.', ...changed });
    const data = { contractId, providerId, reason: 'Two carers left.' };
    change(inHouseArrangement, terms).then({
      type: 'ContractCapacityChanged',
      data: { ...data, ...terms },
    });
    change(inHouseArrangement, {}).thenRejected('CapacityRequired');
    change(inHouseArrangement, { ...terms, maxPackages: 2 }).thenRejected('PackageCapNotAllowed');
    change(spotContract, {}).then({ type: 'ContractCapacityChanged', data });
    change(frameworkContract, terms).thenRejected('CapacityNotLimited');
  });
});

describe('A contract of any type', () => {
  it('names its KPI set and its notice, or neither (S3-12)', () => {
    const named = { kpiSet: 'extra-care', noticeDays: 42 };
    open({ type: 'block', block, ...named }).thenLike({ type: 'ContractOpened', data: named });
    open({ type: 'block', block }).then(blockContract);
  });
});
