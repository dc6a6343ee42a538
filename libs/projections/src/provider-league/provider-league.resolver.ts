import { Inject } from '@nestjs/common';
import { Args, ArgsType, Query, Resolver } from '@nestjs/graphql';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { RecordsRefusal } from '#platform/refusals/records-refusal.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { kpisAt } from '../kpi/kpi-past.queries.js';
import { KpiReads } from '../kpi/kpi.queries.js';
import { monthAsked, MonthArgs } from '../kpi/kpi.resolver.js';
import { AsOfArgument } from '../past/as-of.args.js';
import { PastMoments } from '../past/past-moments.js';
import { LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { providerLeague } from './provider-league.queries.js';
import { ProviderLeague } from './provider-league.view.js';

@ArgsType()
class LeagueArgs extends MonthArgs {
  @AsOfArgument()
  asOf?: string;
}

@Resolver()
export class ProviderLeagueResolver {
  private readonly reads: KpiReads;
  private readonly moments: PastMoments;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) log: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new KpiReads(projector);
    this.moments = new PastMoments(projector, log, clock);
  }

  @Query(() => ProviderLeague, {
    description:
      'The provider league of a month. Closed to brokers, who would rank by it; a provider sees its own row (L1, S1-13).',
  })
  @Roles(...comparingRoles, 'provider')
  @RecordsRefusal({ keptAs: 'LeagueClosedToRole', kind: 'figures' })
  async providerLeague(
    @CurrentActor() viewer: Viewer,
    @Args() { after, month, asOf }: LeagueArgs,
  ): Promise<ProviderLeague> {
    await showing(after, this.reads.reader, this.reads.policy.reader);
    if (asOf !== undefined) {
      const moment = await this.moments.named(asOf);
      const of = monthAsked(month, civilDateOf(moment.now));
      return kpisAt(this.moments, moment, of, (reads, then) =>
        providerLeague(reads, viewer, of, then),
      );
    }
    const today = civilDateOf(this.clock.now());
    const league = providerLeague(this.reads, viewer, monthAsked(month, today), today);
    const counted = { month: league.month, today };
    return { ...league, rows: league.rows.map((row) => ({ ...row, counted })) };
  }
}
