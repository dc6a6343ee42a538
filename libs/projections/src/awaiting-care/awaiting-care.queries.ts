import type { Viewer } from '#kernel/actor.js';
import { addDays, civilDateOf, daysBetween, elapsedSeconds, type Instant } from '#kernel/time.js';
import type { Clock } from '#platform/commands/clock.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import type { PastMoment } from '../past/past-moments.js';
import { allOf, conditionsOf, type SqlCondition } from '../projector/filter-sql.js';
import { rowsAt } from '../projector/schema.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { awaitingCare } from './awaiting-care.projection.js';
import {
  AwaitingCareSort,
  type AwaitingCareFilter,
  type WaitingPackage,
} from './awaiting-care.view.js';
import type { WaitingRow } from './waiting-row.rules.js';
import type { AwaitingCareTotals, HourHours, PatchHours } from './waiting-totals.view.js';

const orders = {
  OLDEST_FIRST: { column: 'waitingSince', direction: 'asc' },
  NEWEST_FIRST: { column: 'waitingSince', direction: 'desc' },
  URGENT_FIRST: { column: 'urgentFirst', direction: 'asc' },
  MOST_CARE_FIRST: { column: 'weeklyMinutes', direction: 'desc' },
  LEAST_CARE_FIRST: { column: 'weeklyMinutes', direction: 'asc' },
  START_FIRST: { column: 'startOn', direction: 'asc' },
  RISK_REVIEW_FIRST: { column: 'riskReviewDueOn', direction: 'asc' },
} as const satisfies Record<AwaitingCareSort, object>;

const table = awaitingCare.tables.waiting;
const columns = new Set(Object.keys(table.columns));

/** No provider is found: the award is still to come (S4-15). */
const unfilled = `"stage" NOT IN ('award-pending', 'awaiting-start')`;

interface Counted {
  readonly packages: number;
  readonly weeklyMinutes: number;
  readonly coveredPackages: number;
  readonly coveredMinutes: number;
  readonly unfilledPackages: number;
  readonly unfilledMinutes: number;
}

/** Reads of the awaiting-care list (S2-20). */
export class AwaitingCareReads {
  readonly reader;
  readonly policies;

  constructor(
    projector: Projector,
    private readonly clock: Clock,
  ) {
    this.reader = projector.reader(awaitingCare);
    this.policies = new CouncilPolicyReads(projector);
  }

  page(
    viewer: Viewer,
    wanted: AwaitingCareFilter,
    sort: AwaitingCareSort,
    { first, cursor: after }: { first: number; cursor?: string | undefined },
    moment?: PastMoment,
  ): Page<WaitingPackage> {
    const now = moment?.now ?? this.clock.now();
    const { riskReviewDays } = this.policies.inForceOn(civilDateOf(now));
    const { filter, asked } = this.selected(wanted, now);
    const { sql: where, params } = allOf(asked);
    const asOf = moment?.position;
    const selection = { filter, where, params, orderBy: orders[sort], first, after, asOf };
    const page = this.reader.page(viewer, 'waiting', selection);
    const shown = (row: WaitingRow) => timed(row, now, riskReviewDays);
    const edges = page.edges.map((edge) => ({ ...edge, node: shown(edge.node) }));
    const { hasNextPage, hasPreviousPage } = page;
    return {
      ...{ edges, hasNextPage, hasPreviousPage, asOf: page.asOf },
      get totalCount() {
        return page.totalCount;
      },
    };
  }

  totals(viewer: Viewer, wanted: AwaitingCareFilter, moment?: PastMoment): AwaitingCareTotals {
    const today = civilDateOf(moment?.now ?? this.clock.now());
    const { from, sql, params } = this.sourceOf(viewer, wanted, moment);
    const covered = `coalesce("coveredUntilOn" > ?, 0)`;
    const [counted] = this.reader.query<Counted>(viewer, {
      sql: `SELECT count(*) AS packages, total("weeklyMinutes") AS weeklyMinutes,
              total(${covered}) AS coveredPackages,
              total(${covered} * "weeklyMinutes") AS coveredMinutes,
              total(${unfilled}) AS unfilledPackages,
              total((${unfilled}) * "weeklyMinutes") AS unfilledMinutes
            FROM ${from} WHERE ${sql}`,
      params: [today, today, ...params],
      visibleTo: () => true,
    });
    if (!counted) throw new Error('a count answers one row');
    const { packages, weeklyMinutes, coveredPackages, coveredMinutes } = counted;
    const byPatch = () => this.byPatch(viewer, wanted, moment);
    const byHour = () => this.byHour(viewer, wanted, moment);
    return {
      ...{ packages, weeklyMinutes },
      covered: { packages: coveredPackages, weeklyMinutes: coveredMinutes },
      uncovered: {
        packages: packages - coveredPackages,
        weeklyMinutes: weeklyMinutes - coveredMinutes,
      },
      unfilled: { packages: counted.unfilledPackages, weeklyMinutes: counted.unfilledMinutes },
      get byPatch() {
        return byPatch();
      },
      get byHour() {
        return byHour();
      },
    };
  }

  private byPatch(viewer: Viewer, wanted: AwaitingCareFilter, moment?: PastMoment): PatchHours[] {
    const { from, sql, params } = this.sourceOf(viewer, wanted, moment);
    return [
      ...this.reader.query<PatchHours>(viewer, {
        sql: `SELECT "patch" AS patch, count(*) AS packages, sum("weeklyMinutes") AS weeklyMinutes,
                sum((${unfilled}) * "weeklyMinutes") AS unfilledWeeklyMinutes
              FROM ${from} WHERE ${sql} GROUP BY "patch" ORDER BY "patch"`,
        ...{ params, visibleTo: () => true },
      }),
    ];
  }

  private byHour(viewer: Viewer, wanted: AwaitingCareFilter, moment?: PastMoment): HourHours[] {
    const { from, sql, params } = this.sourceOf(viewer, wanted, moment);
    return [
      ...this.reader.query<HourHours>(viewer, {
        sql: `SELECT CAST(care.key AS INTEGER) AS hour, sum(care.value) AS weeklyMinutes,
                sum((${unfilled}) * care.value) AS unfilledWeeklyMinutes
              FROM ${from}, json_each("minutesByHour") AS care WHERE ${sql}
              GROUP BY 1 ORDER BY 1`,
        ...{ params, visibleTo: () => true },
      }),
    ];
  }

  /** The rows that are asked for, now or as of a moment; `params` are those of source and condition. */
  private sourceOf(
    viewer: Viewer,
    wanted: AwaitingCareFilter,
    moment: PastMoment | undefined,
  ): SqlCondition & { readonly from: string } {
    const now = moment?.now ?? this.clock.now();
    const { filter, asked } = this.selected(wanted, now);
    const { sql, params } = allOf([
      ...conditionsOf(table.visibleWhere?.(viewer) ?? {}, columns),
      ...conditionsOf(filter, columns),
      ...asked,
    ]);
    const source = rowsAt('waiting', [...columns], moment?.position);
    return { from: source.sql, sql, params: [...source.params, ...params] };
  }

  /** What a filter asks of columns, and what it asks of today. */
  private selected(
    { minimumWeeklyMinutes, covered, riskReviewOverdue, ...same }: AwaitingCareFilter,
    now: Instant,
  ) {
    const today = civilDateOf(now);
    const asked: SqlCondition[] = [];
    const ask = (wanted: boolean, sql: string, params: readonly string[]) =>
      asked.push({ sql: wanted ? sql : `NOT (${sql})`, params });
    if (covered !== undefined) ask(covered, `coalesce("coveredUntilOn" > ?, 0)`, [today]);
    if (riskReviewOverdue !== undefined) {
      const { riskReviewDays } = this.policies.inForceOn(today);
      const sql = `CASE WHEN "riskReviewDueOn" IS NULL THEN "waitingOn" < ?
                   ELSE "riskReviewDueOn" < ? END`;
      ask(riskReviewOverdue, sql, [addDays(today, -riskReviewDays), today]);
    }
    return { filter: { ...same, weeklyMinutes: { from: minimumWeeklyMinutes } }, asked };
  }
}

/** A row with its ages up to now: whole days, and each stage's minutes. */
function timed(row: WaitingRow, now: Instant, riskReviewDays: number): WaitingPackage {
  const { waitingOn, clocks, riskReviewDueOn, ...same } = row;
  const today = civilDateOf(now);
  const daysSince = (on: string) => Math.max(0, daysBetween(on, today));
  const nextRiskReviewOn = riskReviewDueOn ?? addDays(waitingOn, riskReviewDays);
  return {
    ...{
      ...same,
      ageDays: daysSince(waitingOn),
      stageDays: daysSince(civilDateOf(row.stageSince)),
    },
    covered: row.coveredUntilOn !== undefined && row.coveredUntilOn > today,
    stageClocks: clocks.map((clock) => ({
      ...clock,
      minutes: Math.max(0, Math.floor(elapsedSeconds(clock.since, clock.until ?? now) / 60)),
    })),
    ...{ nextRiskReviewOn, riskReviewOverdue: nextRiskReviewOn < today },
  };
}
