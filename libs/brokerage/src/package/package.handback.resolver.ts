import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { HandBackPackage, AssignGap } from './package.handback.commands.js';

const brokers = ['broker', 'senior-broker'] as const;
const leavers = ['broker', 'senior-broker', 'external-broker', 'provider'] as const;

/** Providers that leave, and the alarms of a gap (X19, S4-14). */
@Resolver()
export class HandbackResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Hands a package back, or records that its provider has failed (X19).',
  })
  @Roles(...leavers)
  handBackPackage(
    @Args('input') input: HandBackPackage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Takes over the alarm of a gap, or gives it to someone (S4-14).',
  })
  @Roles(...brokers)
  assignGap(
    @Args('input') input: AssignGap,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
