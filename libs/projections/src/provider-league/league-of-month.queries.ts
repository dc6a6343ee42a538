import type { EventStore, Position } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import type { CivilDate, Month } from '#kernel/time.js';
import type { LeagueStanding } from '#brokerage/ranking-advice/ranking-advice.events.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { kpi } from '../kpi/kpi.projection.js';
import { KpiReads } from '../kpi/kpi.queries.js';
import { settled, type Projector } from '../read-side.js';
import { providerLeague } from './provider-league.queries.js';
import type { LeagueRow } from './provider-league.view.js';

export interface LeagueQuestion {
  readonly month: Month;
  readonly today: CivilDate;
  readonly providerIds: readonly string[];
}

/** What the league of a month says of some providers, and how it is computed (S1-13, L1). */
export async function leagueOfMonth(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  { month, today, providerIds }: LeagueQuestion,
): Promise<{
  value: { month: Month; method: string; rows: readonly LeagueStanding[] };
  position: Position;
}> {
  const reads = new KpiReads(projector);
  await settled(reads.policy.reader, councilPolicy, store);
  const position = await settled(reads.reader, kpi, store);
  const { rows } = providerLeague(reads, systemActor, month, today);
  const wanted = rows.filter(({ providerId }) => providerIds.includes(providerId));
  return { value: { month, method: methodOf(reads, month), rows: wanted.map(standing) }, position };
}

const standing = ({
  providerId,
  rank,
  score,
  unrankedBecause,
  evidencedVisits,
}: LeagueRow): LeagueStanding => ({
  ...{ providerId, evidencedVisits },
  ...(rank !== undefined && { rank }),
  ...(score && { score: { numerator: score.numerator, denominator: score.denominator } }),
  ...(unrankedBecause !== undefined && { unrankedBecause }),
});

/** A sentence for whoever reads the advice. */
function methodOf(reads: KpiReads, month: Month): string {
  const { leagueWeights, leagueMinimumVisits, version } = reads.policyOf(month);
  const { punctualityStandard, punctualityCritical, continuity, notMissed } = leagueWeights;
  return (
    `The provider league of ${month}: shares kept, weighted ${punctualityStandard} for punctuality, ` +
    `${punctualityCritical} for punctuality of critical visits, ${continuity} for continuity and ` +
    `${notMissed} for visits not missed (policy version ${version}). Providers with fewer than ` +
    `${leagueMinimumVisits} visits with evidence are unranked, not last. It is advice: the person chooses.`
  );
}
