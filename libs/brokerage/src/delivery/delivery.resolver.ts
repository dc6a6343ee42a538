import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { RetryDelivery } from './delivery.commands.js';

/** Mail goes out by itself; a person decides about what was given up. */
@Resolver()
export class DeliveryResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Has a delivery that was given up tried again.' })
  @Roles('broker', 'senior-broker', 'administrator')
  retryDelivery(
    @Args('input') input: RetryDelivery,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
