import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, Matches } from 'class-validator';
import { civilDate } from '#brokerage/civil-date.commands.js';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { CouncilPolicyReads } from './council-policy.queries.js';
import { Policy } from './council-policy.view.js';

@ArgsType()
class PolicyArgs extends QueryArgs {
  @Field({ nullable: true, description: 'The date whose policy is asked for; default today.' })
  @IsOptional()
  @Matches(civilDate)
  on?: string;
}

@Resolver()
export class CouncilPolicyQueries {
  private readonly reads: CouncilPolicyReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new CouncilPolicyReads(projector);
  }

  @Query(() => Policy, { description: 'The council policy in force on a date.' })
  @Roles(...councilRoles)
  async policy(@CurrentActor() viewer: Viewer, @Args() { after, on }: PolicyArgs): Promise<Policy> {
    await showing(after, this.reads.reader);
    return this.reads.policy(viewer, on ?? civilDateOf(this.clock.now()));
  }
}
