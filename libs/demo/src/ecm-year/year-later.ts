import { addMinutes, type IsoWeek } from '#kernel/time.js';
import { SeededRandom } from '../seeded-random.js';
import type { YearPackage, YearPlan } from './year-plan.js';
import type { YearProvider } from './year-providers.js';
import { rowsOfWeek, type YearRow } from './year-rows.js';

/** A second person approves a correction, where it needs that at all (X11). */
export interface YearApproval {
  readonly provider: string;
  readonly packageId: string;
  /** The visit inside its package. */
  readonly visit: string;
  readonly visitRef: string;
  readonly leg: number;
}

/** A provider's week, by when it is told. */
export interface DrawnWeek {
  readonly sent: readonly YearRow[];
  readonly late: readonly YearRow[];
  readonly corrections: readonly YearRow[];
  readonly approvals: readonly YearApproval[];
}

const likely = {
  ...{ lateWeek: 0.05, lateRow: 0.2, correction: 0.002, forgotten: 0.5, approved: 0.7 },
  relief: 0.0006,
} as const;

/** All rows of a provider and week, some late, some corrected later. */
export function drawnWeek(
  plan: YearPlan,
  packages: readonly YearPackage[],
  { key }: YearProvider,
  week: IsoWeek,
): DrawnWeek {
  const random = new SeededRandom(plan.request.seed, 'year', 'later', key, week);
  const isLate = random.chance(likely.lateWeek);
  const drawn = { sent: [] as YearRow[], late: [] as YearRow[] };
  const corrections: YearRow[] = [];
  const approvals: YearApproval[] = [];
  for (const [index, carePackage] of packages.entries()) {
    const neighbour = packages[(index + 1) % packages.length];
    for (const plain of rowsOfWeek(plan, carePackage, week)) {
      const row = relieved(random, plain, neighbour);
      if (isLate && row.expected === 'new' && random.chance(likely.lateRow)) {
        drawn.late.push(row);
        continue;
      }
      drawn.sent.push(row);
      const correction = corrected(random, row, carePackage);
      if (!correction) continue;
      corrections.push(correction);
      if (!random.chance(likely.approved)) continue;
      const { visitRef, leg } = row;
      const visit = visitRef.slice(visitRef.indexOf('-') + 1);
      approvals.push({ provider: key, packageId: carePackage.packageId, visit, visitRef, leg });
    }
  }
  return { ...drawn, corrections, approvals };
}

/** Now and then a neighbour's carer comes, and may be in two homes at once (X12). */
function relieved(random: SeededRandom, row: YearRow, neighbour: YearPackage | undefined): YearRow {
  const carer = neighbour?.carers[0];
  if (row.expected !== 'new' || row.carer === undefined || carer === undefined) return row;
  return random.chance(likely.relief) ? { ...row, carer } : row;
}

/** A later word on a visit: another log-out, another carer, or that nobody was there. */
function corrected(
  random: SeededRandom,
  row: YearRow,
  { carers }: YearPackage,
): YearRow | undefined {
  const { expected, status, inAt, outAt } = row;
  if (expected !== 'new' || status !== 'delivered' || inAt === undefined) return undefined;
  const again = { ...row, sequence: 2, expected: 'updated' as const };
  if (outAt === undefined) {
    return random.chance(likely.forgotten) ? { ...again, outAt: addMinutes(inAt, 28) } : undefined;
  }
  if (!random.chance(likely.correction)) return undefined;
  const kind = random.next();
  if (kind < 0.5) return { ...again, outAt: addMinutes(outAt, random.int(1, 9)) };
  const carer = carers.find((other) => other !== row.carer);
  if (kind < 0.8 && carer !== undefined) return { ...again, carer };
  const { carer: _, inAt: __, outAt: ___, ...visit } = again;
  return { ...visit, status: 'missed' };
}
