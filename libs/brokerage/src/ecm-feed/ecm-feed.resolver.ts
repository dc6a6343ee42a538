import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { hasRole, type Actor } from '#kernel/actor.js';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentActor, CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { isGood } from '#platform/webhooks/webhook-secret.rules.js';
import { CreateFeedSecret, RevokeFeedSecret, RotateFeedSecret } from './ecm-feed.commands.js';
import { ensure } from './ecm-feed.rules.js';
import { FeedSecretState, ShownFeedSecret } from './ecm-feed.view.js';
import { FeedSecrets } from './feed-secrets.js';

const keepers = ['provider', 'commissioner', 'administrator'] as const;

/** The secrets with which providers sign their real-time feeds (S1-15). */
@Resolver()
export class EcmFeedResolver extends Mutations {
  private readonly secrets: FeedSecrets;

  constructor(@Inject(Commands) private readonly commands: Commands) {
    super();
    this.secrets = new FeedSecrets(commands);
  }

  @Query(() => [FeedSecretState], {
    description:
      'The secrets of a provider’s feed and until when they are good; never what they are.',
  })
  @Roles(...keepers)
  async feedSecrets(
    @Args('providerId', { type: () => ID }) providerId: string,
    @CurrentActor() actor: Actor,
  ): Promise<FeedSecretState[]> {
    const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
    ensure(own, 'FeedOfAnotherProvider', { path: 'providerId' });
    const secrets = await this.secrets.of(providerId);
    return secrets.map((secret) => {
      const { secretId, issuedAt, endsAt } = secret;
      const good = isGood(secret, this.commands.now());
      return { secretId, issuedAt, good, ...(endsAt !== null && { endsAt }) };
    });
  }

  @Mutation(() => ShownFeedSecret, {
    description:
      'Makes the first secret of a provider’s feed. The answer is the one time it is told.',
  })
  @Roles(...keepers)
  createFeedSecret(
    @Args('input') input: CreateFeedSecret,
    @CurrentSubmission() by: Submission,
  ): Promise<ShownFeedSecret> {
    return this.secrets.create(input, by);
  }

  @Mutation(() => ShownFeedSecret, {
    description:
      'Makes another secret of a provider’s feed; both are good until the older one ends. The answer is the one time it is told.',
  })
  @Roles(...keepers)
  rotateFeedSecret(
    @Args('input') input: RotateFeedSecret,
    @CurrentSubmission() by: Submission,
  ): Promise<ShownFeedSecret> {
    return this.secrets.rotate(input, by);
  }

  @Mutation(() => Receipt, { description: 'Ends a secret of a provider’s feed, or all, at once.' })
  @Roles(...keepers)
  revokeFeedSecret(
    @Args('input') input: RevokeFeedSecret,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
