import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  ConcludeProviderReview,
  RecordCqcRating,
  RecordCqcRegistration,
  RecordProviderProfile,
  RecordQualityAssessment,
} from './provider.quality.commands.js';

const guardians = ['commissioner', 'quality-officer'] as const;

/** What is known of the quality of providers. */
@Resolver()
export class ProviderQualityResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Records a CQC registration or its end (S4-8).' })
  @Roles(...guardians)
  recordCqcRegistration(
    @Args('input') input: RecordCqcRegistration,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Records a CQC rating of a location (S4-8).' })
  @Roles(...guardians)
  recordCqcRating(
    @Args('input') input: RecordCqcRating,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'States how a provider works and what it offers.' })
  @Roles(...guardians)
  recordProviderProfile(
    @Args('input') input: RecordProviderProfile,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Records an assessment of the Quality Assurance Framework (S2-8).',
  })
  @Roles(...guardians)
  recordQualityAssessment(
    @Args('input') input: RecordQualityAssessment,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Concludes a review of a provider’s care (S4-8).' })
  @Roles(...guardians)
  concludeProviderReview(
    @Args('input') input: ConcludeProviderReview,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
