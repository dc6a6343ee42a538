import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { IsInt, Max, Min } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { asOf, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { RetentionReads } from './retention.queries.js';
import { DueRecords } from './retention.view.js';

@ArgsType()
class RetentionDueArgs extends QueryArgs {
  @Field(() => Int, { defaultValue: 50, description: 'How many records, from 1 to 100.' })
  @IsInt()
  @Min(1)
  @Max(100)
  first: number = 50;
}

/** Which records the council need not keep any longer. */
@Resolver()
export class RetentionResolver {
  private readonly reads: RetentionReads;
  private readonly policy: CouncilPolicyReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new RetentionReads(projector);
    this.policy = new CouncilPolicyReads(projector);
  }

  @Query(() => DueRecords, {
    description: 'Records whose retention period is over, the longest first (X29).',
  })
  @Roles('administrator', 'commissioner', 'auditor')
  async retentionDue(
    @CurrentActor() viewer: Viewer,
    @Args() { after, first }: RetentionDueArgs,
  ): Promise<DueRecords> {
    const { cases, people } = this.reads;
    await showing(after, cases, people, this.policy.reader);
    const today = civilDateOf(this.clock.now());
    const { retention } = this.policy.inForceOn(today);
    const records = this.reads.due(viewer, retention, today, first);
    return { records, asOf: asOf(cases.asOf()) };
  }
}
