import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, MaxLength } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import {
  queueKinds,
  queueStatuses,
  type QueueKind,
  type QueueStatus,
} from '#brokerage/work-queue/work-queue.codes.js';
import { QueueKindCode } from '#brokerage/work-queue/work-queue.commands.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { WorkQueueReads } from './work-queue.queries.js';
import { QueueItem, QueueStatusCode } from './work-queue.view.js';

const QueueItemConnection = connectionOf(QueueItem);

@ArgsType()
class WorkQueueArgs extends PageArgs {
  @Field(() => QueueKindCode, { nullable: true })
  @IsOptional()
  @IsIn(queueKinds)
  kind?: QueueKind;

  @Field({ nullable: true, description: 'Only items of this colleague.' })
  @IsOptional()
  @MaxLength(64)
  owner?: string;

  @Field(() => QueueStatusCode, { defaultValue: 'open' })
  @IsIn(queueStatuses)
  status: QueueStatus = 'open';
}

@Resolver()
export class WorkQueueItemsResolver {
  private readonly reads: WorkQueueReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new WorkQueueReads(projector);
  }

  @Query(() => QueueItemConnection, {
    description:
      'What waits for somebody in the office, the longest first: why, whose it is, and what may be done about it.',
  })
  @Roles('broker', 'senior-broker', 'auditor')
  async workQueue(
    @CurrentActor() viewer: Viewer,
    @Args() { after, ...question }: WorkQueueArgs,
  ): Promise<Connection<QueueItem>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.items(viewer, question, this.clock.now()));
  }
}
