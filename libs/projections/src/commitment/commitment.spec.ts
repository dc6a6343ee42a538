import fc from 'fast-check';
import { addDays } from '#kernel/time.js';
import {
  noService,
  plannedService,
  suspendedService,
} from '#brokerage/package/package.cover.rules.js';
import { blockWeeks } from '#brokerage/statement/pay-block.rules.js';
import type { PayBook } from '#brokerage/statement/pay-book.rules.js';
import type { StatedWeek } from '#brokerage/statement/statement.events.js';
import { byServiceLine, sumByPackage } from './commitment-sums.rules.js';
import {
  committedOf,
  financialYear,
  financialYearOf,
  type CommittedCare,
} from './commitment.rules.js';
import type { PackageCommitment } from './commitment.view.js';

const holder = { providerId: 'provider-1', contractId: 'contract-1', contractType: 'framework' };
const year = financialYear(2026);

/** 700.00 a week: a hundred pounds a day. */
const careFrom = (fromOn: string, over: Partial<CommittedCare> = {}): CommittedCare => ({
  packageId: 'package-1',
  service: plannedService(noService, holder, { sourceId: null, fromOn, schedule: [] }),
  weeklyCostPence: 70_000,
  temporaryVariations: [],
  ...over,
});

const penceOf = (care: CommittedCare, days = year) => committedOf(care, days).pence;

describe('commitment', () => {
  it('is of a year that begins on 1 April and has its leap day (S2-18)', () => {
    expect(financialYearOf('2027-03-31')).toBe(2026);
    expect(financialYearOf('2027-04-01')).toBe(2027);
    expect(penceOf(careFrom('2026-04-01'))).toBe(365 * 10_000);
    expect(penceOf(careFrom('2027-04-01'), financialYear(2027))).toBe(366 * 10_000);
  });

  it('counts from the first day of care, and none before (S2-18)', () => {
    expect(penceOf(careFrom('2027-03-31'))).toBe(10_000);
    expect(penceOf(careFrom('2027-04-01'))).toBe(0);
  });

  it('stops with the care, and with a pause until its expected return (S2-18)', () => {
    const care = careFrom('2026-04-01');
    const ended = {
      ...care,
      service: {
        ...care.service,
        holders: [...care.service.holders, { fromOn: '2026-04-11', value: null }],
      },
    };
    expect(penceOf(ended)).toBe(10 * 10_000);
    const pause = { suspensionId: 'suspension-1', reason: 'hospital', fromOn: '2026-04-08' };
    const service = suspendedService(care.service, pause);
    expect(penceOf({ ...care, service, suspension: pause })).toBe(7 * 10_000);
    const back = { ...pause, expectedReturnOn: '2027-03-30' };
    expect(penceOf({ ...care, service, suspension: back })).toBe(9 * 10_000);
  });

  it('ends on the planned last day of short-term care, that day included (S2-18, S4-5)', () => {
    const until = (plannedLastDay: string) => penceOf(careFrom('2026-04-01', { plannedLastDay }));
    expect(until('2026-04-07')).toBe(7 * 10_000);
    expect(until('2026-03-31')).toBe(0);
    expect(until('2027-04-01')).toBe(365 * 10_000);
  });

  it('takes a temporary change on its days alone (S2-18)', () => {
    const variation = {
      ...{ variationId: 'variation-1', fromOn: '2026-05-01', lastDay: '2026-05-07' },
      ...{ weeklyMinutes: 0, schedule: [], weeklyCostPence: 140_000 },
    };
    const care = careFrom('2026-04-01', { temporaryVariations: [variation] });
    expect(penceOf(care)).toBe((365 + 7) * 10_000);
  });

  it('costs what it did until the next provider starts (S4-14)', () => {
    const award = { ...holder, providerName: 'Larkspur Care', startOn: '2026-04-11' };
    const served = {
      ...{ award: { ...award, startOn: '2026-01-01' }, stage: 'live' as const },
      ...{ stageSince: '', schedule: [], weeklyMinutes: 0, weeklyCostPence: 7_000 },
    };
    const care = careFrom('2026-01-01', { award, served });
    expect(penceOf(care)).toBe(10 * 1_000 + 355 * 10_000);
  });

  it('counts days without a price, and commits nothing for in-house care (S2-18, S3-11)', () => {
    const { weeklyCostPence: _, ...unpriced } = careFrom('2027-03-30');
    expect(committedOf(unpriced, year)).toEqual({ pence: 0, unpricedDays: 2 });
    const inHouse = { ...holder, contractType: 'in-house' };
    const layer = { sourceId: null, fromOn: '2026-04-01', schedule: [] };
    const service = plannedService(noService, inHouse, layer);
    expect(committedOf({ ...unpriced, service }, year)).toEqual({ pence: 0, unpricedDays: 0 });
  });

  it('is the same to the half penny, wherever a year is cut in two (S2-18)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500_000 }), fc.nat(365), (weeklyCostPence, day) => {
        const care = careFrom('2026-04-01', { weeklyCostPence });
        const cut = addDays(year.fromOn, day);
        const parts =
          penceOf(care, { ...year, endsBefore: cut }) + penceOf(care, { ...year, fromOn: cut });
        expect(Math.abs(parts - penceOf(care))).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('commitment against budget', () => {
  const week = (packageId: string | null, lines: readonly (readonly [string, number])[]) =>
    ({
      ...{ packageId, personId: null, week: '2026-W14' },
      lines: lines.map(([line, pence]) => ({ line, pence })),
    }) as unknown as StatedWeek;

  it('counts a line on the day of its visit, not on that of its statement (S2-18)', () => {
    const lines = [
      ['2026-03-31T08:00/1', 100],
      ['2026-04-01T08:00/1', 250],
      ['2026-04-02T08:00/1', 50],
    ] as const;
    const sums = sumByPackage([week('package-1', lines)], year);
    expect(sums.get('package-1')).toEqual({ pence: 300, lastOn: '2026-04-02' });
  });

  it('counts a week of a block, as blocks are stated, on its Sunday (S2-18, S2-4)', () => {
    const contract = {
      ...{ contractId: 'contract-1', providerId: 'provider-1', startsOn: '2026-01-01' },
      ...{ endsBefore: null, block: { weeklyPence: 700 } },
    };
    const book = { contracts: { 'contract-1': contract } } as unknown as PayBook;
    // 2026-W14 begins on 30 March 2026 and ends on 5 April; 2027-W13 ends on 4 April 2027.
    const blocks = blockWeeks('provider-1', ['2026-W13', '2026-W14', '2027-W12', '2027-W13'], book);
    expect(sumByPackage(blocks, year).get('')).toEqual({ pence: 1_400, lastOn: '2027-03-28' });
    const yearBefore = sumByPackage(blocks, financialYear(2025));
    expect(yearBefore.get('')).toEqual({ pence: 700, lastOn: '2026-03-29' });
  });

  const one = (fields: Partial<PackageCommitment>): PackageCommitment => ({
    ...{ packageId: 'package-1', serviceLine: 'long-term', paidPence: 0, toApprovePence: 0 },
    ...{ accruedPence: 0, committedPence: 0, unpricedDays: 0, ...fields },
  });

  it.each([
    ['at the budget', 1_000, 0],
    ['a penny over it', 999, -1],
  ])('states the headroom %s (S2-18)', (_, longTermPence, headroomPence) => {
    const packages = [
      one({ paidPence: 400, toApprovePence: 100 }),
      one({ packageId: 'package-2', accruedPence: 300, committedPence: 200 }),
      one({ packageId: 'package-3', serviceLine: 'short-term', paidPence: 5 }),
    ];
    const budgets = { longTermPence, shortTermPence: null };
    const [longTerm, shortTerm] = byServiceLine(packages, { budgets });
    expect(longTerm).toMatchObject({ forecastPence: 1_000, headroomPence, packageCount: 2 });
    expect(shortTerm).toMatchObject({ forecastPence: 5, packageCount: 1 });
    expect(shortTerm).not.toHaveProperty('budgetPence');
  });

  it('adds up to the pennies of all packages, those of none among them (S2-18)', () => {
    const pence = fc.nat(1_000_000);
    const packages = fc.record({
      packageId: fc.option(fc.uuid(), { nil: null }),
      serviceLine: fc.constantFrom('long-term', 'short-term', null),
      ...{ paidPence: pence, toApprovePence: pence, accruedPence: pence, committedPence: pence },
      unpricedDays: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(packages), (all) => {
        const budgets = { longTermPence: null, shortTermPence: null };
        const services = byServiceLine(all, { budgets });
        const forecast = services.reduce((sum, { forecastPence }) => sum + forecastPence, 0);
        const each = all.map(
          (a) => a.paidPence + a.toApprovePence + a.accruedPence + a.committedPence,
        );
        expect(forecast).toBe(each.reduce((sum, pence) => sum + pence, 0));
      }),
    );
  });
});
