import type { EventStore, Position } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import type { IsoWeek } from '#kernel/time.js';
import { kpi } from '../kpi/kpi.projection.js';
import type { AnyProjection } from '../projector/definition.js';
import { PastProjector } from '../projector/past-projector.js';
import type { Projector } from '../read-side.js';

/** What of the log a question is answered from, and by which read models. */
export interface PastNeeds {
  readonly projections: readonly AnyProjection[];
  /** All streams of these categories. */
  readonly categories: readonly string[];
  /** Beside them, these streams alone. */
  readonly streams?: readonly string[];
  /** And every package's weeks of visits of this range. */
  readonly weeks?: { readonly from: IsoWeek; readonly before: IsoWeek };
}

export interface PastSource {
  /** Tells which streams there are; no number is taken from it. */
  readonly projector: Projector;
  readonly log: Pick<EventStore, 'logId' | 'read' | 'readAll'>;
}

/**
 * Answers from read models as they were at a position. The events are folded anew, so that what came
 * later, and what a read model has become since, make no difference.
 */
export async function answeredAt<Answer>(
  { projector, log }: PastSource,
  { projections, categories, streams = [], weeks }: PastNeeds,
  position: Position,
  answer: (past: Projector) => Answer | Promise<Answer>,
): Promise<Answer> {
  const visitWeeks = weeks ? weekStreams(projector, weeks) : [];
  const needed = { categories, streams: [...streams, ...visitWeeks] };
  const past = await PastProjector.at(log, position, projections, needed);
  try {
    return await answer(past);
  } finally {
    past.close();
  }
}

/** Every package's week of a range, those too that were planned later. */
function weekStreams(
  projector: Projector,
  { from, before }: { readonly from: IsoWeek; readonly before: IsoWeek },
): string[] {
  const rows = projector.reader(kpi).query<{ key: string }>(systemActor, {
    sql: 'SELECT key FROM weeks WHERE week >= ? AND week < ?',
    params: [from, before],
    visibleTo: () => true,
  });
  return rows.map(({ key }) => key);
}
