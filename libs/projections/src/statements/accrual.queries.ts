import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemActor } from '#kernel/actor.js';
import { payPeriodOf } from '#kernel/payment-period.js';
import { policyOn } from '#kernel/council-policy.js';
import {
  addDays,
  firstOfMonth,
  isoWeekOf,
  mondayOf,
  monthAfter,
  weeksFrom,
  type CivilDate,
  type Month,
} from '#kernel/time.js';
import type { StatedWeek } from '#brokerage/statement/statement.events.js';
import { noTotals, withWeeks } from '#brokerage/statement/statement-sums.rules.js';
import { statementIdOf } from '#brokerage/statement/statement.rules.js';
import { asOf } from '#platform/graphql/paging.view.js';
import { addPatterns, sumOfPatterns, type Pattern } from '../pay/pay-patterns.rules.js';
import { linesOfWeeks, payBook, type PayReader } from '../pay/statement-lines.queries.js';
import type { PayAccrual, ProviderAccrual } from './accrual.view.js';
import type { PayPatterns } from './pay-patterns.view.js';

/** What visits cost that were delivered by a month's last day and that no statement has (S2-18). */
export async function accrualOf(reader: PayReader, month: Month): Promise<PayAccrual> {
  const lastDay = addDays(firstOfMonth(monthAfter(month, 1)), -1);
  const stand = asOf(reader.asOf());
  const book = payBook(reader);
  const providers: ProviderAccrual[] = [];
  for (const providerId of providersOf(book.contracts)) {
    await nextTurn();
    let totals = noTotals;
    for (const weeks of unstatedWeeks(reader, providerId, lastDay)) {
      const lines = linesOfWeeks(reader, book, providerId, weeks);
      totals = withWeeks(
        totals,
        lines.map((week) => upTo(week, lastDay)),
      );
      await nextTurn();
    }
    if (totals.lines === 0) continue;
    const { lines: lineCount, pence, heldPence } = totals;
    providers.push({ providerId, lineCount, pence, heldPence });
  }
  const sum = (of: (one: { pence: number; heldPence: number }) => number) =>
    providers.reduce((total, one) => total + of(one), 0);
  return {
    ...{ month, providers, totalPence: sum(({ pence }) => pence) },
    ...{ heldPence: sum(({ heldPence }) => heldPence), asOf: stand },
  };
}

export const providersOf = (contracts: Readonly<Record<string, { readonly providerId: string }>>) =>
  [...new Set(Object.values(contracts).map(({ providerId }) => providerId))].toSorted();

/** The weeks of each period up to a date of which a provider has no statement, from its first visit on. */
export function unstatedWeeks(reader: PayReader, providerId: string, lastDay: CivilDate) {
  const [first] = [{ providerId }, { shared: true }]
    .flatMap((filter) =>
      reader.select(systemActor, 'weeks', {
        ...{ filter, orderBy: { column: 'week', direction: 'asc' }, limit: 1 },
      }),
    )
    .map(({ week }) => week)
    .toSorted();
  if (first === undefined) return [];
  const changes = payBook(reader).policyChanges;
  const last = isoWeekOf(lastDay);
  const unstated: (readonly string[])[] = [];
  for (let on = mondayOf(first); on <= lastDay;) {
    const period = payPeriodOf(on, policyOn(changes, on).pay);
    const id = statementIdOf(providerId, period.startsOn);
    const status = reader.get(systemActor, 'statements', id)?.status ?? 'preparing';
    const weeks = period.weeks.filter((week) => week >= first && week <= last);
    if (status === 'preparing' && weeks.length > 0) unstated.push(weeks);
    on = period.endsBefore;
  }
  return unstated;
}

const upTo = (week: StatedWeek, lastDay: CivilDate): StatedWeek => ({
  ...week,
  lines: week.lines.filter(({ line }) =>
    week.packageId === null
      ? addDays(mondayOf(week.week), 6) <= lastDay
      : line.slice(0, 10) <= lastDay,
  ),
});

/** How logs lie to the bands in a month, the widest gap first (X28). */
export async function patternsOf(reader: PayReader, month: Month): Promise<PayPatterns> {
  const first = firstOfMonth(month);
  const last = addDays(firstOfMonth(monthAfter(month, 1)), -1);
  const book = payBook(reader);
  const found = new Map<string, Map<string, Pattern>>();
  for (const week of weeksFrom(isoWeekOf(first), isoWeekOf(last))) {
    addPatterns(found, {
      weeks: reader.select(systemActor, 'weeks', { filter: { week } }),
      month,
      book,
    });
    await nextTurn();
  }
  const providers = [...found].map(([providerId, carers]) => ({
    ...{ providerId, ...sumOfPatterns(carers.values()) },
    carers: [...carers].map(([carerRef, pattern]) => ({ carerRef, ...pattern })).toSorted(byGap),
  }));
  const asked = { month, asOf: asOf(reader.asOf()) };
  return { ...asked, providers: providers.filter(({ legs }) => legs > 0).toSorted(byGap) };
}

const byGap = (a: Pattern, b: Pattern): number =>
  b.justOver - b.justUnder - (a.justOver - a.justUnder) || b.legs - a.legs;
