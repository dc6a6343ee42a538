import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import { civilDate } from '#brokerage/civil-date.commands.js';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { periodOf } from '../council-figures/council-figures.queries.js';
import { ensureReal } from '../council-figures/council-figures.resolver.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { marketReaders } from '../who-sees.js';
import { MarketReads } from './market.queries.js';
import { MarketReport } from './market.view.js';

@ArgsType()
class MarketArgs extends QueryArgs {
  @Field({
    nullable: true,
    description: 'First day of sending a request; default twelve months to `to`.',
  })
  @IsOptional()
  @Matches(civilDate)
  from?: string;

  @Field({
    nullable: true,
    description: 'Last day of sending a request, inclusive; default today.',
  })
  @IsOptional()
  @Matches(civilDate)
  to?: string;

  @Field({ nullable: true, description: 'Only requests for care in this patch.' })
  @IsOptional()
  @MaxLength(40)
  patch?: string;

  @Field({ nullable: true, description: 'Only requests to this lot.' })
  @IsOptional()
  @MaxLength(40)
  lot?: string;
}

@Resolver()
export class MarketResolver {
  private readonly reads: MarketReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new MarketReads(projector);
  }

  @Query(() => MarketReport, {
    description:
      'Declines by reason, no responses, offers and hours left unfilled, by patch and hour of day (S2-19).',
  })
  @Roles(...marketReaders)
  async marketReport(
    @CurrentActor() viewer: Viewer,
    @Args() { after, patch, lot, ...period }: MarketArgs,
  ): Promise<MarketReport> {
    ensureReal(period);
    await showing(after, this.reads.reader);
    const { from, to } = periodOf(period, civilDateOf(this.clock.now()));
    return this.reads.report(viewer, { from, to, patch, lot });
  }
}
