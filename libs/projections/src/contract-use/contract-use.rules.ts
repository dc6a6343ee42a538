import { heldOn } from '#kernel/capacity.js';
import { addDays, isoWeekOf, type CivilDate } from '#kernel/time.js';
import { blockShare } from '#brokerage/provider-contract/block.rules.js';
import {
  volumePeriodOf,
  volumePricePence,
} from '#brokerage/provider-contract/contract-terms.rules.js';
import type { TermsRow, UseVisit } from './contract-use.projection.js';
import type { BlockWeek, HeldCapacity, VolumePeriodUse } from './contract-use.view.js';

const deliveredMinutes = ({ legs }: UseVisit): number =>
  Object.values(legs).reduce((sum, minutes) => sum + minutes, 0);

/** A block's weeks, each from the visits of its own (S2-4). Visits are in the order of their starts. */
export function blockWeeks(
  { block, tenancies }: TermsRow,
  visits: readonly UseVisit[],
  weeks: readonly string[],
): BlockWeek[] {
  if (!block) return [];
  const terms = { ...block, tenancies };
  const inOrder = visits.toSorted((a, b) =>
    a.on + a.start < b.on + b.start ? -1 : a.on + a.start > b.on + b.start ? 1 : 0,
  );
  return weeks.map((week) => {
    const row = {
      ...{ week, boughtMinutes: block.weeklyMinutes, pence: block.weeklyPence },
      ...{ plannedMinutes: 0, usedMinutes: 0, plannedBeyondMinutes: 0, usedBeyondMinutes: 0 },
    };
    for (const visit of inOrder) {
      if (visit.week !== week) continue;
      const planned = blockShare(visit, terms, row.plannedMinutes);
      row.plannedMinutes += planned.blockMinutes;
      row.plannedBeyondMinutes += planned.paidMinutes;
      const actual = { ...visit, carerMinutes: deliveredMinutes(visit) };
      const used = blockShare(actual, terms, row.usedMinutes);
      row.usedMinutes += used.blockMinutes;
      row.usedBeyondMinutes += used.paidMinutes;
    }
    return row;
  });
}

/** The periods of a cost-and-volume contract that a range touches, each whole (S3-11). */
export function volumePeriods(
  { costAndVolume: terms }: TermsRow,
  visits: readonly UseVisit[],
  { from, to }: { from: CivilDate; to: CivilDate },
): VolumePeriodUse[] {
  if (!terms) return [];
  const periods: VolumePeriodUse[] = [];
  for (let on = from; on <= to;) {
    const { startsOn, endsBefore } = volumePeriodOf(terms, on);
    const within = visits.filter((visit) => visit.on >= startsOn && visit.on < endsBefore);
    const minutes = within.reduce((sum, visit) => sum + deliveredMinutes(visit), 0);
    const pricePence = volumePricePence(terms.tiers, minutes);
    const { minimumPence } = terms;
    periods.push({
      ...{ startsOn, lastDay: addDays(endsBefore, -1), deliveredMinutes: minutes },
      plannedMinutes: within.reduce((sum, visit) => sum + visit.carerMinutes, 0),
      ...{ pricePence, minimumPence, payablePence: Math.max(minimumPence, pricePence) },
      shortfallPence: Math.max(0, minimumPence - pricePence),
    });
    on = endsBefore;
  }
  return periods;
}

/** What packages hold of a contract on a day; none where it has no limit. */
export function heldCapacity(row: TermsRow, on: CivilDate): HeldCapacity | undefined {
  const { maxPackages, capacityWeeklyMinutes, held } = row;
  if (maxPackages === undefined && capacityWeeklyMinutes === undefined) return undefined;
  const holders = [...new Set(held.map(({ holder }) => holder))];
  const units = holders.map((holder) => heldOn(held, holder, on) ?? {});
  const sum = (unit: string) => units.reduce((total, one) => total + (one[unit] ?? 0), 0);
  return {
    ...{ on, packages: sum('packages'), weeklyMinutes: sum('weeklyMinutes') },
    ...(maxPackages && { maxPackages }),
    ...(capacityWeeklyMinutes && { capacityWeeklyMinutes }),
  };
}

/** The ISO weeks of a range. */
export function weeksBetween(from: CivilDate, to: CivilDate): string[] {
  const weeks = new Set<string>();
  for (let on = from; on <= to; on = addDays(on, 1)) weeks.add(isoWeekOf(on));
  return [...weeks];
}
