import type { Event } from '#kernel/decider.js';
import type { Instant, Month } from '#kernel/time.js';

interface OfRequest {
  readonly packageId: string;
  readonly personId: string;
  readonly requestId: string;
}

/** Who may ask for a ranking: the person, or who stands for them by name (S1-13). */
export const adviceSeekers = ['person', 'representative', 'attorney', 'advocate'] as const;
export type AdviceSeeker = (typeof adviceSeekers)[number];

export interface RankedOffer {
  readonly offerId: string;
  readonly providerId: string;
  /** Among the presented offers; `null`: unranked, with the reason (L1). */
  readonly rank: number | null;
  readonly unrankedBecause?: string;
}

/** What the league says of a provider whose offer was presented. */
export interface LeagueStanding {
  readonly providerId: string;
  readonly rank?: number;
  readonly score?: { readonly numerator: string; readonly denominator: string };
  readonly unrankedBecause?: string;
  readonly evidencedVisits: number;
}

/** Advice that the person asked for, computed once and kept with its inputs (S1-13). */
export type RankingAdviceRequested = Event<
  'RankingAdviceRequested',
  OfRequest & {
    requestedBy: { readonly name: string; readonly relationship: AdviceSeeker };
    requestedAt: Instant;
    /** The last full month, `2026-02`. */
    month: Month;
    method: string;
    /** The log's position that the league was read at. */
    readAtPosition: number;
    inputs: readonly LeagueStanding[];
    ranking: readonly RankedOffer[];
  }
>;

/** Someone looked at the advice after it was asked for. */
export type RankingAdviceRead = Event<
  'RankingAdviceRead',
  { requestId: string; by: string; roles: readonly string[]; readAt: Instant }
>;

export type RankingAdviceEvent = RankingAdviceRequested | RankingAdviceRead;

export const rankingAdvicePersonalFields = {
  events: { RankingAdviceRequested: { subject: 'personId', fields: ['requestedBy.name'] } },
  commands: { RequestRankingAdvice: ['requestedBy.name'] },
} as const;
