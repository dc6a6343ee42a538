import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  RecordDirectPaymentDiscussion,
  ReturnFromDirectPayment,
  TakeDirectPayment,
} from './package.referral.commands.js';

const brokers = ['broker', 'senior-broker', 'external-broker'] as const;
const referrers = ['broker', 'senior-broker', 'external-broker', 'case-system'] as const;

/** The way to a direct payment, and back. */
@Resolver()
export class PackageDirectPaymentResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Records whether a direct payment was discussed (S3-8).',
  })
  @Roles(...referrers)
  recordDirectPaymentDiscussion(
    @Args('input') input: RecordDirectPaymentDiscussion,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Records that the person takes a direct payment instead (S3-8).',
  })
  @Roles(...brokers)
  takeDirectPayment(
    @Args('input') input: TakeDirectPayment,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Brings a person back from a direct payment (S4-9).' })
  @Roles(...referrers)
  returnFromDirectPayment(
    @Args('input') input: ReturnFromDirectPayment,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
