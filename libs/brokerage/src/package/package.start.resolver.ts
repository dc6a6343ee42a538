import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AcknowledgeAward, ChaseStart, ReverseAward } from './package.start.commands.js';

const acknowledgers = ['broker', 'senior-broker', 'external-broker', 'provider'] as const;
const brokers = ['broker', 'senior-broker', 'external-broker'] as const;

/** From an award to the first visit (X24). */
@Resolver()
export class StartResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Acknowledges an award, as its provider (X24).' })
  @Roles(...acknowledgers)
  acknowledgeAward(
    @Args('input') input: AcknowledgeAward,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Records that a provider was asked why care has not started (X24).',
  })
  @Roles(...brokers)
  chaseStart(
    @Args('input') input: ChaseStart,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Takes back an award that will not start; the person chooses again (X24, X5).',
  })
  @Roles(...brokers)
  reverseAward(
    @Args('input') input: ReverseAward,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
