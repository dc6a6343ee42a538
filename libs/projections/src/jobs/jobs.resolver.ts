import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { asOf, PageArgs, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { JobReads } from './jobs.queries.js';
import { Job, JobAnswer, JobItem, JobItemOutcomeCode, type JobItemOutcome } from './jobs.view.js';

const JobConnection = connectionOf(Job);
const JobItemConnection = connectionOf(JobItem);

@ArgsType()
class JobArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  id: string;
}

@ArgsType()
class JobItemsArgs extends PageArgs {
  @Field(() => ID)
  @IsUUID()
  jobId: string;

  @Field(() => JobItemOutcomeCode, { nullable: true, description: 'Only these.' })
  @IsOptional()
  @IsIn(Object.values(JobItemOutcomeCode))
  outcome?: JobItemOutcome;
}

@Resolver()
export class JobsResolver {
  private readonly reads: JobReads;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reads = new JobReads(projector);
  }

  @Query(() => JobAnswer, { description: 'A command over many things and how far it is.' })
  @Roles(...councilRoles)
  async job(@CurrentActor() viewer: Viewer, @Args() { after, id }: JobArgs): Promise<JobAnswer> {
    await showing(after, this.reads.reader);
    const job = this.reads.job(viewer, id);
    return { ...(job && { job }), asOf: asOf(this.reads.reader.asOf()) };
  }

  @Query(() => JobConnection, { description: 'All jobs, the latest first.' })
  @Roles(...councilRoles)
  async jobs(
    @CurrentActor() viewer: Viewer,
    @Args() { after, ...paging }: PageArgs,
  ): Promise<Connection<Job>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.jobs(viewer, paging));
  }

  @Query(() => JobItemConnection, {
    description: 'What became of each command of a job, in the order of its list.',
  })
  @Roles(...councilRoles)
  async jobItems(
    @CurrentActor() viewer: Viewer,
    @Args() { after, jobId, outcome, ...paging }: JobItemsArgs,
  ): Promise<Connection<JobItem>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.items(viewer, { jobId, outcome }, paging));
  }
}
