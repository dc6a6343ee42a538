import { systemActor, hasRole, type Viewer } from '#kernel/actor.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import { compareFractions, displayFraction, weightedScore, type Fraction } from '#kernel/share.js';
import type { CivilDate, Month } from '#kernel/time.js';
import { asOf } from '#platform/graphql/paging.view.js';
import { evidencedOf, judged, sharesOf, type KpiReads, type Shares } from '../kpi/kpi.queries.js';
import { comparingRoles, isOfProvider } from '../who-sees.js';
import type { LeagueRow, ProviderLeague } from './provider-league.view.js';

/** What a provider brings to the league of a month. */
export interface Contender {
  readonly providerId: string;
  readonly providerName: string;
  readonly shares: Shares;
  readonly evidencedVisits: number;
}

/** The league of a month. Ranks are among all providers; a provider sees its own row alone (L1). */
export function providerLeague(
  reads: KpiReads,
  viewer: Viewer,
  month: Month,
  today: CivilDate,
): ProviderLeague {
  const policy = reads.policyOf(month);
  const contenders = [...reads.months(systemActor, month, today)]
    .filter(([providerId]) => reads.isContracted(providerId))
    .map(([providerId, counts]) => ({
      ...{ providerId, providerName: reads.nameOf(providerId) },
      shares: sharesOf(counts),
      evidencedVisits: evidencedOf(counts),
    }));
  const rows = ranked(contenders, policy).filter((row) => isVisible(row, viewer));
  return { month, policyVersion: policy.version, rows, asOf: asOf(reads.reader.asOf()) };
}

const isVisible = ({ providerId }: LeagueRow, viewer: Viewer): boolean =>
  hasRole(viewer, ...comparingRoles) || isOfProvider(viewer, providerId);

type Scored = Contender & { readonly score: Fraction };

/** Ranked by score, best first; equal scores share a rank. Then those without enough evidence. */
export function ranked(contenders: readonly Contender[], policy: CouncilPolicy): LeagueRow[] {
  const byName = (a: Contender, b: Contender) => (a.providerName < b.providerName ? -1 : 1);
  const scored: Scored[] = [];
  const unranked: LeagueRow[] = [];
  for (const contender of contenders.toSorted(byName)) {
    const score = weightedScore(weighted(contender.shares, policy));
    const enough = contender.evidencedVisits >= policy.leagueMinimumVisits;
    if (score && enough) scored.push({ ...contender, score });
    else unranked.push({ ...rowOf(contender, policy), unrankedBecause: because(enough, policy) });
  }
  const order = scored.toSorted((a, b) => compareFractions(b.score, a.score));
  return [...order.map((each) => rankedRow(each, order, policy)), ...unranked];
}

function rankedRow(each: Scored, order: readonly Scored[], policy: CouncilPolicy): LeagueRow {
  const better = order.filter(({ score }) => compareFractions(score, each.score) > 0).length;
  const { numerator, denominator } = each.score;
  return {
    ...rowOf(each, policy),
    rank: better + 1,
    score: {
      numerator: numerator.toString(),
      denominator: denominator.toString(),
      display: displayFraction(each.score),
    },
  };
}

const rowOf = (
  { providerId, providerName, shares, evidencedVisits }: Contender,
  policy: CouncilPolicy,
): LeagueRow => ({
  ...{ providerId, providerName, evidencedVisits },
  ...judged(shares, policy.targetPercent),
});

const because = (enough: boolean, { leagueMinimumVisits }: CouncilPolicy): string =>
  enough
    ? 'No KPI with a weight is applicable.'
    : `Fewer than ${leagueMinimumVisits} visits with evidence.`;

const weighted = (shares: Shares, { leagueWeights }: CouncilPolicy) =>
  (Object.keys(leagueWeights) as (keyof Shares)[]).map((name) => ({
    weight: leagueWeights[name],
    share: shares[name],
  }));
