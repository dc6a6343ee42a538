import { systemActor } from '#kernel/actor.js';
import {
  isCivilDate,
  isIsoWeek,
  isMonth,
  monthAfter,
  monthOf,
  type CivilDate,
  type Month,
} from '#kernel/time.js';
import { kpiSubjects } from '#brokerage/stated-figure/stated-figure.commands.js';
import type { FigureQuery } from '#brokerage/stated-figure/stated-figure.events.js';
import type { FigureAsked } from '#brokerage/stated-figure/stated-figure.facts.js';
import { CouncilFiguresReads, periodOf } from '../council-figures/council-figures.queries.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import { KpiReads } from '../kpi/kpi.queries.js';
import { needsOfCouncilFigures, needsOfMonth } from '../past/past-needs.js';
import type { PastNeeds } from '../past/past-reads.js';
import { pay } from '../pay/pay.projection.js';
import { providerLeague } from '../provider-league/provider-league.queries.js';
import type { Projector } from '../read-side.js';
import { statementView } from '../statements/statements.queries.js';

/** An answer, and the policy that judged it. */
export interface Answered {
  readonly answer: object;
  readonly policyVersion: number;
}

/** What a query is answered from, and how. */
export interface Recipe extends PastNeeds {
  /** `undefined`: there is no such figure. */
  readonly answer: (past: Projector) => Answered | undefined;
}

/** The query with all its arguments; `undefined` when a day, week or month does not exist. */
export function queryOf(asked: FigureAsked): FigureQuery | undefined {
  const { query: name, today, providerId, by = 'provider', statementId } = asked;
  const { month = monthAfter(monthOf(today), -1) } = asked;
  switch (name) {
    case 'provider-kpis':
      if (!isMonth(month)) return undefined;
      return { name, arguments: { by, month, ...(providerId && { providerId }) } };
    case 'provider-league':
      return isMonth(month) ? { name, arguments: { month } } : undefined;
    case 'council-figures': {
      const { week: asWeek, from: asFrom, to: asTo } = asked;
      if ((asWeek && !isIsoWeek(asWeek)) || (asTo && !isCivilDate(asTo))) return undefined;
      if (asFrom && !isCivilDate(asFrom)) return undefined;
      const { from, to, week } = periodOf({ week: asWeek, from: asFrom, to: asTo }, today);
      return from <= to ? { name, arguments: { from, to, week } } : undefined;
    }
    case 'statement':
      return statementId ? { name, arguments: { statementId } } : undefined;
  }
}

/** How a released query is answered again. */
export function recipeOf({ name, arguments: given }: FigureQuery, today: CivilDate): Recipe {
  const { month = '', by, providerId, week = '', from, to, statementId = '' } = given;
  switch (name) {
    case 'provider-kpis': {
      const subject = kpiSubjects.find((each) => each === by) ?? 'provider';
      return ofMonth(month, (reads) =>
        reads.providerKpis(systemActor, month, today, providerId, subject),
      );
    }
    case 'provider-league':
      return ofMonth(month, (reads) => providerLeague(reads, systemActor, month, today));
    case 'council-figures':
      return {
        ...needsOfCouncilFigures(week),
        answer: (past) => ({
          ...judgedOn(past, today),
          answer: told(
            new CouncilFiguresReads(past).figures(systemActor, { week, from, to }, noonOf(today)),
          ),
        }),
      };
    case 'statement':
      return {
        projections: [pay, councilPolicy],
        ...{ categories: ['councilPolicy'], streams: [`statement-${statementId}`] },
        answer: (past) => {
          const row = past.reader(pay).get(systemActor, 'statements', statementId);
          return row && { ...judgedOn(past, row.periodStartsOn), answer: statementView(row) };
        },
      };
  }
}

const ofMonth = (month: Month, answerOf: (reads: KpiReads) => { asOf: unknown }): Recipe => ({
  ...needsOfMonth(month),
  answer(past) {
    const reads = new KpiReads(past);
    return { policyVersion: reads.policyOf(month).version, answer: told(answerOf(reads)) };
  },
});

const judgedOn = (past: Projector, on: CivilDate) => ({
  policyVersion: new CouncilPolicyReads(past).inForceOn(on).version,
});

/** How far the log was read is stated beside the answer. */
const told = <Answer extends { asOf: unknown }>({ asOf: _, ...answer }: Answer): object => answer;

const noonOf = (on: CivilDate): string => `${on}T12:00:00.000Z`;
