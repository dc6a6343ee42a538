import type { Decider } from '#kernel/decider.js';
import type { Month } from '#kernel/time.js';
import type { RankingAdviceCommands } from './ranking-advice.commands.js';
import type {
  LeagueStanding,
  RankingAdviceEvent,
  RankingAdviceRequested,
} from './ranking-advice.events.js';
import { ensure, rankedOffers } from './ranking-advice.rules.js';

export interface RankingAdviceState {
  readonly advice: RankingAdviceRequested['data'] | null;
}

export interface RankingAdviceFacts {
  RequestRankingAdvice: {
    request: {
      /** Of a case that the actor may see (S3-4). */
      readonly known: boolean;
      readonly awaitsChoice: boolean;
      readonly packageId: string;
      readonly personId: string;
      readonly presented: readonly { readonly offerId: string; readonly providerId: string }[];
    };
    /** The league's rows of the presented offers' providers alone. */
    league: {
      readonly month: Month;
      readonly method: string;
      readonly position: number;
      readonly rows: readonly LeagueStanding[];
    };
  };
  ReadRankingAdvice: { request: { readonly known: boolean } };
}

/** Advice on a request, if the person asks for it; one stream per request, so it is computed once. */
export const rankingAdviceDecider: Decider<
  RankingAdviceState,
  RankingAdviceCommands,
  RankingAdviceEvent,
  RankingAdviceFacts
> = {
  initial: { advice: null },
  decide: {
    RequestRankingAdvice(state, { requestId, requestedBy }, { now, facts: { request, league } }) {
      ensure(request.known, 'RequestUnknown', { path: 'requestId' });
      if (state.advice) return [];
      ensure(request.awaitsChoice, 'OffersNotBeforePerson');
      const { packageId, personId, presented } = request;
      const { month, method, position, rows } = league;
      const data = {
        ...{ packageId, personId, requestId, requestedBy: { ...requestedBy }, requestedAt: now },
        ...{ month, method, readAtPosition: position, inputs: [...rows] },
        ranking: rankedOffers(presented, rows),
      };
      return [{ type: 'RankingAdviceRequested', data }];
    },
    ReadRankingAdvice(state, { requestId }, { now, actor, facts: { request } }) {
      ensure(request.known, 'RequestUnknown', { path: 'requestId' });
      ensure(state.advice, 'RankingNotAskedFor');
      const { id: by, roles } = actor;
      return [
        { type: 'RankingAdviceRead', data: { requestId, by, roles: [...roles], readAt: now } },
      ];
    },
  },
  evolve: {
    RankingAdviceRequested: (_, advice) => ({ advice }),
    RankingAdviceRead: (state) => state,
  },
};
