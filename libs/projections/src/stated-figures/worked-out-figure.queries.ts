import type { Position } from '#eventstore/event-store.js';
import type { CivilDate } from '#kernel/time.js';
import type { WorkedOutFigure } from '#brokerage/stated-figure/stated-figure.decider.js';
import type { FigureQuery } from '#brokerage/stated-figure/stated-figure.events.js';
import type { FigureAsked } from '#brokerage/stated-figure/stated-figure.facts.js';
import { software } from '#platform/config/project-root.js';
import { kpi } from '../kpi/kpi.projection.js';
import { answeredAt, type PastSource } from '../past/past-reads.js';
import { settled, type Projector } from '../read-side.js';
import { canonicalJson } from './canonical-json.js';
import { queryOf, recipeOf, type Answered } from './figure-recipes.queries.js';

export type FigureLog = PastSource['log'];

/** Where a figure is worked out from. */
export type FigureSource = PastSource;

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
 * What a query answered on a day to whoever knew the log up to a position.
 */
export async function figureAt(
  source: FigureSource,
  query: FigureQuery,
  today: CivilDate,
  position: Position,
): Promise<Answered | undefined> {
  const { answer, ...needs } = recipeOf(query, today);
  return answeredAt(source, needs, position, answer);
}
