import fc from 'fast-check';
import {
  defaultBands,
  isShortVisit,
  mostPaidMinutes,
  paidMinutes,
  parseBandTable,
  type BandRow,
  type PaymentBands,
} from './payment-bands.js';

const row = (fromMinutes: number, toMinutes: number | null, paid: number): BandRow => ({
  fromMinutes,
  toMinutes,
  paidMinutes: paid,
});
const sourceTable = [row(1, 25, 15), row(26, 40, 30), row(41, 55, 45), row(57, null, 60)];
const repaired = [...sourceTable.slice(0, 3), row(56, null, 60)];

function tableOf(rows: readonly BandRow[]): PaymentBands {
  const parsed = parseBandTable(rows);
  if ('refused' in parsed) throw new Error(parsed.refused);
  return parsed.bands;
}

describe('Quarter-hour bands', () => {
  it.each([
    [1, 15],
    [10, 15],
    [15, 15],
    [25, 15],
    [26, 30],
    [40, 30],
    [41, 45],
    [55, 45],
    [56, 60],
    [70, 60],
    [71, 75],
    [85, 75],
    [86, 90],
    [100, 90],
  ])('pay %i minutes as %i (S2-17)', (minutes, paid) => {
    expect(paidMinutes(minutes * 60, defaultBands)).toBe(paid);
    expect(paidMinutes(minutes * 60 + 59)).toBe(paid);
  });

  it('pay 25 minutes 59 seconds as 15 and one second more as 30 (S2-17)', () => {
    expect(paidMinutes(25 * 60 + 59)).toBe(15);
    expect(paidMinutes(26 * 60)).toBe(30);
  });

  it('stop at the hour only where the contract says so (S2-17)', () => {
    const capped = { kind: 'quarter-hours', cap60: true } as const;
    expect([55, 56, 70, 71, 300].map((minutes) => paidMinutes(minutes * 60, capped))).toEqual([
      45, 60, 60, 60, 60,
    ]);
    expect(paidMinutes(300 * 60)).toBe(300);
  });

  it('are total and never pay less for more time (S2-17)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 90_000 }), fc.boolean(), (seconds, cap60) => {
        const bands = { kind: 'quarter-hours', cap60 } as const;
        const paid = paidMinutes(seconds, bands) ?? 0;
        expect(paid).toBeGreaterThanOrEqual(15);
        expect(paid % 15).toBe(0);
        expect(paidMinutes(seconds + 1, bands)).toBeGreaterThanOrEqual(paid);
      }),
    );
  });
});

describe('A leg', () => {
  it('under one minute is held, from one minute on paid (S2-17c)', () => {
    expect(paidMinutes(0)).toBeNull();
    expect(paidMinutes(59)).toBeNull();
    expect(paidMinutes(60)).toBe(15);
    expect(paidMinutes(59, tableOf(repaired))).toBeNull();
    expect(paidMinutes(-60)).toBeNull();
  });

  it('of 1 to 10 minutes is flagged as short (S2-17c)', () => {
    expect([59, 60, 10 * 60 + 59, 11 * 60].map(isShortVisit)).toEqual([false, true, true, false]);
  });
});

describe('A table of bands', () => {
  it('is refused where a minute has no band: the source leaves out 56 (S2-17)', () => {
    expect(parseBandTable(sourceTable)).toEqual({ refused: 'gap at 56' });
    expect(parseBandTable(repaired)).toHaveProperty('bands');
  });

  it('pays as the quarter hours do once its gap is closed (S2-17)', () => {
    const bands = tableOf(repaired);
    const capped = { kind: 'quarter-hours', cap60: true } as const;
    for (let minutes = 1; minutes <= 120; minutes += 1) {
      expect(paidMinutes(minutes * 60, bands)).toBe(paidMinutes(minutes * 60, capped));
    }
  });

  it.each<[string, readonly BandRow[]]>([
    ['gap at 1', []],
    ['gap at 1', [row(2, null, 15)]],
    ['gap at 26', [row(1, 25, 15)]],
    ['gap at 26', [row(1, 25, 15), row(27, null, 30)]],
    ['overlap at 25', [row(1, 25, 15), row(25, null, 30)]],
    ['overlap at 1', [row(1, 25, 15), row(1, null, 15)]],
    ['overlap at 0', [row(0, null, 15)]],
    ['overlap at 26', [row(1, null, 15), row(26, null, 30)]],
    ['out of order at 20', [row(1, 25, 15), row(26, 40, 30), row(20, null, 45)]],
    ['paid minutes fall at 26', [row(1, 25, 15), row(26, null, 14)]],
    ['row 2 ends before it begins', [row(1, 25, 15), row(26, 25, 30)]],
    ['row 1 is not in whole minutes', [row(1, 25.5, 15)]],
    ['row 1 is not in whole minutes', [row(1, null, -15)]],
    ['row 1 is not in whole minutes', [row(1, null, Number.NaN)]],
  ])('is refused: %s (S2-17)', (refused, rows) => {
    expect(parseBandTable(rows)).toEqual({ refused });
  });

  it('may pay the same for two bands, and one band may pay for all (S2-17)', () => {
    expect(paidMinutes(26 * 60, tableOf([row(1, 25, 15), row(26, null, 15)]))).toBe(15);
    expect(paidMinutes(500 * 60, tableOf([row(1, null, 15)]))).toBe(15);
  });

  const anyTable = fc
    .array(
      fc.record({
        minutes: fc.integer({ min: 1, max: 30 }),
        more: fc.integer({ min: 0, max: 20 }),
      }),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((steps) => {
      let [next, paid] = [1, 0];
      return steps.map(({ minutes, more }, at) => {
        const from = next;
        [next, paid] = [next + minutes, paid + more];
        return row(from, at === steps.length - 1 ? null : next - 1, paid);
      });
    });

  it('that is accepted pays each minute by exactly one row, never less for more (S2-17)', () => {
    fc.assert(
      fc.property(anyTable, fc.integer({ min: 1, max: 400 }), (rows, minutes) => {
        const bands = tableOf(rows);
        const holding = rows.filter(
          (band) => band.fromMinutes <= minutes && minutes <= (band.toMinutes ?? Infinity),
        );
        expect(holding.map((band) => band.paidMinutes)).toEqual([paidMinutes(minutes * 60, bands)]);
        expect(paidMinutes((minutes + 1) * 60, bands)).toBeGreaterThanOrEqual(
          paidMinutes(minutes * 60, bands) ?? 0,
        );
      }),
    );
  });

  it('with one minute left out of a band is refused (S2-17)', () => {
    fc.assert(
      fc.property(anyTable, fc.nat(), (rows, pick) => {
        const at = pick % rows.length;
        const holed = rows.map((band, index) =>
          index === at ? { ...band, fromMinutes: band.fromMinutes + 1 } : band,
        );
        const damaged = holed[at];
        fc.pre(!!damaged && damaged.fromMinutes <= (damaged.toMinutes ?? Infinity));
        expect(parseBandTable(holed)).toEqual({
          refused: `gap at ${(damaged?.fromMinutes ?? 0) - 1}`,
        });
      }),
    );
  });
});

describe('The most that is paid without approval', () => {
  const capped: PaymentBands = { kind: 'quarter-hours', cap60: true };
  const table = tableOf([row(1, 20, 20), row(21, 40, 20), row(41, null, 60)]);

  it('is so many bands above the commissioned one (S2-17b)', () => {
    expect([0, 1, 2].map((above) => mostPaidMinutes(45, defaultBands, above))).toEqual([
      ...[45, 60, 75],
    ]);
    expect(mostPaidMinutes(25, defaultBands, 1)).toBe(30);
    expect(mostPaidMinutes(26, defaultBands, 1)).toBe(45);
  });

  it('ends at the cap and with the table, where more time pays the same (S2-17b)', () => {
    expect([45, 60].map((planned) => mostPaidMinutes(planned, capped, 1))).toEqual([60, 60]);
    expect([0, 1, 2].map((above) => mostPaidMinutes(20, table, above))).toEqual([20, 60, 60]);
    expect(mostPaidMinutes(60, table, 1)).toBe(60);
  });
});
