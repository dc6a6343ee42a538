import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  SuspendPackage,
  ChangeExpectedReturn,
  OfferRestart,
  AnswerRestart,
  RecordReturn,
} from './package.suspension.commands.js';

const answerers = ['broker', 'senior-broker', 'external-broker', 'provider'] as const;
const brokers = ['broker', 'senior-broker', 'external-broker'] as const;

/** Care that pauses and goes on (X17). */
@Resolver()
export class SuspensionResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Pauses care: hospital, respite, holiday or another reason (X17).',
  })
  @Roles(...brokers)
  suspendPackage(
    @Args('input') input: SuspendPackage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Changes the day on which a suspended person is expected back (X17).',
  })
  @Roles(...brokers)
  changeExpectedReturn(
    @Args('input') input: ChangeExpectedReturn,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Asks the provider of before the suspension to go on (X17).',
  })
  @Roles(...brokers)
  offerRestart(
    @Args('input') input: OfferRestart,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Takes a suspended package up again, or declines (X17).',
  })
  @Roles(...answerers)
  answerRestart(
    @Args('input') input: AnswerRestart,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description:
      'Records that a suspended person is back while another provider is sought (S4-14).',
  })
  @Roles(...brokers)
  recordReturn(
    @Args('input') input: RecordReturn,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
