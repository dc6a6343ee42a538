import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsEnum, IsOptional, ValidateNested } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
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
}

@Resolver()
export class AwaitingCareResolver {
  private readonly reads: AwaitingCareReads;

  constructor(@Inject(PROJECTOR) projector: Projector, @Inject(CLOCK) clock: Clock) {
    this.reads = new AwaitingCareReads(projector, clock);
  }

  @Query(() => AwaitingCareConnection, {
    description: 'Packages whose care has not started, with what each waits for (S2-20).',
  })
  @Roles(...councilRoles, 'external-broker')
  async awaitingCare(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, sort, ...paging }: AwaitingCareArgs,
  ): Promise<AwaitingCareConnection> {
    const { reads } = this;
    await showing(after, reads.reader, reads.policies.reader);
    const page = reads.page(viewer, filter, sort, paging);
    const { edges, pageInfo, asOf } = connected(page);
    let counted: AwaitingCareTotals | undefined;
    const totals = () => (counted ??= reads.totals(viewer, filter));
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
