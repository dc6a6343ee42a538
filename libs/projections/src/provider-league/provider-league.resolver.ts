import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { RecordsRefusal } from '#platform/refusals/records-refusal.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { KpiReads } from '../kpi/kpi.queries.js';
import { monthAsked, MonthArgs } from '../kpi/kpi.resolver.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { providerLeague } from './provider-league.queries.js';
import { ProviderLeague } from './provider-league.view.js';

@Resolver()
export class ProviderLeagueResolver {
  private readonly reads: KpiReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new KpiReads(projector);
  }

  @Query(() => ProviderLeague, {
    description:
      'The provider league of a month. Closed to brokers, who would rank by it; a provider sees its own row (L1, S1-13).',
  })
  @Roles(...comparingRoles, 'provider')
  @RecordsRefusal({ keptAs: 'LeagueClosedToRole', kind: 'figures' })
  async providerLeague(
    @CurrentActor() viewer: Viewer,
    @Args() { after, month }: MonthArgs,
  ): Promise<ProviderLeague> {
    await showing(after, this.reads.reader, this.reads.policy.reader);
    const today = civilDateOf(this.clock.now());
    const league = providerLeague(this.reads, viewer, monthAsked(month, today), today);
    const counted = { month: league.month, today };
    return { ...league, rows: league.rows.map((row) => ({ ...row, counted })) };
  }
}
