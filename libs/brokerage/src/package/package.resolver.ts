import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { EndPackage } from './package.service.commands.js';
import { ConfirmStart } from './package.start.commands.js';
import {
  ReferPackage,
  TakeDirectPayment,
  TakeOnPackage,
  WithdrawReferral,
} from './package.referral.commands.js';

const brokers = ['broker', 'senior-broker'] as const;
const referrers = ['broker', 'senior-broker', 'case-system'] as const;
const takers = ['senior-broker', 'administrator'] as const;
const starters = ['broker', 'senior-broker', 'provider'] as const;

/** The life of a package, from referral to end. */
@Resolver()
export class PackageResolver extends Mutations {
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

  @Mutation(() => Receipt, { description: 'Takes on a package from the system before (X30).' })
  @Roles(...takers)
  takeOnPackage(
    @Args('input') input: TakeOnPackage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Confirms that care has started (X24).' })
  @Roles(...starters)
  confirmStart(
    @Args('input') input: ConfirmStart,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Ends a package after its last day (X20).' })
  @Roles(...brokers)
  endPackage(
    @Args('input') input: EndPackage,
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
}
