import type { EventStore } from '#eventstore/event-store.js';
import { systemActor, type Viewer } from '#kernel/actor.js';
import { addDays, civilDateOf, daysBetween, type CivilDate } from '#kernel/time.js';
import { workingDaysAfter } from '#kernel/working-days.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import type { Clock } from '#platform/commands/clock.js';
import type { Fact } from '#platform/commands/slice.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import type { Page } from '../projector/paging.js';
import { settled, type Projector } from '../read-side.js';
import { chase, type CareHolderRow } from './chase.projection.js';
import {
  AgeSort,
  AwardsToChaseSort,
  OverdueFor,
  type AwardsToChaseFilter,
  type AwardToChase,
  type OpenGap,
  type OpenGapsFilter,
  type SuspendedPackage,
  type SuspendedPackagesFilter,
} from './chase.view.js';

interface Paging {
  readonly first: number;
  readonly cursor?: string | undefined;
}

/** Reads of what must be followed up (X24, S4-14, X17). */
export class ChaseReads {
  readonly reader;
  private readonly policies;

  constructor(
    projector: Projector,
    private readonly clock: Clock,
  ) {
    this.reader = projector.reader(chase);
    this.policies = new CouncilPolicyReads(projector);
  }

  awards(
    viewer: Viewer,
    { overdueFor, providerId }: AwardsToChaseFilter,
    sort: AwardsToChaseSort,
    { first, cursor: after }: Paging,
  ): Page<AwardToChase> {
    const today = this.today();
    const policy = this.policies.inForceOn(today);
    const late = overdueFor && overdueWhere(overdueFor, today, policy);
    const column = sort === AwardsToChaseSort.START_FIRST ? 'startOn' : 'confirmedOn';
    const orderBy = { column, direction: 'asc' } as const;
    const filter = { providerId };
    const page = this.reader.page(viewer, 'awards', { filter, ...late, orderBy, first, after });
    const { startDays, acknowledgeWorkingDays: days } = policy.chase;
    return shown(page, (row) => ({
      ...row,
      acknowledgementDueOn: workingDaysAfter(row.confirmedOn, days, policy.bankHolidays),
      startDueOn: addDays(row.startOn, startDays),
    }));
  }

  gaps(
    viewer: Viewer,
    filter: OpenGapsFilter,
    sort: AgeSort,
    { first, cursor: after }: Paging,
  ): Page<OpenGap> {
    const today = this.today();
    const open = { where: '"closedOn" IS NULL OR "closedOn" > ?', params: [today] };
    const orderBy = byAge(sort);
    const of = { filter: { ...filter }, ...open, orderBy, first, after };
    return shown(this.reader.page(viewer, 'gaps', of), ({ closedOn: _, ...gap }) => ({
      ...gap,
      ageDays: Math.max(0, daysBetween(gap.fromOn, today)),
    }));
  }

  suspended(
    viewer: Viewer,
    { overdue, reason }: SuspendedPackagesFilter,
    sort: AgeSort,
    { first, cursor: after }: Paging,
  ): Page<SuspendedPackage> {
    const today = this.today();
    const past = '("expectedReturnOn" IS NULL OR "expectedReturnOn" < ?)';
    const late = overdue !== undefined && {
      where: overdue ? past : `NOT ${past}`,
      params: [today],
    };
    const of = { filter: { reason }, ...late, orderBy: byAge(sort), first, after };
    return shown(this.reader.page(viewer, 'suspensions', of), (row) => ({
      ...row,
      overdueDays: Math.max(0, daysBetween(row.expectedReturnOn ?? today, today)),
    }));
  }

  private today(): CivilDate {
    return civilDateOf(this.clock.now());
  }
}

/** The packages in which a provider has a part, once the read model knows all that the log holds. */
export async function packagesOfProvider(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  { providerId }: { readonly providerId: string },
): Promise<Fact<readonly CareHolderRow[]>> {
  const reader = projector.reader(chase);
  const position = await settled(reader, chase, store);
  const where = { where: '"providerId" = ?', params: [providerId] };
  return { value: reader.select(systemActor, 'holders', where), position };
}

const byAge = (sort: AgeSort) =>
  ({ column: 'fromOn', direction: sort === AgeSort.OLDEST_FIRST ? 'asc' : 'desc' }) as const;

/** An award is overdue from the day after the last one in time. */
function overdueWhere(
  overdueFor: OverdueFor,
  today: CivilDate,
  { chase: { acknowledgeWorkingDays, startDays }, bankHolidays }: CouncilPolicy,
) {
  if (overdueFor === OverdueFor.START) {
    return { where: '"startOn" < ?', params: [addDays(today, -startDays)] };
  }
  let latest = addDays(today, -1);
  while (workingDaysAfter(latest, acknowledgeWorkingDays, bankHolidays) >= today) {
    latest = addDays(latest, -1);
  }
  return { where: '"acknowledged" = 0 AND "confirmedOn" <= ?', params: [latest] };
}

function shown<Row, Node>(page: Page<Row>, show: (row: Row) => Node): Page<Node> {
  const { hasNextPage, hasPreviousPage, asOf } = page;
  return {
    edges: page.edges.map((edge) => ({ ...edge, node: show(edge.node) })),
    ...{ hasNextPage, hasPreviousPage, asOf },
    get totalCount() {
      return page.totalCount;
    },
  };
}
