import { addDays, type CivilDate } from '#kernel/time.js';
import { valueOn } from '#kernel/timeline.js';
import type { PackageRow } from '../package/package-row.rules.js';

/** What of a package tells its cost to come. */
export type CommittedCare = Pick<
  PackageRow,
  | 'packageId'
  | 'service'
  | 'award'
  | 'served'
  | 'weeklyCostPence'
  | 'temporaryVariations'
  | 'suspension'
> & {
  /** Of short-term care: the last day at the latest, inclusive (S4-5). */
  readonly plannedLastDay?: CivilDate;
};

/** Days `[fromOn, endsBefore)`. */
export interface Days {
  readonly fromOn: CivilDate;
  readonly endsBefore: CivilDate;
}

export interface Committed {
  readonly pence: number;
  /** Days of care whose price is not known; they are in no figure. */
  readonly unpricedDays: number;
}

/** The council's financial year: 2026 is 1 April 2026 to 31 March 2027. */
export const financialYear = (year: number): Days => ({
  fromOn: `${year}-04-01`,
  endsBefore: `${year + 1}-04-01`,
});

/** The financial year that a date is in. */
export const financialYearOf = (on: CivilDate): number =>
  Number(on.slice(0, 4)) - (on.slice(5) < '04-01' ? 1 : 0);

/**
 * The cost of the care planned for some days: a seventh of the weekly cost in force on each day of
 * care, rounded once for all the days. Nothing is due while care is paused or nobody holds its plan;
 * a pause with an expected return ends on it, and short-term care on its planned last day (S4-5).
 * In-house care has no price and commits nothing (S3-11).
 */
export function committedOf(care: CommittedCare, { fromOn, endsBefore }: Days): Committed {
  let [weeklyPence, unpricedDays] = [0, 0];
  const { plannedLastDay } = care;
  for (let day = fromOn; day < endsBefore; day = addDays(day, 1)) {
    if (plannedLastDay !== undefined && day > plannedLastDay) break;
    const holder = valueOn(care.service.holders, day);
    if (!holder || holder.contractType === 'in-house' || isPaused(care, day)) continue;
    const cost = weeklyCostOn(care, day);
    if (cost === undefined) unpricedDays += 1;
    else weeklyPence += cost;
  }
  return { pence: Math.round(weeklyPence / 7), unpricedDays };
}

function isPaused({ service, suspension }: CommittedCare, day: CivilDate): boolean {
  const back = suspension?.expectedReturnOn;
  if (suspension && back !== undefined && day >= back) return false;
  return valueOn(service.cover, day)?.kind === 'suspension';
}

/** Until an awaited provider starts, the care that goes on costs what it did. */
function weeklyCostOn(care: CommittedCare, day: CivilDate): number | undefined {
  const varied = care.temporaryVariations.findLast(
    ({ fromOn, lastDay }) => fromOn <= day && day <= lastDay,
  );
  if (varied) return varied.weeklyCostPence;
  const { served, award } = care;
  const isBefore = served && (!award || day < award.startOn);
  return isBefore ? served.weeklyCostPence : care.weeklyCostPence;
}
