import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AmendOffer, DeclineRequest, SubmitOffer, WithdrawOffer } from './offer.commands.js';

const repliers = ['provider', 'broker', 'senior-broker', 'external-broker'] as const;

/** Providers’ replies to requests. */
@Resolver()
export class OfferResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Offers a time for each visit and a start date (S1-12).',
  })
  @Roles(...repliers)
  submitOffer(
    @Args('input') input: SubmitOffer,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Changes a standing offer while the window is open.' })
  @Roles(...repliers)
  amendOffer(
    @Args('input') input: AmendOffer,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Withdraws a standing offer.' })
  @Roles(...repliers)
  withdrawOffer(
    @Args('input') input: WithdrawOffer,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Declines a request with a reason (X6).' })
  @Roles(...repliers)
  declineRequest(
    @Args('input') input: DeclineRequest,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
