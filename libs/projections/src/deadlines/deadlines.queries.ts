import type { EventStore } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import { civilDateOf, isoWeekOf, mondayOf, weekAfter, type Instant } from '#kernel/time.js';
import type { DueDeadline } from '#platform/deadlines/deadline-runner.js';
import { settled, type Projector } from '../read-side.js';
import { deadlines } from './deadlines.projection.js';

/** What is due, for the worker that sends the commands. */
export class DueDeadlines {
  private readonly reader;

  constructor(
    projector: Projector,
    private readonly store: Pick<EventStore, 'readAll'>,
  ) {
    this.reader = projector.reader(deadlines);
  }

  /**
   * At most `limit` deadlines of each kind that are due at `now`, the earliest first, once the read
   * model knows all that the log holds. Throws `ReadModelBehind` when it does not come that far.
   */
  async due(now: Instant, policy: CouncilPolicy, limit = 1_000): Promise<readonly DueDeadline[]> {
    await settled(this.reader, deadlines, this.store);
    return [
      ...this.closings(now, limit),
      ...this.restarts(now, limit),
      ...this.notices(now, limit),
      ...this.plannings(now, policy, limit),
    ];
  }

  private restarts(now: Instant, limit: number): DueDeadline[] {
    const rows = this.reader.select(systemActor, 'restarts', {
      where: '"dueAt" <= ?',
      params: [now],
      orderBy: { column: 'dueAt', direction: 'asc' },
      limit,
    });
    return rows.map(({ packageId, dueAt, eventId }) => ({
      ...{ key: `lapse-restart/${packageId}/${dueAt}`, eventId, command: 'LapseRestart' },
      fields: { packageId },
    }));
  }

  private notices(now: Instant, limit: number): DueDeadline[] {
    const rows = this.reader.select(systemActor, 'notices', {
      where: '"effectiveOn" <= ?',
      params: [civilDateOf(now)],
      orderBy: { column: 'effectiveOn', direction: 'asc' },
      limit,
    });
    return rows.map(({ packageId, effectiveOn, eventId }) => ({
      ...{ key: `open-gap/${packageId}/${effectiveOn}`, eventId, command: 'OpenGap' },
      fields: { packageId },
    }));
  }

  private closings(now: Instant, limit: number): DueDeadline[] {
    const rows = this.reader.select(systemActor, 'closings', {
      where: '"dueAt" <= ?',
      params: [now],
      orderBy: { column: 'dueAt', direction: 'asc' },
      limit,
    });
    return rows.map(({ packageId, requestId, eventId }) => ({
      ...{ key: `close-request/${requestId}`, eventId, command: 'CloseRequest' },
      fields: { packageId, requestId },
    }));
  }

  private plannings(now: Instant, policy: CouncilPolicy, limit: number): DueDeadline[] {
    const { ecmGoLiveOn, planWeeksAhead } = policy;
    if (ecmGoLiveOn === null) return [];
    const firstWeek = isoWeekOf(ecmGoLiveOn);
    const lastWeek = weekAfter(isoWeekOf(civilDateOf(now)), planWeeksAhead);
    if (firstWeek > lastWeek) return [];
    // Care that was over before monitoring went live has no visits to plan.
    const rows = this.reader.select(systemActor, 'plannings', {
      where: '"nextWeek" <= ? AND ("endsBefore" IS NULL OR "endsBefore" > ?)',
      params: [lastWeek, mondayOf(firstWeek)],
      orderBy: { column: 'nextWeek', direction: 'asc' },
      limit,
    });
    return rows.map(({ packageId, nextWeek, eventId }) => {
      const week = nextWeek > firstWeek ? nextWeek : firstWeek;
      const key = `plan-week/${packageId}/${week}`;
      return { key, eventId, command: 'PlanWeek', fields: { packageId, week } };
    });
  }
}
