import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  RecordInterimCover,
  RecordWaitingReason,
  RecordRiskReview,
} from './package.waiting.commands.js';

const brokers = ['broker', 'senior-broker', 'external-broker'] as const;

/** How a person fares while waiting (S2-20). */
@Resolver()
export class WaitingResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Records how a person is cared for while waiting (S2-20, S4-14).',
  })
  @Roles(...brokers)
  recordInterimCover(
    @Args('input') input: RecordInterimCover,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Records why a person waits (S2-20).' })
  @Roles(...brokers)
  recordWaitingReason(
    @Args('input') input: RecordWaitingReason,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Records a review of the risk of waiting, and when it is next (S2-20).',
  })
  @Roles(...brokers)
  recordRiskReview(
    @Args('input') input: RecordRiskReview,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
