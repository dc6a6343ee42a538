import type { IsoWeek } from '#kernel/time.js';
import type { ImportProblem } from '../csv-import/csv-import.rules.js';
import type { MonitoredRow } from '../visit/visit.monitoring.events.js';
import { weekOfRow, type EcmRow } from './ecm.rows.js';
import { ecmRules } from './ecm.rules.js';

/** A person's package, and who has cared in it so far. */
export interface PersonPackage {
  readonly packageId: string;
  readonly personId: string;
  readonly referralRef: string;
  readonly providerIds: readonly string[];
}

/** By the case system's reference of the person. */
export type PersonPackages = Readonly<Record<string, readonly PersonPackage[]>>;

/** The rows of one package and week. */
export interface WeekRows {
  readonly packageId: string;
  readonly personId: string;
  readonly week: IsoWeek;
  readonly rows: readonly MonitoredRow[];
}

/** Finds each row's package, and gathers the rows that one append records. */
export function packagesByWeek(
  rows: readonly EcmRow[],
  packages: PersonPackages,
  providerId: string,
): { readonly weeks: readonly WeekRows[]; readonly problems: readonly ImportProblem[] } {
  const weeks = new Map<string, WeekRows & { rows: MonitoredRow[] }>();
  const problems: ImportProblem[] = [];
  for (const { personRef, packageRef, row } of rows) {
    const found = packageOf(packages[personRef] ?? [], packageRef, providerId);
    if (typeof found === 'string') {
      problems.push({ row: row.row, column: 'personRef', code: found, reason: ecmRules[found] });
      continue;
    }
    const { packageId, personId } = found;
    const week = weekOfRow(row);
    const key = `${packageId}/${week}`;
    const group = weeks.get(key) ?? { packageId, personId, week, rows: [] };
    group.rows.push(row);
    weeks.set(key, group);
  }
  return { weeks: [...weeks.values()], problems };
}

/** The named one; else the only one, or the only one of this provider. */
function packageOf(
  all: readonly PersonPackage[],
  packageRef: string | undefined,
  providerId: string,
): PersonPackage | 'PersonRefUnknown' | 'PersonRefAmbiguous' {
  const named = packageRef
    ? all.filter((each) => each.packageId === packageRef || each.referralRef === packageRef)
    : all;
  const own = named.filter(({ providerIds }) => providerIds.includes(providerId));
  const [only, another] = own.length > 0 ? own : named;
  if (!only) return 'PersonRefUnknown';
  return another ? 'PersonRefAmbiguous' : only;
}
