import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { DeclareFeed, SignalFeed } from './ecm-evidence.commands.js';

/** When a provider's logs are known. */
@Resolver()
export class EcmEvidenceResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'States from when to when a provider’s logs arrive in real time (S2-12).',
  })
  @Roles('commissioner', 'quality-officer', 'administrator')
  declareFeed(
    @Args('input') input: DeclareFeed,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description:
      'Says that a provider’s feed works though it has nothing to tell, so that its silence about a visit counts (S2-12).',
  })
  @Roles('provider', 'administrator')
  signalFeed(
    @Args('input') input: SignalFeed,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
