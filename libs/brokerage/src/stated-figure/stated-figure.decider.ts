import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { civilDateOf } from '#kernel/time.js';
import type { StatedFigureCommands } from './stated-figure.commands.js';
import type { FigureQuery, FigureStated } from './stated-figure.events.js';
import { ensure, figureStaters } from './stated-figure.rules.js';

/** A figure as it was worked out, before anyone decided to release it. */
export interface WorkedOutFigure {
  readonly query: FigureQuery;
  /** `null`: there is no such figure. */
  readonly answer: string | null;
  readonly position: number;
  readonly policyVersion: number;
  readonly software: string;
}

export interface StatedFigureState {
  readonly figureId: string | null;
}

export interface StatedFigureFacts {
  /** `null`: it is not worked out for this role. */
  StateFigure: { readonly figure: WorkedOutFigure | null };
}

/** One released figure is one stream: it is stated once, and never changed. */
export const statedFigureDecider: Decider<
  StatedFigureState,
  StatedFigureCommands,
  FigureStated,
  StatedFigureFacts
> = {
  initial: { figureId: null },
  decide: {
    StateFigure(_, { commandId, query: name, reference, reason }, { actor, now, rules, facts }) {
      ensure(hasRole(actor, ...figureStaters[name]), 'FigureNotForRole', { path: 'query' });
      const { figure } = facts;
      ensure(figure?.answer, 'FigureUnknown', { path: 'query' });
      const { query, answer, position, policyVersion, software } = figure;
      const figureId = deriveId(commandId, 'statedFigure');
      return [
        {
          type: 'FigureStated',
          data: {
            ...{ figureId, query, position, answer, reference, reason },
            rules: { policyVersion, rulesVersion: rules, software },
            ...{ statedBy: actor.id, statedAt: now, statedOn: civilDateOf(now) },
          },
        },
      ];
    },
  },
  evolve: { FigureStated: (_, { figureId }) => ({ figureId }) },
};
