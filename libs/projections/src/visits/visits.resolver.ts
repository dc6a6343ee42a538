import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsUUID, Matches } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import { LOG, PROJECTOR, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { careWeek } from './visits.queries.js';
import { CareWeek } from './visits.view.js';

@ArgsType()
class VisitsArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  packageId: string;

  @Field({ description: 'An ISO week, `2026-W13`.' })
  @Matches(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/)
  week: string;
}

@Resolver()
export class VisitsResolver {
  private readonly policies;

  constructor(
    @Inject(LOG) private readonly log: EventStore,
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.policies = new CouncilPolicyReads(projector);
  }

  @Query(() => CareWeek, {
    description:
      'The visits of a package in one week, with their ids and logs, as the log has them now.',
  })
  @Roles(...councilRoles, 'provider')
  visits(
    @CurrentActor() viewer: Viewer,
    @Args() { packageId, week }: VisitsArgs,
  ): Promise<CareWeek> {
    const now = this.clock.now();
    const policy = this.policies.inForceOn(civilDateOf(now));
    return careWeek(this.log, viewer, packageId, week, { now, policy });
  }
}
