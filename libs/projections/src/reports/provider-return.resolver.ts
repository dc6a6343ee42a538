import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { ownOnly } from '../kpi/kpi.queries.js';
import { monthAsked, MonthArgs } from '../kpi/kpi.resolver.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { ProviderReturnReads } from './provider-return.queries.js';
import { ProviderReturn } from './provider-return.view.js';

@ArgsType()
class ProviderReturnArgs extends MonthArgs {
  @Field(() => ID)
  @IsUUID()
  providerId: string;
}

@Resolver()
export class ProviderReturnResolver {
  private readonly reads: ProviderReturnReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new ProviderReturnReads(projector);
  }

  @Query(() => ProviderReturn, {
    description:
      'A provider’s monthly return; a provider gets its own, whichever it asks for (X22). Also a file: /reports/return/{providerId}.csv.',
  })
  @Roles(...comparingRoles, 'provider')
  async providerReturn(
    @CurrentActor() viewer: Viewer,
    @Args() { after, month, providerId }: ProviderReturnArgs,
  ): Promise<ProviderReturn> {
    await showing(after, this.reads.reader, this.reads.kpis.reader);
    const today = civilDateOf(this.clock.now());
    const wanted = ownOnly(viewer) ?? providerId;
    return this.reads.providerReturn(viewer, monthAsked(month, today), today, wanted);
  }
}
