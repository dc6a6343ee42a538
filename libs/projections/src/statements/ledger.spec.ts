import fc from 'fast-check';
import type { FundingLine } from '#brokerage/package/package.events.js';
import type { PayLine, StatedWeek } from '#brokerage/statement/statement.events.js';
import { csvText } from './csv-text.js';
import { chargesOf, ledgerOf } from './ledger.rules.js';

const contractId = 'c';
const line = (pence: number, more: Partial<PayLine> = {}): PayLine => ({
  ...{ line: '2026-03-02.1.1/1', minutes: 44, paidMinutes: 45, pencePerHour: 2_000, pence },
  ...more,
});
const stated = (lines: readonly PayLine[], more: Partial<StatedWeek> = {}): StatedWeek => ({
  ...{ packageId: 'p1', personId: 'a', contractId, week: '2026-W10', lines },
  ...more,
});
const joint: readonly FundingLine[] = [
  { payer: 'council', basisPoints: 6_667, ledgerCode: 'ASC-1' },
  { payer: 'nhs', basisPoints: 3_333, ledgerCode: 'ICB-9' },
];
const council: readonly FundingLine[] = [
  { payer: 'council', basisPoints: 10_000, ledgerCode: 'ASC-1' },
];

describe('The ledger of a statement', () => {
  it('splits each package’s pence over its payers, each with its code (S2-18, S2-21)', () => {
    const entries = ledgerOf([stated([line(100), line(1)])], () => joint);
    expect(entries).toEqual([
      { packageId: 'p1', personId: 'a', payer: 'council', ledgerCode: 'ASC-1', pence: 67 },
      { packageId: 'p1', personId: 'a', payer: 'nhs', ledgerCode: 'ICB-9', pence: 34 },
    ]);
  });

  it('splits by who pays on the visit’s date (S2-21)', () => {
    const lines = [line(100), line(100, { line: '2026-03-03.1.1/1' })];
    const entries = ledgerOf([stated(lines)], (_, on) => (on < '2026-03-03' ? council : joint));
    expect(entries.map(({ payer, pence }) => [payer, pence])).toEqual([
      ['council', 100],
      ['council', 67],
      ['nhs', 33],
    ]);
  });

  it('leaves a package without a split and the hours of a block to the council (S2-18)', () => {
    const block = stated([line(7_000, { line: 'block' })], { packageId: null, personId: null });
    expect(ledgerOf([stated([line(5)]), block], () => [])).toMatchObject([
      { packageId: 'p1', payer: 'council', ledgerCode: '', pence: 5 },
      { packageId: '', payer: 'council', ledgerCode: '', pence: 7_000 },
    ]);
  });

  it('sums to the statement’s total to the penny, take-backs too (S2-18, S2-21)', () => {
    const pence = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(pence, fc.integer({ min: 0, max: 10_000 }), (amounts, points) => {
        const split = [
          { payer: 'council', basisPoints: points, ledgerCode: 'A' },
          { payer: 'nhs', basisPoints: 10_000 - points, ledgerCode: 'B' },
        ];
        const weeks = amounts.map((amount, at) =>
          stated([line(amount)], { packageId: `p${at % 3}` }),
        );
        const sum = (all: readonly { pence: number }[]) =>
          all.reduce((total, each) => total + each.pence, 0);
        expect(sum(ledgerOf(weeks, () => split))).toBe(
          amounts.reduce((total, amount) => total + amount, 0),
        );
      }),
    );
  });
});

describe('The charges of a person', () => {
  it('are by person and week: visits, minutes and pence of the same lines (X16)', () => {
    const twoLegs = [line(1_500), line(1_500, { line: '2026-03-02.1.1/2' })];
    const weeks = [
      stated(twoLegs),
      stated([line(700, { line: '2026-03-03.1.1/1' })], { packageId: 'p2' }),
      stated([line(900)], { personId: 'b' }),
      stated([line(7_000, { line: 'block' })], { packageId: null, personId: null }),
    ];
    expect(chargesOf(weeks)).toEqual([
      {
        ...{ personId: 'a', week: '2026-W10', visits: 2, attendedMinutes: 132 },
        ...{ paidMinutes: 135, pence: 3_700 },
      },
      {
        ...{ personId: 'b', week: '2026-W10', visits: 1, attendedMinutes: 44 },
        ...{ paidMinutes: 45, pence: 900 },
      },
    ]);
  });

  it('are corrected in the week that an adjustment is of (X14, X16)', () => {
    const taken = line(-1_500, { paidMinutes: -45, statedPence: 1_500 });
    const weeks = [stated([line(1_500)]), stated([taken], { adjusts: '2026-02-02' })];
    expect(chargesOf(weeks)).toMatchObject([{ week: '2026-W10', pence: 0, paidMinutes: 0 }]);
  });
});

describe('CSV', () => {
  it('has a header, and no cell that a spreadsheet takes for a formula', () => {
    expect(csvText(['a', 'b'], [['=1+1', -12]])).toBe("a,b\r\n'=1+1,-12\r\n");
    expect(csvText(['a'], [['x,"y"']])).toBe('a\r\n"x,""y"""\r\n');
  });
});
