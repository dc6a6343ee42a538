import { defaultBands, parseBandTable } from '#kernel/payment-bands.js';
import { defaultPaymentTerms } from '#kernel/payment-terms.js';
import type { PayWeek } from '#brokerage/statement/pay-week.rules.js';
import {
  at,
  contract,
  contractId,
  packageWeek,
  providerId,
  visit,
} from '#brokerage/statement/statement.fixtures.js';
import { addPatterns, edgeOf, sumOfPatterns, type Pattern } from './pay-patterns.rules.js';

const found = (weeks: readonly PayWeek[], month = '2026-03', terms: object = {}) => {
  const patterns = new Map<string, Map<string, Pattern>>();
  const contracts = { [contractId]: { ...contract, ...terms } };
  addPatterns(patterns, { weeks, month, book: { contracts, policyChanges: [] } });
  return patterns.get(providerId);
};
const leg = (carerId: string, minutes: number) => ({ carerId, inAt: at(0), outAt: at(minutes) });

describe('Patterns of pay', () => {
  it('see the first two minutes of a band and the two below it (X28)', () => {
    const edges = [23, 24, 25, 26, 27, 28].map((minutes) => edgeOf(minutes, defaultBands));
    expect(edges).toEqual([null, 'under', 'under', 'over', 'over', null]);
    expect([40, 41, 55, 56].map((minutes) => edgeOf(minutes, defaultBands))).toEqual([
      ...['under', 'over', 'under', 'over'],
    ]);
    expect([0, 1, 2].map((minutes) => edgeOf(minutes, defaultBands))).toEqual([null, null, null]);
  });

  it('know the edges of a contract’s own table (X28, S2-17)', () => {
    const table = parseBandTable([
      { fromMinutes: 1, toMinutes: 30, paidMinutes: 30 },
      { fromMinutes: 31, toMinutes: null, paidMinutes: 60 },
    ]);
    if ('refused' in table) throw new Error(table.refused);
    expect([26, 30, 31].map((minutes) => edgeOf(minutes, table.bands))).toEqual([
      ...[null, 'under', 'over'],
    ]);
  });

  it('are counted by carer, and together by provider (X28)', () => {
    const carers = found([
      packageWeek({
        a: visit({ carers: 2, legs: { 1: leg('C-1', 41), 2: leg('C-2', 40) } }),
        b: visit({ legs: { 1: leg('C-1', 56) } }),
        c: visit({ legs: { 1: { carerId: 'C-1', inAt: at(0), outAt: null } } }),
      }),
    ]);
    expect(carers?.get('C-1')).toEqual({ legs: 2, justOver: 2, justUnder: 0, onPlannedMinute: 0 });
    expect(carers?.get('C-2')).toEqual({ legs: 1, justOver: 0, justUnder: 1, onPlannedMinute: 0 });
    expect(sumOfPatterns(carers?.values() ?? [])).toMatchObject({ legs: 3, justOver: 2 });
  });

  it('see a log that ends in the very minute of the plan (X28)', () => {
    const ends = (seconds: number) =>
      found([
        packageWeek({
          a: visit({ legs: { 1: { carerId: 'C-1', inAt: at(3), outAt: at(44, seconds) } } }),
        }),
      ])?.get('C-1')?.onPlannedMinute;
    expect([59, 60, 119, 120].map(ends)).toEqual([0, 1, 1, 0]);
  });

  it('are of one month, and have no edges where minutes are paid as they are (X28, S2-16)', () => {
    const week = packageWeek({ a: visit({ legs: { 1: leg('C-1', 41) } }) });
    expect(found([week], '2026-02')).toBeUndefined();
    const terms = [
      { ...defaultPaymentTerms, basis: 'actual-minutes', effectiveOn: '2026-01-01' },
    ] as const;
    expect(found([week], '2026-03', { terms })?.get('C-1')).toMatchObject({ legs: 1, justOver: 0 });
  });
});
