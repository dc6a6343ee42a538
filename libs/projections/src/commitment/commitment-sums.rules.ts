import type { CouncilPolicy } from '#kernel/council-policy.js';
import { serviceLines, type ServiceLine } from '#brokerage/package/package.codes.js';
import type { StatedWeek } from '#brokerage/statement/statement.events.js';
import { addDays, mondayOf, type CivilDate } from '#kernel/time.js';
import type { Days } from './commitment.rules.js';
import type { PackageCommitment, ServiceCommitment } from './commitment.view.js';

/** What lines of a package come to within some days, and the last of those days that has one. */
export interface LineSum {
  readonly pence: number;
  readonly lastOn: CivilDate;
}

/**
 * Lines by package, `''` for hours of a block; a line counts on the day of its visit, a week of a
 * block on its last day, as in the month's accrual.
 */
export function sumByPackage(
  weeks: readonly StatedWeek[],
  { fromOn, endsBefore }: Days,
): Map<string, LineSum> {
  const sums = new Map<string, LineSum>();
  for (const { packageId, week, lines } of weeks) {
    for (const { line, pence } of lines) {
      const on = packageId === null ? addDays(mondayOf(week), 6) : line.slice(0, 10);
      if (on < fromOn || on >= endsBefore) continue;
      const before = sums.get(packageId ?? '');
      const lastOn = before && before.lastOn > on ? before.lastOn : on;
      sums.set(packageId ?? '', { pence: (before?.pence ?? 0) + pence, lastOn });
    }
  }
  return sums;
}

/** Sums of single packages by type of service; those of no package stand last. */
export function byServiceLine(
  packages: readonly PackageCommitment[],
  { budgets }: Pick<CouncilPolicy, 'budgets'>,
): ServiceCommitment[] {
  const ofLine = (line: ServiceLine | null) =>
    packages.filter(({ serviceLine }) => serviceLine === line);
  const named = serviceLines.map((line) => {
    const budget = line === 'long-term' ? budgets.longTermPence : budgets.shortTermPence;
    return serviceOf(ofLine(line), line, budget);
  });
  const others = ofLine(null);
  return others.length > 0 ? [...named, serviceOf(others, null, null)] : named;
}

function serviceOf(
  packages: readonly PackageCommitment[],
  serviceLine: ServiceLine | null,
  budgetPence: number | null | undefined,
): ServiceCommitment {
  const sum = (of: (one: PackageCommitment) => number) =>
    packages.reduce((total, one) => total + of(one), 0);
  const paidPence = sum((one) => one.paidPence);
  const toApprovePence = sum((one) => one.toApprovePence);
  const accruedPence = sum((one) => one.accruedPence);
  const committedPence = sum((one) => one.committedPence);
  const forecastPence = paidPence + toApprovePence + accruedPence + committedPence;
  return {
    ...(serviceLine !== null && { serviceLine }),
    ...{ paidPence, toApprovePence, accruedPence, committedPence, forecastPence },
    ...(typeof budgetPence === 'number' && {
      budgetPence,
      headroomPence: budgetPence - forecastPence,
    }),
    packageCount: packages.filter(({ packageId }) => packageId !== null).length,
  };
}
