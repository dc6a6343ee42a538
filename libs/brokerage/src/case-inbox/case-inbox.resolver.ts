import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { DismissCaseMessage, RetryCaseMessage, SkipCaseGap } from './case-inbox.commands.js';

const office = ['broker', 'senior-broker'] as const;

/** What a broker does with messages of the case system that could not be taken (S1-8). */
@Resolver()
export class CaseInboxResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Has a message of the case system tried again, once what it needed is there.',
  })
  @Roles(...office)
  retryCaseMessage(
    @Args('input') input: RetryCaseMessage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Says that a message of the case system was seen to by hand, and why.',
  })
  @Roles(...office)
  dismissCaseMessage(
    @Args('input') input: DismissCaseMessage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Goes on without messages of the case system that are missing, and says why.',
  })
  @Roles(...office)
  skipCaseGap(
    @Args('input') input: SkipCaseGap,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
