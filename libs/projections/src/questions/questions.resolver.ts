import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { asOf, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { ProviderRequest } from '../requests/requests.view.js';
import { REVEALED_LOG } from '../revealed-log.js';
import { questionReaders } from '../who-sees.js';
import { QuestionReads, wordsAt } from './questions.queries.js';
import { RequestQuestion, RequestQuestions } from './questions.view.js';

const readers = [...questionReaders, 'external-broker', 'provider'] as const;

@ArgsType()
class QuestionsArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  requestId: string;
}

/** What was asked about a request, for those who answer. */
@Resolver()
export class QuestionsResolver {
  private readonly reads: QuestionReads;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reads = new QuestionReads(projector);
  }

  @Query(() => RequestQuestions, {
    description:
      'Questions about a request: a broker sees all, a provider its own and those answered to all (S1-9).',
  })
  @Roles(...readers)
  async requestQuestions(
    @CurrentActor() viewer: Viewer,
    @Args() { after, requestId }: QuestionsArgs,
  ): Promise<RequestQuestions> {
    const { reader } = this.reads;
    await showing(after, reader);
    return { questions: this.reads.about(viewer, requestId), asOf: asOf(reader.asOf()) };
  }
}

/** The same with the request, as the provider has it before it. */
@Resolver(() => ProviderRequest)
export class ProviderQuestionsResolver {
  private readonly reads: QuestionReads;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.reads = new QuestionReads(projector);
  }

  @ResolveField(() => [RequestQuestion], {
    description: 'Those answered to all invited providers, and this provider’s own (S1-9).',
  })
  @Roles('provider')
  questions(
    @CurrentActor() viewer: Viewer,
    @Parent() { requestId }: ProviderRequest,
  ): RequestQuestion[] {
    return this.reads.about(viewer, requestId);
  }
}

/** What the read model does not keep, because it is sealed. */
@Resolver(() => RequestQuestion)
export class QuestionWordsResolver {
  constructor(@Inject(REVEALED_LOG) private readonly log: EventStore) {}

  @ResolveField(() => String, {
    nullable: true,
    description: 'Once it is answered, as all read it; nothing after the person was erased.',
  })
  @Roles(...readers)
  async question(@Parent() { position }: RequestQuestion): Promise<string | undefined> {
    return (await wordsAt(this.log, position)).question;
  }

  @ResolveField(() => String, { nullable: true, description: 'As all invited providers read it.' })
  @Roles(...readers)
  async answer(@Parent() { position }: RequestQuestion): Promise<string | undefined> {
    return (await wordsAt(this.log, position)).answer;
  }
}
