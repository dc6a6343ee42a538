import type { PayLine, StatedWeek, StatementTotals } from './statement.events.js';

/** A line among all of a statement: `<packageId>.<visit>/<leg>`, or `<contractId>.<week>.block`. */
export const lineKeyOf = (week: StatedWeek, { line }: Pick<PayLine, 'line'>): string =>
  week.packageId === null ? `${week.contractId}.${week.week}.${line}` : `${week.packageId}.${line}`;

export const noTotals: StatementTotals = {
  ...{ lines: 0, pence: 0, adjustmentLines: 0, adjustmentPence: 0 },
  ...{ heldLines: 0, heldPence: 0, totalPence: 0 },
};

/** Totals with further weeks; the total is the sum of the lines (S2-18). */
export function withWeeks(totals: StatementTotals, weeks: readonly StatedWeek[]): StatementTotals {
  const sum = { ...totals };
  for (const { adjusts, lines } of weeks) {
    for (const { pence, heldMinutes, heldPence } of lines) {
      if (adjusts === undefined) {
        sum.lines += 1;
        sum.pence += pence;
      } else {
        sum.adjustmentLines += 1;
        sum.adjustmentPence += pence;
      }
      if (heldMinutes !== undefined) sum.heldLines += 1;
      sum.heldPence += heldPence ?? 0;
      sum.totalPence += pence;
    }
  }
  return sum;
}

/** What closed statements have stated of one line, all together. */
export interface StatedLine {
  readonly pence: number;
  readonly paidMinutes: number;
  readonly heldMinutes: number;
}

/** What closed statements have stated, line by line, the oldest first (X14). */
export function statedLines(weeks: readonly StatedWeek[]): ReadonlyMap<string, StatedLine> {
  const stated = new Map<string, StatedLine>();
  for (const week of weeks) {
    for (const line of week.lines) {
      const key = placeKey(week, line);
      const before = stated.get(key);
      stated.set(key, {
        pence: (before?.pence ?? 0) + line.pence,
        paidMinutes: (before?.paidMinutes ?? 0) + line.paidMinutes,
        heldMinutes: line.heldMinutes ?? 0,
      });
    }
  }
  return stated;
}

const placeKey = (week: StatedWeek, line: Pick<PayLine, 'line'>): string =>
  `${week.week}/${week.contractId}/${lineKeyOf(week, line)}`;

/**
 * The lines that correct what closed statements of one period have stated: the difference between a
 * line as it is now and as it was stated, where there is one (X14).
 */
export function adjustmentsOf(
  periodStartsOn: string,
  now: readonly StatedWeek[],
  before: readonly StatedWeek[],
): StatedWeek[] {
  const stated = statedLines(before);
  const seen = new Set<string>();
  const changed = now.map((week) => ({
    ...week,
    lines: week.lines.flatMap((line) => {
      const key = placeKey(week, line);
      seen.add(key);
      return differenceOf(line, stated.get(key));
    }),
  }));
  const gone = before.map((week) => ({
    ...week,
    lines: week.lines.flatMap(({ line }) => {
      const key = placeKey(week, { line });
      if (seen.has(key)) return [];
      seen.add(key);
      return differenceOf({ line, paidMinutes: 0, pencePerHour: 0, pence: 0 }, stated.get(key));
    }),
  }));
  return [...changed, ...gone]
    .filter(({ lines }) => lines.length > 0)
    .map((week) => ({ ...week, adjusts: periodStartsOn }));
}

const nothing: StatedLine = { pence: 0, paidMinutes: 0, heldMinutes: 0 };

function differenceOf(line: PayLine, before: StatedLine = nothing): PayLine[] {
  const pence = line.pence - before.pence;
  const paidMinutes = line.paidMinutes - before.paidMinutes;
  const same = pence === 0 && paidMinutes === 0 && (line.heldMinutes ?? 0) === before.heldMinutes;
  const stated = { statedPence: before.pence, statedMinutes: before.paidMinutes };
  return same ? [] : [{ ...line, paidMinutes, pence, ...stated }];
}
