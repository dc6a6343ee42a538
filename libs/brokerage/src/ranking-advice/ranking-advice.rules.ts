import { ruleBook } from '#kernel/rejection.js';
import type { LeagueStanding, RankedOffer } from './ranking-advice.events.js';

export const rankingAdviceRules = {
  RequestUnknown: 'There is no such request.',
  OffersNotBeforePerson:
    'A ranking is asked for once the offers are presented, and before the award. Present the offers first.',
  RankingNotAskedFor:
    'Nobody has asked for a ranking of this request. It is shown once the person, or a named representative, asks for it.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof rankingAdviceRules>> =
  ruleBook(rankingAdviceRules);

/** The league's order among the offers before the person; equal scores share a rank (1, 2, 2, 4). */
export function rankedOffers(
  offers: readonly { readonly offerId: string; readonly providerId: string }[],
  league: readonly LeagueStanding[],
): RankedOffer[] {
  const standingOf = (providerId: string) => league.find((row) => row.providerId === providerId);
  const ranks = offers.flatMap(({ providerId }) => standingOf(providerId)?.rank ?? []);
  const ranked = offers.map(({ offerId, providerId }): RankedOffer => {
    const standing = standingOf(providerId);
    const { rank } = standing ?? {};
    if (rank !== undefined) {
      const better = ranks.filter((other) => other < rank).length;
      return { offerId, providerId, rank: better + 1 };
    }
    const unrankedBecause = standing?.unrankedBecause ?? 'Not in the league of this month.';
    return { offerId, providerId, rank: null, unrankedBecause };
  });
  const last = offers.length + 1;
  return ranked.toSorted((a, b) => (a.rank ?? last) - (b.rank ?? last));
}
