import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  AwardPackage,
  ChooseOffer,
  ChooseOfferByException,
  RefuseOffers,
} from './package.award.commands.js';

const brokers = ['broker', 'senior-broker', 'external-broker'] as const;

/** The person’s choice, and the award that follows it. */
@Resolver()
export class PackageAwardResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Records the choice of the person or family (S1-11).' })
  @Roles(...brokers)
  chooseOffer(
    @Args('input') input: ChooseOffer,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Records a choice by a coded exception (S1-11).' })
  @Roles(...brokers)
  chooseOfferByException(
    @Args('input') input: ChooseOfferByException,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Records that the person wants none of the offers (S1-11).',
  })
  @Roles(...brokers)
  refuseOffers(
    @Args('input') input: RefuseOffers,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Awards the package to the chosen offer (X5).' })
  @Roles(...brokers)
  awardPackage(
    @Args('input') input: AwardPackage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
