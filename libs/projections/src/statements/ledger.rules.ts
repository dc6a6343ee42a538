import { splitPence } from '#kernel/split.js';
import type { CivilDate } from '#kernel/time.js';
import type { FundingLine } from '#brokerage/package/package.events.js';
import type { StatedWeek } from '#brokerage/statement/statement.events.js';

/** What one payer owes for one package of a statement (S2-18, S2-21). */
export interface LedgerEntry {
  readonly packageId: string;
  readonly personId: string;
  readonly payer: string;
  readonly ledgerCode: string;
  readonly pence: number;
}

/** Who pays for a package on a date. */
export type FundingOn = (packageId: string, on: CivilDate) => readonly FundingLine[];

const councilAlone: readonly FundingLine[] = [
  { payer: 'council', basisPoints: 10_000, ledgerCode: '' },
];

/**
 * A statement's total by package and payer: each package's pence under one split are summed first
 * and split once, so that the entries sum to the total to the penny (S2-18, S2-21). Hours of a
 * block are the council's and have no package.
 */
export function ledgerOf(weeks: readonly StatedWeek[], fundingOn: FundingOn): LedgerEntry[] {
  const sums = new Map<
    string,
    { week: StatedWeek; lines: readonly FundingLine[]; pence: number }
  >();
  for (const week of weeks) {
    for (const { line, pence } of week.lines) {
      const { packageId } = week;
      const on = line.slice(0, 10);
      const funding = packageId === null ? councilAlone : fundingOn(packageId, on);
      const lines = funding.length > 0 ? funding : councilAlone;
      const key = `${packageId ?? ''}/${lines.map((one) => Object.values(one).join(',')).join(';')}`;
      const before = sums.get(key)?.pence ?? 0;
      sums.set(key, { week, lines, pence: before + pence });
    }
  }
  return [...sums.values()].flatMap(({ week, lines, pence }) => {
    const parts = splitPence(
      pence,
      lines.map(({ basisPoints }) => basisPoints),
    );
    return lines.map(({ payer, ledgerCode }, at) => ({
      ...{ packageId: week.packageId ?? '', personId: week.personId ?? '' },
      ...{ payer, ledgerCode, pence: parts[at] ?? 0 },
    }));
  });
}

/** What a person's care of a week came to: the same facts that pay the provider (X16). */
export interface ChargeEntry {
  readonly personId: string;
  readonly week: string;
  readonly visits: number;
  readonly attendedMinutes: number;
  readonly paidMinutes: number;
  readonly pence: number;
}

/** The lines of approved statements by person and week; adjustments count in the week they correct. */
export function chargesOf(weeks: readonly StatedWeek[]): ChargeEntry[] {
  const charges = new Map<string, ChargeEntry & { readonly seen: Set<string> }>();
  for (const { personId, packageId, week, lines, adjusts } of weeks) {
    if (personId === null) continue;
    const key = `${personId}/${week}`;
    const sum = charges.get(key) ?? {
      ...{ personId, week, visits: 0, attendedMinutes: 0, paidMinutes: 0, pence: 0 },
      seen: new Set<string>(),
    };
    for (const { line } of lines) sum.seen.add(`${packageId}.${line.split('/')[0]}`);
    const attended = adjusts === undefined ? lines : [];
    charges.set(key, {
      ...sum,
      visits: sum.seen.size,
      attendedMinutes: sum.attendedMinutes + total(attended, ({ minutes }) => minutes ?? 0),
      paidMinutes: sum.paidMinutes + total(lines, ({ paidMinutes }) => paidMinutes),
      pence: sum.pence + total(lines, ({ pence }) => pence),
    });
  }
  return [...charges.values()]
    .map(({ seen: _, ...charge }) => charge)
    .toSorted((a, b) => (`${a.personId}/${a.week}` < `${b.personId}/${b.week}` ? -1 : 1));
}

const total = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
