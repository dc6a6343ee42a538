import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { RecordMinimumPrice } from './fair-price.commands.js';

/** Published minimum prices (X8). */
@Resolver()
export class FairPriceResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Records a published minimum price for an hour of home care (X8).',
  })
  @Roles('commissioner', 'finance')
  recordMinimumPrice(
    @Args('input') input: RecordMinimumPrice,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
