import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { AuditLooks } from '#brokerage/audit-look/audit-looks.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { policies } from '#brokerage/policies.js';
import { slices } from '#brokerage/slices.js';
import type { EventStore } from '#eventstore/event-store.js';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { Explainer } from '#platform/replay/explanation.js';
import { RUNTIME, type Runtime } from '#platform/runtime/runtime.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { LOG } from '../read-side.js';
import { DecisionReplays } from './decision-replay.queries.js';
import { DecisionReplay } from './decision-replay.view.js';

@ArgsType()
class ReplayArgs {
  @Field(() => ID, { description: 'An event’s id, or the id of the command that was decided.' })
  @IsUUID()
  id: string;
}

/** Decisions of a running service, made again. */
export const decisionReplaysOf = (runtime: Runtime, sealed: EventStore): DecisionReplays =>
  new DecisionReplays({
    ...{ log: runtime.store, find: (id) => runtime.findEvent(id) },
    explainer: new Explainer({
      ...{ slices, policies, log: runtime.store, sealed, policyStream: councilPolicyStream },
    }),
  });

/** Decisions of the past, made again. */
@Resolver()
export class DecisionReplayResolver {
  private readonly replays: DecisionReplays;
  private readonly looks: AuditLooks;

  constructor(
    @Inject(RUNTIME) runtime: Runtime,
    @Inject(LOG) sealed: EventStore,
    @Inject(Commands) commands: Commands,
  ) {
    this.looks = new AuditLooks(commands);
    this.replays = decisionReplaysOf(runtime, sealed);
  }

  @Query(() => DecisionReplay, {
    nullable: true,
    description:
      'Makes a decision again from all that it saw and tells how it came about; null where there is no such decision. The look is recorded before the answer.',
  })
  @Roles('auditor', 'commissioner', 'quality-officer')
  async replayDecision(
    @CurrentSubmission() by: Submission,
    @Args() { id }: ReplayArgs,
  ): Promise<DecisionReplay | undefined> {
    await this.looks.look('replayDecision', [id], by);
    return this.replays.byId(id);
  }
}
