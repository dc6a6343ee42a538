import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { VaryPackage, EndVariationEarly } from './package.variation.commands.js';

const brokers = ['broker', 'senior-broker', 'external-broker'] as const;

/** What care is given from a date on (X18). */
@Resolver()
export class VariationResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Changes the schedule from a date on, for a time or for good (X18).',
  })
  @Roles(...brokers)
  varyPackage(
    @Args('input') input: VaryPackage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Ends a temporary variation before its last day (X18).' })
  @Roles(...brokers)
  endVariationEarly(
    @Args('input') input: EndVariationEarly,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
