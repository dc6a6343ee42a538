import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsEnum, IsOptional, ValidateNested } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { ChaseReads } from './chase.queries.js';
import {
  AgeSort,
  AwardsToChaseFilter,
  AwardsToChaseSort,
  AwardToChase,
  OpenGap,
  OpenGapsFilter,
  SuspendedPackage,
  SuspendedPackagesFilter,
} from './chase.view.js';

const AwardToChaseConnection = connectionOf(AwardToChase);
const OpenGapConnection = connectionOf(OpenGap);
const SuspendedPackageConnection = connectionOf(SuspendedPackage);

@ArgsType()
class AwardsToChaseArgs extends PageArgs {
  @Field(() => AwardsToChaseFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AwardsToChaseFilter)
  filter?: AwardsToChaseFilter;

  @Field(() => AwardsToChaseSort, { defaultValue: AwardsToChaseSort.START_FIRST })
  @IsEnum(AwardsToChaseSort)
  sort: AwardsToChaseSort = AwardsToChaseSort.START_FIRST;
}

@ArgsType()
class ByAgeArgs extends PageArgs {
  @Field(() => AgeSort, { defaultValue: AgeSort.OLDEST_FIRST })
  @IsEnum(AgeSort)
  sort: AgeSort = AgeSort.OLDEST_FIRST;
}

@ArgsType()
class OpenGapsArgs extends ByAgeArgs {
  @Field(() => OpenGapsFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => OpenGapsFilter)
  filter?: OpenGapsFilter;
}

@ArgsType()
class SuspendedPackagesArgs extends ByAgeArgs {
  @Field(() => SuspendedPackagesFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => SuspendedPackagesFilter)
  filter?: SuspendedPackagesFilter;
}

@Resolver()
export class ChaseResolver {
  private readonly reads: ChaseReads;

  constructor(@Inject(PROJECTOR) projector: Projector, @Inject(CLOCK) clock: Clock) {
    this.reads = new ChaseReads(projector, clock);
  }

  @Query(() => AwardToChaseConnection, {
    description: 'Awards that are not acknowledged, or whose care has not started (X24).',
  })
  @Roles(...councilRoles, 'external-broker', 'provider')
  async awardsToChase(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, sort, ...page }: AwardsToChaseArgs,
  ): Promise<Connection<AwardToChase>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.awards(viewer, filter, sort, page));
  }

  @Query(() => OpenGapConnection, {
    description: 'Live packages that nobody is responsible for, with who sees to it (S4-14).',
  })
  @Roles(...councilRoles, 'external-broker')
  async openGaps(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, sort, ...page }: OpenGapsArgs,
  ): Promise<Connection<OpenGap>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.gaps(viewer, filter, sort, page));
  }

  @Query(() => SuspendedPackageConnection, {
    description: 'Packages whose care pauses, with those past their expected return (X17).',
  })
  @Roles(...councilRoles, 'external-broker')
  async suspendedPackages(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, sort, ...page }: SuspendedPackagesArgs,
  ): Promise<Connection<SuspendedPackage>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.suspended(viewer, filter, sort, page));
  }
}
