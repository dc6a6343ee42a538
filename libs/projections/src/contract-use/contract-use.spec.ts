import type { PlannedVisit } from '#kernel/schedule.js';
import {
  broker,
  contractId,
  packageId,
  personId,
  providerId,
  providerUser,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { contractUse } from './contract-use.projection.js';
import { blockWeeks, heldCapacity, volumePeriods, weeksBetween } from './contract-use.rules.js';

const week = '2026-W11';
const inWeek = { packageId, personId, week };
const visit = (on: string, agreedStart: string, minutes = 60): PlannedVisit => ({
  ...{ visit: `${on}.${agreedStart}`, on, agreedStart, startsAt: `${on}T${agreedStart}:00.000Z` },
  ...{ minutes, carers: 1, critical: false },
});
const lunch = visit('2026-03-09', '12:30');
const secondLunch = visit('2026-03-10', '12:30');
const morning = visit('2026-03-09', '08:00');
const opened = (terms: object): SpecEvent => ({
  type: 'ContractOpened',
  data: { contractId, providerId, startsOn: '2026-01-01', endsBefore: null, patches: [], ...terms },
});
const block = opened({
  type: 'block',
  block: {
    ...{ scheme: 'Rowan Court', weeklyMinutes: 90, weeklyPence: 3_600 },
    windows: [{ name: 'lunch', from: '12:00', before: '14:00' }],
  },
});
const volume = opened({
  type: 'cost-and-volume',
  costAndVolume: {
    ...{ period: 'month', minimumPence: 1_500 },
    tiers: [{ aboveMinutes: 0, pencePerHour: 2_000 }],
  },
});
const movedIn: SpecEvent = {
  type: 'TenantMovedIn',
  data: { contractId, providerId, tenancyId: 't1', packageId, personId, fromOn: '2026-02-02' },
};
const stream = `visitWeek-${packageId}-${week}`;
const planned = (contractType: string, ...visits: readonly PlannedVisit[]): SpecEvent => ({
  ...{ type: 'WeekPlanned', stream },
  data: { ...inWeek, providerId, contractId, contractType, patch: 'north', visits },
});
const replanned = (contractType: string, changes: object): SpecEvent => ({
  ...{ type: 'VisitsReplanned', stream },
  data: {
    ...{ ...inWeek, providerId, contractId, contractType, patch: 'north' },
    ...{ added: [], changed: [], withdrawn: [], because: 'varied', ...changes },
  },
});
const leg = (of: PlannedVisit, minutes: number) => ({
  ...{ visit: of.visit, leg: 1, carerId: 'C1', method: 'app' as const },
  inAt: of.startsAt,
  outAt: new Date(Date.parse(of.startsAt) + minutes * 60_000).toISOString(),
});
const recorded = (of: PlannedVisit, minutes: number): SpecEvent => ({
  ...{ type: 'VisitsRecorded', stream },
  data: { ...inWeek, providerId, legs: [leg(of, minutes)] },
});
const voided = (of: PlannedVisit): SpecEvent => ({
  ...{ type: 'VisitCorrected', stream },
  data: {
    ...{ ...inWeek, ...leg(of, 60), correctionId: 'k1', voided: true },
    ...{ reason: 'sealed', correctedBy: 'a', approvedBy: 'b' },
  },
});

const given = (...events: readonly SpecEvent[]) => givenEvents(contractUse).given(...events);
const use = (...events: readonly SpecEvent[]) => {
  const { reader } = given(...events);
  const row = reader.get(broker, 'terms', contractId);
  const visits = reader.select(broker, 'visits', { filter: { contractId } });
  if (!row) throw new Error('there is no such contract');
  return { row, visits };
};
const weekOf = (...events: readonly SpecEvent[]) => {
  const { row, visits } = use(...events);
  return blockWeeks(row, visits, [week])[0];
};

describe('The use of a block', () => {
  it('is the tenants’ visits in its windows, paid whether used or not (S2-4)', () => {
    expect(weekOf(block, movedIn)).toEqual({
      ...{ week, boughtMinutes: 90, plannedMinutes: 0, usedMinutes: 0, pence: 3_600 },
      ...{ plannedBeyondMinutes: 0, usedBeyondMinutes: 0 },
    });
    expect(weekOf(block, movedIn, planned('block', morning, lunch))).toMatchObject({
      ...{ plannedMinutes: 60, plannedBeyondMinutes: 60, pence: 3_600 },
    });
  });

  it('is nothing of the visits to who is no tenant (S2-4)', () => {
    const events = [block, planned('block', lunch)] as const;
    expect(weekOf(...events)).toMatchObject({ plannedMinutes: 0, plannedBeyondMinutes: 60 });
    const left: SpecEvent = {
      type: 'TenantMovedOut',
      data: { contractId, providerId, tenancyId: 't1', endsBefore: '2026-03-10' },
    };
    const both = [block, movedIn, left, planned('block', lunch, secondLunch)] as const;
    expect(weekOf(...both)).toMatchObject({ plannedMinutes: 60, plannedBeyondMinutes: 60 });
  });

  it('ends at the hours bought; the rest is paid by the visit (S2-4)', () => {
    const two = planned('block', lunch, secondLunch);
    expect(weekOf(block, movedIn, two)).toMatchObject({
      ...{ plannedMinutes: 90, plannedBeyondMinutes: 30 },
    });
  });

  it('is used by the minutes delivered, as corrected (S2-4)', () => {
    const events = [block, movedIn, planned('block', lunch), recorded(lunch, 50)] as const;
    expect(weekOf(...events)).toMatchObject({ plannedMinutes: 60, usedMinutes: 50 });
    expect(weekOf(...events, voided(lunch))).toMatchObject({ usedMinutes: 0 });
  });

  it('follows the plan (S2-4)', () => {
    const events = [block, movedIn, planned('block', lunch)] as const;
    const changed = replanned('block', { changed: [{ ...lunch, agreedStart: '14:00' }] });
    expect(weekOf(...events, changed)).toMatchObject({ plannedBeyondMinutes: 60 });
    const gone = replanned('block', { withdrawn: [lunch.visit] });
    expect(weekOf(...events, gone)).toMatchObject({ plannedMinutes: 0 });
    const more = replanned('block', { added: [secondLunch] });
    expect(weekOf(...events, more)).toMatchObject({ plannedMinutes: 90 });
    const taken = replanned('framework', { added: [lunch] });
    expect(weekOf(...events, taken)).toMatchObject({ plannedMinutes: 0 });
  });

  it('knows no visits of other contracts', () => {
    const { visits } = use(block, movedIn, planned('framework', lunch), recorded(lunch, 60));
    expect(visits).toEqual([]);
  });

  it('is not shown to providers', () => {
    const { reader } = given(block);
    expect(reader.get(providerUser, 'terms', contractId)).toBeUndefined();
  });
});

describe('The use of a cost-and-volume contract', () => {
  const march = { from: '2026-03-01', to: '2026-03-31' };
  const periods = (minutes: number) => {
    const plan = planned('cost-and-volume', lunch);
    const { row, visits } = use(volume, plan, recorded(lunch, minutes));
    return volumePeriods(row, visits, march);
  };

  it('is paid at least the minimum of each period (S3-11)', () => {
    const month = { startsOn: '2026-03-01', lastDay: '2026-03-31', plannedMinutes: 60 };
    expect(periods(44)).toEqual([
      {
        ...{ ...month, deliveredMinutes: 44, pricePence: 1_467, minimumPence: 1_500 },
        ...{ payablePence: 1_500, shortfallPence: 33 },
      },
    ]);
    expect(periods(45)).toMatchObject([{ payablePence: 1_500, shortfallPence: 0 }]);
    expect(periods(60)).toMatchObject([{ payablePence: 2_000, shortfallPence: 0 }]);
  });

  it('is stated for each period that a range touches (S3-11)', () => {
    const { row, visits } = use(volume);
    const range = { from: '2026-02-28', to: '2026-03-01' };
    expect(volumePeriods(row, visits, range).map(({ startsOn }) => startsOn)).toEqual([
      '2026-02-01',
      '2026-03-01',
    ]);
    expect(weeksBetween('2026-03-08', '2026-03-09')).toEqual(['2026-W10', '2026-W11']);
  });
});

describe('The use of a capacity', () => {
  const inHouse = opened({ type: 'in-house', capacityWeeklyMinutes: 600 });
  const capacity = `contractCapacity-${contractId}`;
  const taken: SpecEvent = {
    ...{ type: 'CapacityTaken', stream: capacity },
    data: {
      ...{ holder: packageId, fromOn: '2026-03-09', takenBy: 'k1' },
      ...{ units: { packages: 1, weeklyMinutes: 210 }, takenAt: '2026-03-02T09:00:00.000Z' },
    },
  };
  const released: SpecEvent = {
    ...{ type: 'CapacityReleased', stream: capacity },
    data: { holder: packageId, fromOn: '2026-05-01', releasedAt: '2026-04-01T09:00:00.000Z' },
  };
  const held = (on: string, ...events: readonly SpecEvent[]) =>
    heldCapacity(use(...events).row, on);

  it('is what packages hold on a day (S3-11)', () => {
    const events = [inHouse, taken, released] as const;
    const of = { packages: 1, weeklyMinutes: 210, capacityWeeklyMinutes: 600 };
    expect(held('2026-03-08', ...events)).toMatchObject({ packages: 0 });
    expect(held('2026-03-09', ...events)).toEqual({ on: '2026-03-09', ...of });
    expect(held('2026-05-01', ...events)).toMatchObject({ packages: 0, weeklyMinutes: 0 });
  });

  it('follows a change of the limit, and is none where there is none (S3-11)', () => {
    const changed: SpecEvent = {
      type: 'ContractCapacityChanged',
      data: { contractId, providerId, capacityWeeklyMinutes: 900, reason: 'A carer joined.' },
    };
    expect(held('2026-03-09', inHouse, changed)).toMatchObject({
      capacityWeeklyMinutes: 900,
    });
    expect(held('2026-03-09', block)).toBeUndefined();
  });
});
