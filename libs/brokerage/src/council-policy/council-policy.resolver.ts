import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { ApprovePolicyChange, ChangePolicy } from './council-policy.commands.js';

const policyMakers = ['commissioner', 'administrator'] as const;

/** The council’s own numbers. */
@Resolver()
export class CouncilPolicyResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Proposes a change of council policy; a second person approves it.',
  })
  @Roles(...policyMakers)
  changePolicy(
    @Args('input') input: ChangePolicy,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Approves a proposed change of policy.' })
  @Roles(...policyMakers)
  approvePolicyChange(
    @Args('input') input: ApprovePolicyChange,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
