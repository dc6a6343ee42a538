import type { Role } from '#kernel/actor.js';
import { ruleBook } from '#kernel/rejection.js';
import type { StatableQuery } from './stated-figure.events.js';

export const statedFigureRules = {
  FigureNotForRole: 'Your role does not release this figure. Ask someone whose role sees it.',
  FigureUnknown: 'There is no such figure: check the month, the week, the days or the statement.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof statedFigureRules>> =
  ruleBook(statedFigureRules);

/** Who releases which figure: never someone who may not see it. */
export const figureStaters: Readonly<Record<StatableQuery, readonly Role[]>> = {
  'provider-kpis': ['commissioner', 'quality-officer'],
  'provider-league': ['commissioner', 'quality-officer'],
  'council-figures': ['commissioner', 'finance', 'quality-officer'],
  statement: ['commissioner', 'finance'],
};
