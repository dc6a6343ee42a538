import type { Viewer } from '#kernel/actor.js';
import { civilDateOf, daysBetween, type CivilDate } from '#kernel/time.js';
import type { Clock } from '#platform/commands/clock.js';
import { allOf, conditionsOf } from '../projector/filter-sql.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { awaitingCare, type WaitingRow } from './awaiting-care.projection.js';
import {
  AwaitingCareSort,
  type AwaitingCareFilter,
  type AwaitingCareTotals,
  type WaitingPackage,
} from './awaiting-care.view.js';

const orders = {
  OLDEST_FIRST: { column: 'waitingSince', direction: 'asc' },
  NEWEST_FIRST: { column: 'waitingSince', direction: 'desc' },
  URGENT_FIRST: { column: 'urgentFirst', direction: 'asc' },
  MOST_CARE_FIRST: { column: 'weeklyMinutes', direction: 'desc' },
  LEAST_CARE_FIRST: { column: 'weeklyMinutes', direction: 'asc' },
  START_FIRST: { column: 'startOn', direction: 'asc' },
} as const satisfies Record<AwaitingCareSort, object>;

const table = awaitingCare.tables.waiting;
const columns = new Set(Object.keys(table.columns));

/** Reads of the awaiting-care list (S2-20). */
export class AwaitingCareReads {
  readonly reader;

  constructor(
    projector: Projector,
    private readonly clock: Clock,
  ) {
    this.reader = projector.reader(awaitingCare);
  }

  page(
    viewer: Viewer,
    wanted: AwaitingCareFilter,
    sort: AwaitingCareSort,
    { first, cursor: after }: { first: number; cursor?: string | undefined },
  ): Page<WaitingPackage> {
    const filter = filterOf(wanted);
    const orderBy = orders[sort];
    const page = this.reader.page(viewer, 'waiting', { filter, orderBy, first, after });
    const today = civilDateOf(this.clock.now());
    const edges = page.edges.map((edge) => ({ ...edge, node: aged(edge.node, today) }));
    const { hasNextPage, hasPreviousPage, asOf } = page;
    return {
      ...{ edges, hasNextPage, hasPreviousPage, asOf },
      get totalCount() {
        return page.totalCount;
      },
    };
  }

  totals(viewer: Viewer, wanted: AwaitingCareFilter): AwaitingCareTotals {
    const { sql, params } = allOf([
      ...conditionsOf(table.visibleWhere?.(viewer) ?? {}, columns),
      ...conditionsOf(filterOf(wanted), columns),
    ]);
    const [totals] = this.reader.query<AwaitingCareTotals>(viewer, {
      sql: `SELECT count(*) AS packages, coalesce(sum("weeklyMinutes"), 0) AS weeklyMinutes
            FROM waiting WHERE ${sql}`,
      params,
      visibleTo: () => true,
    });
    return totals ?? { packages: 0, weeklyMinutes: 0 };
  }
}

/** A row with its ages: whole days up to today. */
function aged(row: WaitingRow, today: CivilDate): WaitingPackage {
  const daysSince = (instant: string) => Math.max(0, daysBetween(civilDateOf(instant), today));
  return { ...row, ageDays: daysSince(row.waitingSince), stageDays: daysSince(row.stageSince) };
}

const filterOf = ({ minimumWeeklyMinutes, ...same }: AwaitingCareFilter) => ({
  ...same,
  weeklyMinutes: { from: minimumWeeklyMinutes },
});
