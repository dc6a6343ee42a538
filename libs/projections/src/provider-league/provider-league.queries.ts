import { systemActor, hasRole, type Viewer } from '#kernel/actor.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import { overlap } from '#kernel/share-interval.js';
import {
  compareFractions,
  displayFraction,
  weightedScore,
  type Fraction,
  type Share,
} from '#kernel/share.js';
import type { CivilDate, Month } from '#kernel/time.js';
import { asOf } from '#platform/graphql/paging.view.js';
import {
  careShare,
  coverageOf,
  toldOf,
  finalOn,
  isIncomplete,
  judged,
  sharesOf,
  type Shares,
} from '../kpi/kpi-shares.rules.js';
import type { KpiReads } from '../kpi/kpi.queries.js';
import { comparingRoles, isOfProvider } from '../who-sees.js';
import type { LeagueRow, ProviderLeague, UnrankedReason } from './provider-league.view.js';

/** What a provider brings to the league of a month. */
export interface Contender {
  readonly providerId: string;
  readonly providerName: string;
  readonly shares: Shares;
  /** Visits with evidence, of those required (X27). */
  readonly coverage: Share;
  /** Windows of continuity whose carers are named, of all (S2-11). */
  readonly told: Share;
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
      ...{ shares: sharesOf(counts), coverage: coverageOf(counts), told: toldOf(counts) },
    }));
  const final = finalOn(month, policy);
  const rows = ranked(contenders, policy, today >= final).filter((row) => isVisible(row, viewer));
  return {
    ...{ month, policyVersion: policy.version, finalOn: final, rows },
    provisional: today < final || rows.some(({ provisional }) => provisional),
    asOf: asOf(reads.reader.asOf()),
  };
}

const isVisible = ({ providerId }: LeagueRow, viewer: Viewer): boolean =>
  hasRole(viewer, ...comparingRoles, 'system') || isOfProvider(viewer, providerId);

type Scored = Contender & { readonly score: Fraction };

/** Ranked by score, best first; equal scores share a rank. Then those without a rank, by name. */
export function ranked(
  contenders: readonly Contender[],
  policy: CouncilPolicy,
  isFinal = true,
): LeagueRow[] {
  const byName = (a: Contender, b: Contender) => (a.providerName < b.providerName ? -1 : 1);
  const scored: Scored[] = [];
  const unranked: LeagueRow[] = [];
  for (const contender of contenders.toSorted(byName)) {
    const score = weightedScore(weighted(contender.shares, policy));
    const reason = unrankedReason(contender, score, policy);
    const row = rowOf(contender, policy, isFinal);
    if (score && !reason) scored.push({ ...contender, score });
    else if (reason) unranked.push({ ...row, ...because(reason, policy) });
  }
  const order = scored.toSorted((a, b) => compareFractions(b.score, a.score));
  return [...order.map((each, at) => rankedRow(each, at, order, policy, isFinal)), ...unranked];
}

function rankedRow(
  each: Scored,
  at: number,
  order: readonly Scored[],
  policy: CouncilPolicy,
  isFinal: boolean,
): LeagueRow {
  const better = order.filter(({ score }) => compareFractions(score, each.score) > 0).length;
  const { numerator, denominator } = each.score;
  return {
    ...comparedWith(order[at - 1], each, rowOf(each, policy, isFinal)),
    rank: better + 1,
    score: {
      numerator: numerator.toString(),
      denominator: denominator.toString(),
      display: displayFraction(each.score),
    },
  };
}

/** Marks each KPI whose interval overlaps that of the row above (L1). */
function comparedWith(above: Scored | undefined, each: Scored, row: LeagueRow): LeagueRow {
  if (!above) return row;
  const marked = (Object.keys(each.shares) as (keyof Shares)[]).map((name) => {
    const same = overlap(above.shares[name], each.shares[name]);
    return [name, { ...row[name], ...(same !== null && { notDistinguishable: same }) }];
  });
  return { ...row, ...(Object.fromEntries(marked) as Pick<LeagueRow, keyof Shares>) };
}

function rowOf(
  { providerId, providerName, shares, coverage }: Contender,
  policy: CouncilPolicy,
  isFinal: boolean,
): LeagueRow {
  return {
    ...{ providerId, providerName, evidencedVisits: coverage.kept },
    ...judged(shares, policy.targetPercent),
    evidenceCoverage: careShare(coverage, policy.evidenceCoveragePercent),
    provisional: !isFinal || isIncomplete(coverage, policy),
  };
}

/** What is wrong first: a provider that sends no file never leads, however few visits it has (X27). */
function unrankedReason(
  { coverage, told }: Contender,
  score: Fraction | null,
  policy: CouncilPolicy,
): UnrankedReason | undefined {
  if (isIncomplete(coverage, policy)) return 'evidence-incomplete';
  if (coverage.kept < policy.leagueMinimumVisits) return 'too-few-visits';
  if (isIncomplete(told, policy)) return 'carers-not-named';
  return score ? undefined : 'nothing-applicable';
}

function because(
  reason: UnrankedReason,
  { evidenceCoveragePercent, leagueMinimumVisits }: CouncilPolicy,
) {
  const sentences: Record<UnrankedReason, string> = {
    'evidence-incomplete': `Less than ${evidenceCoveragePercent} % of required visits have evidence.`,
    'too-few-visits': `Fewer than ${leagueMinimumVisits} visits with evidence.`,
    'carers-not-named': `Less than ${evidenceCoveragePercent} % of fortnights name every carer: continuity cannot be told.`,
    'nothing-applicable': 'No KPI with a weight is applicable.',
  };
  return { unrankedReason: reason, unrankedBecause: sentences[reason] };
}

const weighted = (shares: Shares, { leagueWeights }: CouncilPolicy) =>
  (Object.keys(leagueWeights) as (keyof Shares)[]).map((name) => ({
    weight: leagueWeights[name],
    share: shares[name],
  }));
