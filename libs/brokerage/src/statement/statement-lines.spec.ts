import fc from 'fast-check';
import { defaultPaymentTerms } from '#kernel/payment-terms.js';
import type { PayContract } from './pay-book.rules.js';
import { clashingLegs } from './pay-clash.rules.js';
import type { PayVisit, PayWeek } from './pay-week.rules.js';
import type { StatedWeek } from './statement.events.js';
import { statedWeeks } from './statement-lines.rules.js';
import { adjustmentsOf, noTotals, withWeeks } from './statement-sums.rules.js';
import {
  at,
  contract,
  contractId,
  otherPackageId,
  otherPersonId,
  otherProviderId,
  packageId,
  packageWeek,
  personId,
  providerId,
  visit,
} from './statement.fixtures.js';

const monday = '2026-03-02.1.1';
const week = '2026-W10';
const linesOf = (packageWeeks: readonly PayWeek[], terms: Partial<PayContract> = {}) =>
  statedWeeks({
    ...{ providerId, weeks: [week], packageWeeks },
    book: { contracts: { [contractId]: { ...contract, ...terms } }, policyChanges: [] },
  });
const leg = (carerId: string, from: number, to: number) => ({
  ...{ carerId, inAt: at(from), outAt: at(to) },
});

describe('The lines of a provider', () => {
  it('are its attended legs by package, week and contract (S2-18)', () => {
    expect(linesOf([packageWeek({ [monday]: visit() })])).toEqual([
      {
        ...{ packageId, personId, contractId, week },
        lines: [
          {
            ...{ line: `${monday}/1`, minutes: 45, paidMinutes: 45 },
            ...{ pencePerHour: 2_400, pence: 1_800 },
          },
        ],
      },
    ]);
  });

  it('are none for a visit that nobody attended, nor for in-house care (S2-18)', () => {
    expect(linesOf([packageWeek({ [monday]: visit({ legs: {} }) })])).toEqual([]);
    expect(linesOf([packageWeek({ [monday]: visit() }, { contractType: 'in-house' })])).toEqual([]);
  });

  it('belong to the provider whose plan holds the visit (S4-14)', () => {
    const holder = { providerId: otherProviderId, contractId, contractType: 'framework' };
    expect(linesOf([packageWeek({ [monday]: visit({ holder }) })])).toEqual([]);
    const taken = packageWeek(
      { [monday]: visit({ holder: { ...holder, providerId } }) },
      { providerId: otherProviderId },
    );
    expect(linesOf([taken])).toHaveLength(1);
  });

  it('pay as many legs as carers were commissioned, the first ones (S2-17d)', () => {
    const legs = { 1: leg('C-1', 0, 45), 2: leg('C-2', 0, 45) };
    const held = (carers: number) =>
      linesOf([packageWeek({ [monday]: visit({ carers, legs }) })]).flatMap(({ lines }) =>
        lines.map(({ heldBecause }) => heldBecause),
      );
    expect(held(2)).toEqual([undefined, undefined]);
    expect(held(1)).toEqual([undefined, 'second-leg-not-commissioned']);
  });

  it('leave out who learns beside the carers, who takes no carer’s place (S2-11, S2-17d)', () => {
    const learns = { ...leg('C-9', 0, 45), shadow: true as const };
    const lines = (legs: PayVisit['legs']) =>
      linesOf([packageWeek({ [monday]: visit({ legs }) })]).flatMap(({ lines: all }) =>
        all.map(({ line, pence, heldBecause }) => ({ line, pence, heldBecause })),
      );
    const paid = { line: `${monday}/2`, pence: 1_800, heldBecause: undefined };
    expect(lines({ 1: learns, 2: leg('C-1', 0, 45) })).toEqual([paid]);
    expect(lines({ 1: leg('C-9', 0, 45), 2: leg('C-1', 0, 45) })).toHaveLength(2);
    expect(lines({ 1: learns })).toEqual([]);
  });

  it('hold a carer who learns in one home while logged in another (S2-11, X12)', () => {
    const learns = { ...leg('C-1', 0, 45), shadow: true as const };
    const elsewhere = packageWeek(
      { [monday]: visit({ legs: { 1: learns } }) },
      { packageId: otherPackageId, personId: otherPersonId },
    );
    const held = linesOf([packageWeek({ [monday]: visit() }), elsewhere]);
    expect(held.flatMap(({ lines }) => lines)).toMatchObject([
      { heldBecause: 'two-homes-at-once' },
    ]);
  });

  it('hold both legs of a carer in two homes at once, not of one that moves on (X12)', () => {
    const elsewhere = (from: number) =>
      packageWeek(
        { [monday]: visit({ legs: { 1: leg('C-1', from, from + 30) } }) },
        { packageId: otherPackageId, personId: otherPersonId },
      );
    const here = packageWeek({ [monday]: visit() });
    expect(clashingLegs(providerId, [here, elsewhere(44)]).size).toBe(2);
    expect(clashingLegs(providerId, [here, elsewhere(45)]).size).toBe(0);
    expect(clashingLegs(otherProviderId, [here, elsewhere(44)]).size).toBe(0);
    const twice = visit({ carers: 2, legs: { 1: leg('C-1', 0, 45), 2: leg('C-1', 0, 45) } });
    expect(clashingLegs(providerId, [packageWeek({ [monday]: twice })]).size).toBe(2);
  });

  it('pay an excused visit by reason and notice (S2-16b)', () => {
    const table = [{ reason: 'non-access', noticeBelowHours: 24, percent: 100 }];
    const terms = [{ ...defaultPaymentTerms, effectiveOn: '2026-01-01', excused: table }];
    const excused = (noticeAt?: string) =>
      linesOf(
        [
          packageWeek({
            [monday]: visit({
              legs: {},
              excused: { reason: 'non-access', ...(noticeAt && { noticeAt }) },
            }),
          }),
        ],
        { terms },
      ).flatMap(({ lines }) => lines.map(({ pence }) => pence));
    expect(excused('2026-03-01T08:00:00.001Z')).toEqual([1_800]);
    expect(excused('2026-03-01T08:00:00.000Z')).toEqual([]);
    expect(excused()).toEqual([]);
  });

  it('pay a retainer for so many days of hospital, counted over weeks (S2-16b)', () => {
    const table = [{ reason: 'hospital', upToDays: 3, percent: 50 }];
    const terms = [{ ...defaultPaymentTerms, effectiveOn: '2026-01-01', excused: table }];
    const away = (on: string): PayVisit =>
      visit({ on, startsAt: `${on}T08:00:00.000Z`, legs: {}, excused: { reason: 'hospital' } });
    const before = packageWeek({ '2026-03-01.1.1': away('2026-03-01') }, { week: '2026-W09' });
    const days = ['2026-03-02', '2026-03-03', '2026-03-04'];
    const now = packageWeek(Object.fromEntries(days.map((on) => [`${on}.1.1`, away(on)])));
    const paid = (weeks: readonly PayWeek[]) =>
      linesOf(weeks, { terms }).flatMap(({ lines }) => lines.map(({ line }) => line.slice(0, 10)));
    expect(paid([now])).toEqual(days);
    expect(paid([before, now])).toEqual(days.slice(0, 2));
  });

  it('do not pay again what a block bought, and pay the block (S2-4)', () => {
    const windows = [{ name: 'morning', from: '07:00', before: '09:00' }];
    const block = { scheme: 'Rowan Court', windows, weeklyMinutes: 60, weeklyPence: 7_000 };
    const tenancies = [{ tenancyId: 't', personId, fromOn: '2026-01-01', endsBefore: null }];
    const on = '2026-03-03';
    const tuesday = visit({
      ...{ on, startsAt: '2026-03-03T08:00:00.000Z' },
      legs: {
        1: { carerId: 'C-1', inAt: '2026-03-03T08:00:00.000Z', outAt: '2026-03-03T08:45:00.000Z' },
      },
    });
    const weeks = [packageWeek({ [monday]: visit(), '2026-03-03.1.1': tuesday })];
    const stated = linesOf(weeks, { type: 'block', block, tenancies });
    expect(stated).toMatchObject([
      { packageId: null, lines: [{ line: 'block', pence: 7_000 }] },
      {
        lines: [
          { blockMinutes: 45, paidMinutes: 0, pence: 0 },
          { blockMinutes: 15, paidMinutes: 30, pence: 1_200 },
        ],
      },
    ]);
    const starting = { type: 'block', block, tenancies, startsOn: '2026-03-07' } as const;
    expect(linesOf([], starting)).toMatchObject([{ lines: [{ pence: 2_000 }] }]);
  });
});

describe('The lines of any weeks', () => {
  it('are the same in whatever order the weeks and their visits came (S2-18)', () => {
    const someVisit = fc.record({
      ...{ minute: fc.integer({ min: 0, max: 300 }), lasts: fc.integer({ min: 0, max: 120 }) },
      ...{ carer: fc.constantFrom('C-1', 'C-2'), carers: fc.integer({ min: 1, max: 2 }) },
    });
    const someWeek = fc.array(someVisit, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(someWeek, { minLength: 1, maxLength: 4 }), (given) => {
        const weeks = given.map((visits, at) =>
          packageWeek(
            Object.fromEntries(
              visits.map(({ minute, lasts, carer, carers }, line) => [
                `2026-03-02.${line + 1}.1`,
                visit({ carers, legs: { 1: leg(carer, minute, minute + lasts) } }),
              ]),
            ),
            { packageId: `p${at}`, personId: `person ${at}` },
          ),
        );
        const turned = weeks.toReversed().map((one) => ({
          ...one,
          visits: Object.fromEntries(Object.entries(one.visits).toReversed()),
        }));
        const lines = linesOf(weeks);
        expect(linesOf(turned)).toEqual(lines);
        const sum = lines.flatMap((one) => one.lines).reduce((all, { pence }) => all + pence, 0);
        expect(withWeeks(noTotals, lines).totalPence).toBe(sum);
      }),
    );
  });
});

describe('The totals of a statement', () => {
  it('are the sums of its lines, held ones apart (S2-18)', () => {
    const over = visit({ legs: { 1: leg('C-1', 0, 71) } });
    const weeks = linesOf([packageWeek({ [monday]: over })]);
    expect(withWeeks(noTotals, weeks)).toEqual({
      ...{ lines: 1, pence: 2_400, adjustmentLines: 0, adjustmentPence: 0 },
      ...{ heldLines: 1, heldPence: 600, totalPence: 2_400 },
    });
  });
});

describe('Adjustments of a closed statement', () => {
  const before = linesOf([packageWeek({ [monday]: visit() })]);
  const now = (legs: PayVisit['legs']) => linesOf([packageWeek({ [monday]: visit({ legs }) })]);

  it('are none where nothing came (X14)', () => {
    expect(adjustmentsOf('2026-03-02', before, before)).toEqual([]);
    // 54 minutes are of the same band as 45.
    expect(adjustmentsOf('2026-03-02', now({ 1: leg('C-1', 0, 54) }), before)).toEqual([]);
  });

  it('are the difference of a corrected line, naming the period (X14)', () => {
    const corrected = now({ 1: leg('C-1', 0, 56) });
    const [adjusted] = adjustmentsOf('2026-03-02', corrected, before);
    expect(adjusted).toMatchObject({
      adjusts: '2026-03-02',
      lines: [{ paidMinutes: 15, pence: 600, statedPence: 1_800, statedMinutes: 45 }],
    });
  });

  it('take back a line that is gone, and pay one that came late (X14)', () => {
    expect(adjustmentsOf('2026-03-02', now({}), before)).toMatchObject([
      { lines: [{ line: `${monday}/1`, pence: -1_800, paidMinutes: -45 }] },
    ]);
    expect(adjustmentsOf('2026-03-02', before, [])).toMatchObject([{ lines: [{ pence: 1_800 }] }]);
  });

  it('net out: stated and adjusted together are what is right now (X14)', () => {
    const corrected = now({ 1: leg('C-1', 0, 25) });
    const adjusted = adjustmentsOf('2026-03-02', corrected, before);
    const sum = withWeeks(withWeeks(noTotals, before), adjusted).totalPence;
    expect(sum).toBe(withWeeks(noTotals, corrected).totalPence);
    expect(adjustmentsOf('2026-03-02', corrected, [...before, ...adjusted])).toEqual([]);
  });

  it('net out whatever was corrected, and in whatever order (X14)', () => {
    const attended = fc.record({
      ...{ visit: fc.integer({ min: 1, max: 3 }), leg: fc.constantFrom(1, 2) },
      lasts: fc.option(fc.integer({ min: 0, max: 130 })),
    });
    type Correction = { visit: number; leg: number; lasts: number | null };
    const after = (corrections: readonly Correction[]) => {
      const visits: Record<string, PayVisit> = {};
      for (const number of [1, 2, 3]) {
        const legs: Record<string, PayVisit['legs'][string]> = { 1: leg(`C-${number}`, 0, 45) };
        for (const { visit: of, leg: at, lasts } of corrections) {
          if (of !== number) continue;
          if (lasts === null) delete legs[at];
          else legs[at] = leg(`C-${number}${at}`, 0, lasts);
        }
        visits[`2026-03-02.${number}.1`] = visit({ legs });
      }
      return linesOf([packageWeek(visits)]);
    };
    const totalOf = (weeks: readonly StatedWeek[]) => withWeeks(noTotals, weeks).totalPence;
    /** States once, then adjusts after each correction, as statement follows statement. */
    const adjustedOneByOne = (corrections: readonly Correction[]) => {
      const stated = after([]);
      for (const upTo of corrections.keys()) {
        const now = after(corrections.slice(0, upTo + 1));
        stated.push(...adjustmentsOf('2026-03-02', now, stated));
      }
      return stated;
    };
    // One correction to each leg at most: these may come in any order and mean the same.
    const onePerLeg = fc.uniqueArray(attended, {
      ...{ maxLength: 6, selector: ({ visit: of, leg: at }) => `${of}/${at}` },
    });
    fc.assert(
      fc.property(fc.array(attended, { maxLength: 12 }), (corrections) => {
        const stated = adjustedOneByOne(corrections);
        const now = after(corrections);
        expect(totalOf(stated)).toBe(totalOf(now));
        expect(adjustmentsOf('2026-03-02', now, stated)).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(onePerLeg, fc.nat(), (corrections, turn) => {
        const at = corrections.length === 0 ? 0 : turn % corrections.length;
        const turned = [...corrections.slice(at), ...corrections.slice(0, at)].toReversed();
        expect(totalOf(adjustedOneByOne(turned))).toBe(totalOf(adjustedOneByOne(corrections)));
      }),
    );
  });

  it('tell minutes that are held now, though no money moves yet (X14, S2-17b)', () => {
    const over = now({ 1: leg('C-1', 0, 71) });
    const sixty = now({ 1: leg('C-1', 0, 60) });
    expect(adjustmentsOf('2026-03-02', over, sixty)).toMatchObject([
      { lines: [{ pence: 0, heldMinutes: 15 }] },
    ]);
  });
});
