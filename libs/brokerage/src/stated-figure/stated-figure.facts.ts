import { hasRole, type Actor } from '#kernel/actor.js';
import type { Context } from '#kernel/decider.js';
import { civilDateOf, type CivilDate } from '#kernel/time.js';
import type { FactReader } from '#platform/commands/slice.js';
import type { KpiSubject, StateFigure } from './stated-figure.commands.js';
import type { StatedFigureFacts } from './stated-figure.decider.js';
import type { StatableQuery } from './stated-figure.events.js';
import { figureStaters } from './stated-figure.rules.js';

/** What the read side works a figure out from; what is left out has a default. */
export interface FigureAsked {
  readonly query: StatableQuery;
  readonly today: CivilDate;
  readonly month?: string | undefined;
  readonly providerId?: string | undefined;
  readonly by?: KpiSubject | undefined;
  readonly week?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly statementId?: string | undefined;
}

/** The figure as the log makes it now; the client sends no number. */
export async function stateFacts(
  { query, month, providerId, by, week, from, to, statementId }: StateFigure,
  read: FactReader,
  actor: Actor,
  { now }: Pick<Context, 'now'>,
) {
  const value: StatedFigureFacts['StateFigure']['figure'] = null;
  if (!hasRole(actor, ...figureStaters[query])) return { figure: { value } };
  const asked: FigureAsked = {
    ...{ query, today: civilDateOf(now), month, providerId, by, week, from, to, statementId },
  };
  return { figure: await read.list('workedOutFigure', asked) };
}
