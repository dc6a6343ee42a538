import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { ExpressInterest } from './document.commands.js';

/** Interest in contracts and frameworks; documents arrive by `POST /documents`. */
@Resolver()
export class DocumentResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Expresses a provider’s interest, so that it may read the documents (S1-3).',
  })
  @Roles('commissioner', 'provider')
  expressInterest(
    @Args('input') input: ExpressInterest,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
