import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AssignQueueItem, ResolveQueueItem } from './work-queue.commands.js';

const office = ['broker', 'senior-broker'] as const;

/** Who sees to what waits in the office. */
@Resolver()
export class WorkQueueResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Takes an item, or gives it to a colleague.' })
  @Roles(...office)
  assignQueueItem(
    @Args('input') input: AssignQueueItem,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Says that an item was seen to, and how.' })
  @Roles(...office)
  resolveQueueItem(
    @Args('input') input: ResolveQueueItem,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
