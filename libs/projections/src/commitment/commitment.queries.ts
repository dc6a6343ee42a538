import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemActor } from '#kernel/actor.js';
import { addDays, type CivilDate } from '#kernel/time.js';
import type { ServiceLine } from '#brokerage/package/package.codes.js';
import { providersOf, unstatedWeeks } from '../statements/accrual.queries.js';
import { statedOf } from '../statements/statements.queries.js';
import type { PackageRow } from '../package/package-row.rules.js';
import { packages } from '../package/package.projection.js';
import { linesOfWeeks, payBook, type PayReader } from '../pay/statement-lines.queries.js';
import type { ProjectionReader } from '../projector/reader.js';
import { sumByPackage, type LineSum } from './commitment-sums.rules.js';
import { committedOf, type CommittedCare, type Days } from './commitment.rules.js';
import type { PackageCommitment } from './commitment.view.js';

export type PackageReader = ProjectionReader<typeof packages.tables>;

/** Packages that are looked at before others have their turn. */
const packagesInATurn = 100;

type Sums = Map<string, LineSum>;

/**
 * What each package of a financial year costs: paid, stated, delivered, and agreed for the days
 * behind its last known visit (S2-18). Days of `today` and before without evidence count as agreed,
 * since they may yet be claimed.
 */
export async function commitmentOf(
  { pay, care }: { readonly pay: PayReader; readonly care: PackageReader },
  days: Days,
  today: CivilDate,
): Promise<PackageCommitment[]> {
  const stated = await statedSums(pay, days);
  const accrued = await accruedSums(pay, days, today);
  const found: PackageCommitment[] = [];
  const rows = care.select(systemActor, 'packages');
  for (const [index, row] of rows.entries()) {
    if (index % packagesInATurn === 0) await nextTurn();
    const sums = [stated.paid, stated.toApprove, accrued].map((each) => each.get(row.packageId));
    const [paid, toApprove, unstated] = sums;
    const lastOn = sums.map((sum) => sum?.lastOn ?? '').reduce((a, b) => (a > b ? a : b));
    const fromOn = lastOn === '' ? days.fromOn : addDays(lastOn, 1);
    const committed = committedOf(endingAsPlanned(row, today), {
      fromOn,
      endsBefore: days.endsBefore,
    });
    const one = {
      ...{ packageId: row.packageId, serviceLine: row.needs.serviceLine as ServiceLine },
      ...figures(paid, toApprove, unstated),
      ...{ committedPence: committed.pence, unpricedDays: committed.unpricedDays },
    };
    if (lastOn !== '' || one.committedPence > 0 || one.unpricedDays > 0) found.push(one);
  }
  const block = figures(...[stated.paid, stated.toApprove, accrued].map((each) => each.get('')));
  if (block.paidPence + block.toApprovePence + block.accruedPence !== 0) {
    found.push({
      packageId: null,
      serviceLine: null,
      ...block,
      committedPence: 0,
      unpricedDays: 0,
    });
  }
  return found;
}

/** A planned last day that passed while care went on ends nothing. */
function endingAsPlanned(row: PackageRow, today: CivilDate): CommittedCare {
  const { plannedLastDay } = row.needs;
  return plannedLastDay && plannedLastDay >= today ? { ...row, plannedLastDay } : row;
}

const figures = (paid?: LineSum, toApprove?: LineSum, accrued?: LineSum) => ({
  paidPence: paid?.pence ?? 0,
  toApprovePence: toApprove?.pence ?? 0,
  accruedPence: accrued?.pence ?? 0,
});

async function statedSums(reader: PayReader, days: Days): Promise<{ paid: Sums; toApprove: Sums }> {
  const paid: Sums = new Map();
  const toApprove: Sums = new Map();
  for (const { statementId, status, endsBefore } of reader.select(systemActor, 'statements')) {
    // An adjustment may stand in a later statement, never in one that ended before the year.
    if (status === 'preparing' || endsBefore <= days.fromOn) continue;
    await nextTurn();
    const sums = sumByPackage(statedOf(reader, systemActor, statementId), days);
    addTo(status === 'approved' || status === 'closed' ? paid : toApprove, sums);
  }
  return { paid, toApprove };
}

async function accruedSums(reader: PayReader, days: Days, today: CivilDate): Promise<Sums> {
  const book = payBook(reader);
  const accrued: Sums = new Map();
  const lastOn = addDays(days.endsBefore, -1);
  const until = lastOn < today ? lastOn : today;
  // An excuse told ahead, or the week of a block that is not over, is not delivered yet.
  const delivered = { fromOn: days.fromOn, endsBefore: addDays(until, 1) };
  for (const providerId of providersOf(book.contracts)) {
    for (const weeks of unstatedWeeks(reader, providerId, until)) {
      await nextTurn();
      addTo(accrued, sumByPackage(linesOfWeeks(reader, book, providerId, weeks), delivered));
    }
  }
  return accrued;
}

function addTo(all: Sums, some: Sums): void {
  for (const [packageId, { pence, lastOn }] of some) {
    const before = all.get(packageId);
    const later = before && before.lastOn > lastOn ? before.lastOn : lastOn;
    all.set(packageId, { pence: (before?.pence ?? 0) + pence, lastOn: later });
  }
}
