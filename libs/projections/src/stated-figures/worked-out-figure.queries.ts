import type { EventStore, Position } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import type { CivilDate, IsoWeek } from '#kernel/time.js';
import type { WorkedOutFigure } from '#brokerage/stated-figure/stated-figure.decider.js';
import type { FigureQuery } from '#brokerage/stated-figure/stated-figure.events.js';
import type { FigureAsked } from '#brokerage/stated-figure/stated-figure.facts.js';
import { software } from '#platform/config/project-root.js';
import { kpi } from '../kpi/kpi.projection.js';
import { PastProjector } from '../projector/past-projector.js';
import { settled, type Projector } from '../read-side.js';
import { canonicalJson } from './canonical-json.js';
import { queryOf, recipeOf, type Answered } from './figure-recipes.queries.js';

export type FigureLog = Pick<EventStore, 'logId' | 'read' | 'readAll'>;

/** Where a figure is worked out from. */
export interface FigureSource {
  /** Tells which streams there are; no number is taken from it. */
  readonly projector: Projector;
  readonly log: FigureLog;
}

/** A figure as the log makes it now, to be released. */
export async function workedOutFigure(
  projector: Projector,
  log: FigureLog,
  asked: FigureAsked,
): Promise<{ value: WorkedOutFigure; position: Position }> {
  const query = queryOf(asked);
  const position = await settled(projector.reader(kpi), kpi, log);
  const found = query && (await figureAt({ projector, log }, query, asked.today, position));
  const value: WorkedOutFigure = {
    query: query ?? { name: asked.query, arguments: {} },
    answer: found ? canonicalJson(found.answer) : null,
    ...{ position, policyVersion: found?.policyVersion ?? 0 },
    software: `${software.name}@${software.version}`,
  };
  return { value, position };
}

/**
 * What a query answered on a day to whoever knew the log up to a position. The events are folded
 * anew, so that what came later, and what a read model has become since, make no difference.
 */
export async function figureAt(
  { projector, log }: FigureSource,
  query: FigureQuery,
  today: CivilDate,
  position: Position,
): Promise<Answered | undefined> {
  const { projections, categories, weeks, streams, answer } = recipeOf(query, today);
  const visitWeeks = weeks ? weekStreams(projector, weeks) : [];
  const past = await PastProjector.at(log, position, projections, {
    categories,
    streams: [...streams, ...visitWeeks],
  });
  try {
    return answer(past);
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
