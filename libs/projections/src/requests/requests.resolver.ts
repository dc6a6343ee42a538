import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { QuestionReads } from '../questions/questions.queries.js';
import { RequestReads } from './requests.queries.js';
import { ProviderRequest, RequestsFilter } from './requests.view.js';

const RequestConnection = connectionOf(ProviderRequest);

@ArgsType()
class RequestsArgs extends PageArgs {
  @Field(() => RequestsFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => RequestsFilter)
  filter?: RequestsFilter;
}

@Resolver()
export class RequestsResolver {
  private readonly reads: RequestReads;
  private readonly questions: QuestionReads;

  constructor(@Inject(PROJECTOR) projector: Projector, @Inject(CLOCK) clock: Clock) {
    this.reads = new RequestReads(projector, clock);
    this.questions = new QuestionReads(projector);
  }

  @Query(() => RequestConnection, {
    description:
      'The anonymised requests that a provider was invited to, with its own replies (S1-9).',
  })
  @Roles('provider')
  async requests(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, ...page }: RequestsArgs,
  ): Promise<Connection<ProviderRequest>> {
    await showing(after, this.reads.reader, this.questions.reader);
    return connected(this.reads.page(viewer, filter, page));
  }
}
