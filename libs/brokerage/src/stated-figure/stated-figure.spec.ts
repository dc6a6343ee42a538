import type { Actor, Role } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { statedFigureDecider, type WorkedOutFigure } from './stated-figure.decider.js';
import { statableQueries } from './stated-figure.events.js';
import { figureStaters } from './stated-figure.rules.js';

const { given } = specFor(statedFigureDecider);
const commandId = '01900000-0000-7000-8000-000000000001';
const now = '2026-04-01T23:30:00.000Z';
const actorOf = (...roles: Role[]): Actor => ({ id: 'stater', roles });
const figure: WorkedOutFigure = {
  query: { name: 'provider-kpis', arguments: { by: 'council', month: '2026-03' } },
  ...{ answer: '{"late":3}', position: 77, policyVersion: 2, software: 'care-brokerage@0.1.0' },
};
const state = (
  over: {
    figure?: WorkedOutFigure | null;
    actor?: Actor;
    query?: WorkedOutFigure['query']['name'];
  } = {},
) =>
  given().when(
    'StateFigure',
    {
      ...{ commandId, query: over.query ?? 'provider-kpis', month: '2026-03', by: 'council' },
      ...{ reference: 'FOI 2026-114', reason: 'A request under the Act.' },
    },
    {
      now,
      actor: over.actor ?? actorOf('commissioner'),
      facts: { figure: over.figure === undefined ? figure : over.figure },
    },
  );

describe('A stated figure', () => {
  it('keeps what was asked, the answer, how far the log was read and what judged it', () => {
    const [event] = state().events();
    expect(event).toMatchObject({
      type: 'FigureStated',
      data: {
        ...{ query: figure.query, answer: '{"late":3}', position: 77 },
        rules: { policyVersion: 2, rulesVersion: 1, software: 'care-brokerage@0.1.0' },
        ...{ reference: 'FOI 2026-114', reason: 'A request under the Act.', statedBy: 'stater' },
        ...{ statedAt: now, statedOn: '2026-04-02' },
      },
    });
  });

  it('is refused where there is no such figure', () => {
    state({ figure: { ...figure, answer: null } }).thenRejected('FigureUnknown');
  });

  it.each(statableQueries)(
    'of %s is released by those whose role sees it, and by no other',
    (query) => {
      const others = (
        ['broker', 'auditor', 'provider', 'finance', 'quality-officer'] as const
      ).filter((role) => !figureStaters[query].includes(role));
      for (const role of figureStaters[query]) {
        expect(state({ query, actor: actorOf(role) }).events()).toHaveLength(1);
      }
      for (const role of others) {
        state({ query, actor: actorOf(role), figure: null }).thenRejected('FigureNotForRole');
      }
    },
  );
});
