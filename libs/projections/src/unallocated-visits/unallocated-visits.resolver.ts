import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { fold } from '#kernel/decider.js';
import { weekIdOf } from '#brokerage/visit/visit.rules.js';
import { evolveWeek, unplannedWeek } from '#brokerage/visit/visit.state.rules.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { logReaders } from '../who-sees.js';
import { reasonOf } from './unallocated-reason.rules.js';
import { UnallocatedVisitReads } from './unallocated-visits.queries.js';
import {
  UnallocatedReasonCode,
  UnallocatedVisit,
  UnallocatedVisitsFilter,
  type UnallocatedReason,
} from './unallocated-visits.view.js';

const UnallocatedVisitConnection = connectionOf(UnallocatedVisit);

@ArgsType()
class UnallocatedVisitsArgs extends PageArgs {
  @Field(() => UnallocatedVisitsFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => UnallocatedVisitsFilter)
  filter?: UnallocatedVisitsFilter;
}

@Resolver(() => UnallocatedVisit)
export class UnallocatedVisitsResolver {
  private readonly reads: UnallocatedVisitReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) private readonly log: EventStore,
  ) {
    this.reads = new UnallocatedVisitReads(projector);
  }

  @Query(() => UnallocatedVisitConnection, {
    description:
      'Attendances that no planned visit stands for, kept until a plan covers them (X13).',
  })
  @Roles(...logReaders, 'provider')
  async unallocatedVisits(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, ...page }: UnallocatedVisitsArgs,
  ): Promise<Connection<UnallocatedVisit>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.visits(viewer, filter, page));
  }

  @ResolveField(() => UnallocatedReasonCode, {
    description: 'Why no planned visit stands for it, as the plan is now.',
  })
  @Roles(...logReaders, 'provider')
  async reason(@Parent() visit: UnallocatedVisit): Promise<UnallocatedReason> {
    const stream = `visitWeek-${weekIdOf(visit.packageId, visit.week)}`;
    const events = await this.log.read(stream);
    return reasonOf(fold({ initial: unplannedWeek, evolve: evolveWeek }, events), visit);
  }
}
