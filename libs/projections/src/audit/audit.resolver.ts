import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { AuditLooks } from '#brokerage/audit-look/audit-looks.js';
import type { EventStore } from '#eventstore/event-store.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { RUNTIME, type Runtime } from '#platform/runtime/runtime.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AsOfArgument } from '../past/as-of.args.js';
import { LOG, PROJECTOR, type Projector } from '../read-side.js';
import { decisionReplaysOf } from '../replay/decision-replay.resolver.js';
import type { DecisionReplays } from '../replay/decision-replay.queries.js';
import { DecisionReplay } from '../replay/decision-replay.view.js';
import { AuditAnswers } from './audit-answers.js';
import { auditors, overseers } from './audit-roles.js';
import { PackageStory, StoryLine } from './package-story.view.js';
import { WhoSaw } from './who-saw.view.js';

@ArgsType()
class StoryArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  packageId: string;

  @AsOfArgument()
  asOf?: string;
}

@ArgsType()
class WhoSawArgs {
  @Field(() => ID)
  @IsUUID()
  personId: string;
}

/** What an auditor asks of one package or one person. Each look is recorded before the answer. */
@Resolver(() => StoryLine)
export class AuditResolver {
  private readonly answers: AuditAnswers;
  private readonly replays: DecisionReplays;

  constructor(
    @Inject(RUNTIME) runtime: Runtime,
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) log: EventStore,
    @Inject(CLOCK) clock: Clock,
    @Inject(Commands) commands: Commands,
  ) {
    this.answers = new AuditAnswers({ projector, log, clock, looks: new AuditLooks(commands) });
    this.replays = decisionReplaysOf(runtime, log);
  }

  @Query(() => PackageStory, {
    nullable: true,
    description:
      'The whole life of a package in plain sentences, each with who and when; `decision` makes the one behind a line again. The look is recorded before the answer.',
  })
  @Roles(...auditors)
  async packageStory(
    @CurrentSubmission() by: Submission,
    @Args() { after, packageId, asOf }: StoryArgs,
  ): Promise<PackageStory | undefined> {
    return this.answers.story(by, packageId, { after, asOf });
  }

  @ResolveField(() => DecisionReplay, {
    nullable: true,
    description: 'The decision behind the line, made again from all that it saw.',
  })
  @Roles(...auditors)
  decision(@Parent() { eventId }: StoryLine): Promise<DecisionReplay | undefined> {
    return eventId === undefined ? Promise.resolve(undefined) : this.replays.byId(eventId);
  }

  @Query(() => WhoSaw, {
    description:
      'Everybody who read who a person is, looked at evidence of their care, or tried and was refused. The look is recorded before the answer.',
  })
  @Roles(...overseers)
  whoSaw(@CurrentSubmission() by: Submission, @Args() { personId }: WhoSawArgs): Promise<WhoSaw> {
    return this.answers.whoSaw(by, personId);
  }
}
