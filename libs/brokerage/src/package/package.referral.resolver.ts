import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  ChangeFunding,
  CompleteReferral,
  CorrectReferral,
  ReferPackage,
  ReturnReferral,
  TakeOnPackage,
  WithdrawReferral,
} from './package.referral.commands.js';

const brokers = ['broker', 'senior-broker', 'external-broker'] as const;
const referrers = ['broker', 'senior-broker', 'external-broker', 'case-system'] as const;
const funders = ['broker', 'senior-broker', 'finance'] as const;
const takers = ['senior-broker', 'administrator'] as const;

/** How a package comes to brokerage. */
@Resolver()
export class PackageReferralResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Refers a package with its full visit schedule (S1-8, X1).',
  })
  @Roles(...referrers)
  referPackage(
    @Args('input') input: ReferPackage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Completes a referral that came with gaps (X1).' })
  @Roles(...referrers)
  completeReferral(
    @Args('input') input: CompleteReferral,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Gives a referral back with all that is missing (X1).' })
  @Roles(...brokers)
  returnReferral(
    @Args('input') input: ReturnReferral,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Corrects the needs while no provider is asked.' })
  @Roles(...referrers)
  correctReferral(
    @Args('input') input: CorrectReferral,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Says who pays from a day on (S2-21, S3-3).' })
  @Roles(...funders)
  changeFunding(
    @Args('input') input: ChangeFunding,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Withdraws a referral before an award.' })
  @Roles(...referrers)
  withdrawReferral(
    @Args('input') input: WithdrawReferral,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Takes on a package from the system before (X30).' })
  @Roles(...takers)
  takeOnPackage(
    @Args('input') input: TakeOnPackage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
