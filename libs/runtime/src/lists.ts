import type { EventStore } from '#eventstore/event-store.js';
import type { Fact } from '#platform/commands/slice.js';
import { packagesOfProvider } from '#projections/chase/chase.queries.js';
import {
  contractDirectory,
  registerDirectory,
} from '#projections/contract-register/contract-directory.queries.js';
import {
  eligibleContracts,
  type EligibilityQuestion,
} from '#projections/contract-register/eligibility.queries.js';
import type { UpliftQuestion } from '#brokerage/rate-uplift/rate-uplift.facts.js';
import { upliftCandidates } from '#projections/rate-uplifts/uplift-candidates.queries.js';
import { statementLines, statementProviders } from '#projections/pay/statement-lines.queries.js';
import type { StatementQuestion } from '#brokerage/statement/statement.preparer.js';
import {
  leagueOfMonth,
  type LeagueQuestion,
} from '#projections/provider-league/league-of-month.queries.js';
import { packagesOfPeople } from '#projections/package/packages-of-people.queries.js';
import { casesOfPerson } from '#projections/service-user/person-cases.queries.js';
import { workedOutFigure } from '#projections/stated-figures/worked-out-figure.queries.js';
import type { FigureAsked } from '#brokerage/stated-figure/stated-figure.facts.js';
import { visitException } from '#projections/visit-exceptions/visit-exceptions.queries.js';
import type { ProjectionRunner } from '#projections/projector/projection-runner.js';

/** Lists that a decision may ask for; each answer carries the position it was read at. */
export const listsOf =
  (readModels: ProjectionRunner, store: EventStore) =>
  async (name: string, question: unknown): Promise<Fact> => {
    if (name === 'eligibleContracts') {
      return eligibleContracts(readModels, store, question as EligibilityQuestion);
    }
    if (name === 'upliftCandidates') {
      return upliftCandidates(readModels, store, question as UpliftQuestion);
    }
    if (name === 'registerDirectory') return registerDirectory(readModels, store);
    if (name === 'contractDirectory') return contractDirectory(readModels, store);
    if (name === 'packagesOfPeople') {
      return packagesOfPeople(readModels, store, question as { refs: readonly string[] });
    }
    if (name === 'casesOfPerson') {
      return casesOfPerson(readModels, store, question as { personId: string });
    }
    if (name === 'packagesOfProvider') {
      return packagesOfProvider(readModels, store, question as { providerId: string });
    }
    if (name === 'statementLines') {
      return statementLines(readModels, store, question as StatementQuestion);
    }
    if (name === 'statementProviders') {
      return statementProviders(readModels, store, question as { periodStartsOn: string });
    }
    if (name === 'leagueOfMonth') {
      return leagueOfMonth(readModels, store, question as LeagueQuestion);
    }
    if (name === 'visitException') {
      return visitException(readModels, store, question as { exceptionId: string });
    }
    if (name === 'workedOutFigure') {
      return workedOutFigure(readModels, store, question as FigureAsked);
    }
    throw new Error(`there is no list ${name}`);
  };
