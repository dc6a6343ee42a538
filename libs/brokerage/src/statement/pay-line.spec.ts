import fc from 'fast-check';
import { parseBandTable } from '#kernel/payment-bands.js';
import { defaultPaymentTerms, type PaymentTerms } from '#kernel/payment-terms.js';
import { explainLeg } from './explain-line.rules.js';
import { excusedLine, legLine, penceFor, priced, type LegToPay } from './pay-line.rules.js';
import { at, attended, lineTerms } from './statement.fixtures.js';

const line = (leg: LegToPay, terms: Partial<PaymentTerms> = {}, more: object = {}) =>
  priced(
    'x/1',
    legLine(leg, { ...lineTerms, terms: { ...defaultPaymentTerms, ...terms }, ...more }),
  );

describe('The pay of a leg', () => {
  it.each([
    [25, 59, 15],
    [26, 0, 30],
    [40, 59, 30],
    [41, 0, 45],
    [55, 59, 45],
    [56, 0, 60],
  ])('of %i min %i s is %i minutes by the bands (S2-16, S2-17)', (minutes, seconds, paid) => {
    expect(line(attended(minutes, seconds))).toMatchObject({ minutes, paidMinutes: paid });
  });

  it('is the hourly rate of its minutes, rounded half-up once (S2-18)', () => {
    expect(line(attended(45))).toEqual({
      ...{ line: 'x/1', minutes: 45, paidMinutes: 45, pencePerHour: 2_400, pence: 1_800 },
    });
    expect(penceFor(2_002, 15)).toBe(501); // 500.5
    expect(penceFor(2_001, 15)).toBe(500); // 500.25
  });

  it('is priced by length, weekend and bank holiday of the agreed start (S1-14, S2-18)', () => {
    expect(line(attended(30, 0, { minutes: 30 })).pencePerHour).toBe(2_500);
    expect(line(attended(30, 0, { minutes: 31 })).pencePerHour).toBe(2_400);
    expect(line(attended(45, 0, { on: '2026-03-01' })).pencePerHour).toBe(3_000);
    expect(line(attended(45, 0, { on: '2026-04-06' })).pencePerHour).toBe(4_800);
    expect(line(attended(45, 0, { on: '2026-04-07' })).pencePerHour).toBe(2_400);
  });

  it('ends one band above the commissioned one, and the rest is held (S2-17b)', () => {
    expect(line(attended(70))).toMatchObject({ paidMinutes: 60 });
    expect(line(attended(70)).heldMinutes).toBeUndefined();
    expect(line(attended(71))).toMatchObject({
      ...{ paidMinutes: 60, pence: 2_400, heldBecause: 'over-commissioned' },
      ...{ heldMinutes: 15, heldPence: 600 },
    });
  });

  it('has the contract’s own tolerance where it names one (S2-17b)', () => {
    const none = { overCommissionBands: 0 };
    expect(line(attended(55), none)).toMatchObject({ paidMinutes: 45 });
    expect(line(attended(56), none)).toMatchObject({ paidMinutes: 45, heldMinutes: 15 });
    expect(line(attended(86), { overCommissionBands: 3 })).toMatchObject({ paidMinutes: 90 });
  });

  it('pays approved minutes of the held ones, never more (S2-17b)', () => {
    expect(line(attended(86, 0, { approvedMinutes: 15 }))).toMatchObject({
      ...{ paidMinutes: 75, approvedMinutes: 15, heldMinutes: 15 },
    });
    const all = line(attended(86, 0, { approvedMinutes: 99 }));
    expect(all).toMatchObject({ paidMinutes: 90, approvedMinutes: 30 });
    expect(all.heldBecause).toBeUndefined();
  });

  it('is the lowest band and a flag from 1 to 10 minutes, and held below 1 (S2-17c)', () => {
    expect(line(attended(0, 59))).toMatchObject({
      ...{ paidMinutes: 0, pence: 0, heldBecause: 'under-one-minute', heldMinutes: 45 },
    });
    expect(line(attended(1))).toMatchObject({ paidMinutes: 15, short: true });
    expect(line(attended(10, 59))).toMatchObject({ paidMinutes: 15, short: true });
    expect(line(attended(11)).short).toBeUndefined();
  });

  it('is held without a log-out, not banded (S2-17c)', () => {
    const leg = { carerId: 'C-1', inAt: at(0), outAt: null };
    const held = line(attended(45, 0, { leg }));
    expect(held).toMatchObject({ paidMinutes: 0, heldBecause: 'no-log-out', heldMinutes: 45 });
    expect(held.minutes).toBeUndefined();
  });

  it('of a second carer is paid when commissioned, else held until approved (S2-17d)', () => {
    const second = { second: true, commissioned: true };
    expect(line(attended(45, 0, second))).toMatchObject({ paidMinutes: 45 });
    expect(line(attended(45, 0, { ...second, commissioned: false }))).toMatchObject({
      ...{ paidMinutes: 0, heldBecause: 'second-leg-not-commissioned', heldMinutes: 45 },
    });
    expect(line(attended(45, 0, second), { secondLeg: 'when-approved' })).toMatchObject({
      heldBecause: 'second-leg-not-commissioned',
    });
    const first = { second: false, commissioned: true };
    expect(line(attended(45, 0, first), { secondLeg: 'when-approved' }).paidMinutes).toBe(45);
    const approved = { ...second, commissioned: false, approvedMinutes: 45 };
    expect(line(attended(45, 0, approved))).toMatchObject({ paidMinutes: 45 });
  });

  it('is held for a manual log without a reason, and paid with one (X12)', () => {
    const leg = { carerId: 'C-1', inAt: at(0), outAt: at(45), manual: true as const };
    expect(line(attended(45, 0, { leg })).heldBecause).toBe('manual-without-reason');
    const told = { ...leg, manualReason: 'no-signal' as const };
    expect(line(attended(45, 0, { leg: told })).paidMinutes).toBe(45);
  });

  it('is held where the carer is in two homes, and where there is no price (X12)', () => {
    expect(line(attended(45, 0, { clashes: true })).heldBecause).toBe('two-homes-at-once');
    expect(line(attended(45), {}, { card: undefined })).toMatchObject({
      ...{ heldBecause: 'no-rate', pencePerHour: 0, pence: 0, heldMinutes: 45 },
    });
  });

  it('is by minutes or by plan where the contract says so (S2-16)', () => {
    expect(line(attended(44), { basis: 'actual-minutes' }).paidMinutes).toBe(44);
    expect(line(attended(61), { basis: 'actual-minutes' })).toMatchObject({
      ...{ paidMinutes: 60, heldMinutes: 1 },
    });
    expect(line(attended(20), { basis: 'planned' }).paidMinutes).toBe(45);
    expect(line(attended(90), { basis: 'planned' })).toMatchObject({ paidMinutes: 45 });
  });

  it('is capped at an hour, or banded by the contract’s own table (S2-17)', () => {
    expect(line(attended(90), { bands: { kind: 'quarter-hours', cap60: true } })).toMatchObject({
      paidMinutes: 60,
    });
    const table = parseBandTable([
      { fromMinutes: 1, toMinutes: 30, paidMinutes: 30 },
      { fromMinutes: 31, toMinutes: null, paidMinutes: 60 },
    ]);
    if ('refused' in table) throw new Error(table.refused);
    expect(line(attended(30), { bands: table.bands }).paidMinutes).toBe(30);
    expect(line(attended(31), { bands: table.bands }).paidMinutes).toBe(60);
  });

  it('never falls with more time, and paid and held together are what was banded (S2-17)', () => {
    const minutes = fc.integer({ min: 1, max: 600 });
    const planned = fc.integer({ min: 15, max: 240 });
    fc.assert(
      fc.property(minutes, planned, (time, plan) => {
        const less = line(attended(time, 0, { minutes: plan }));
        const more = line(attended(time + 1, 0, { minutes: plan }));
        const banded = 15 * Math.max(1, Math.floor((time + 4) / 15));
        expect(more.pence).toBeGreaterThanOrEqual(less.pence);
        expect(less.paidMinutes + (less.heldMinutes ?? 0)).toBe(banded);
        const all = penceFor(less.pencePerHour, banded);
        expect(less.pence + (less.heldPence ?? 0)).toBe(all);
      }),
    );
  });
});

describe('An excused visit', () => {
  const planned = { on: '2026-03-02', agreedStart: '08:00', minutes: 45, carers: 2 };

  it('pays nothing, or the agreed part of its plan for each carer (S2-16b)', () => {
    expect(excusedLine({ ...planned, percent: 0 }, lineTerms)).toBeUndefined();
    const half = excusedLine({ ...planned, percent: 50 }, lineTerms);
    expect(half && priced('x/excused', half)).toEqual({
      ...{ line: 'x/excused', paidMinutes: 90, pencePerHour: 2_400, percent: 50, pence: 1_800 },
    });
  });
});

describe('The explanation of a leg', () => {
  it('names logs, minutes, band, rate and sum (S2-18)', () => {
    const leg = attended(56);
    expect(explainLeg(leg, lineTerms, line(leg))).toEqual([
      'The visit was agreed for 08:00 on 2026-03-02, 45 minutes.',
      'Carer C-1 logged in at 08:00 and out at 08:56.',
      '3360 seconds are 56 whole minutes; a started minute does not count.',
      '56 minutes lie in the band from 56 to 70 minutes, which pays 60: 15 × max(1, floor((56 + 4) / 15)) = 60 (S2-17).',
      'Without approval at most 60 minutes are paid for 45 planned (S2-17b).',
      'A 45-minute weekday-day visit costs £24.00 an hour by the rate card of 2025-01-01 (S1-14).',
      '60 minutes × £24.00 / 60 = £24.00, rounded once (S2-18).',
    ]);
  });

  it('says why minutes are held, and what was approved (S2-17b, X12)', () => {
    const over = attended(86, 0, { approvedMinutes: 15 });
    expect(explainLeg(over, lineTerms, line(over)).join(' ')).toContain(
      'the rest is held (S2-17b). 15 minutes wait. A second person approved 15 minutes of it.',
    );
    const clash = attended(45, 0, { clashes: true });
    expect(explainLeg(clash, lineTerms, line(clash)).join(' ')).toContain('two homes at once');
  });
});
