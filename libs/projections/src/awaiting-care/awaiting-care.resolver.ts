import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsEnum, IsOptional, ValidateNested } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AsOfArgument } from '../past/as-of.args.js';
import { PastMoments } from '../past/past-moments.js';
import { connected, LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { AwaitingCareReads } from './awaiting-care.queries.js';
import {
  AwaitingCareConnection,
  AwaitingCareFilter,
  AwaitingCareSort,
} from './awaiting-care.view.js';
import type { AwaitingCareTotals } from './waiting-totals.view.js';

@ArgsType()
class AwaitingCareArgs extends PageArgs {
  @Field(() => AwaitingCareFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AwaitingCareFilter)
  filter?: AwaitingCareFilter;

  @Field(() => AwaitingCareSort, { defaultValue: AwaitingCareSort.OLDEST_FIRST })
  @IsEnum(AwaitingCareSort)
  sort: AwaitingCareSort = AwaitingCareSort.OLDEST_FIRST;

  @AsOfArgument()
  asOf?: string;
}

@Resolver()
export class AwaitingCareResolver {
  private readonly reads: AwaitingCareReads;
  private readonly moments: PastMoments;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) log: EventStore,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.reads = new AwaitingCareReads(projector, clock);
    this.moments = new PastMoments(projector, log, clock);
  }

  @Query(() => AwaitingCareConnection, {
    description: 'Packages whose care has not started, with what each waits for (S2-20).',
  })
  @Roles(...councilRoles, 'external-broker')
  async awaitingCare(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, sort, asOf: past, ...paging }: AwaitingCareArgs,
  ): Promise<AwaitingCareConnection> {
    const { reads } = this;
    await showing(after, reads.reader, reads.policies.reader);
    const moment = past === undefined ? undefined : await this.moments.named(past);
    const page = reads.page(viewer, filter, sort, paging, moment);
    const { edges, pageInfo, asOf } = connected(page);
    let counted: AwaitingCareTotals | undefined;
    const totals = () => (counted ??= reads.totals(viewer, filter, moment));
    return {
      ...{ edges, pageInfo, asOf },
      // Counted only for who asks, and once for both.
      get totalCount() {
        return totals().packages;
      },
      get totals() {
        return totals();
      },
    };
  }
}
