import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  AddProviderAlias,
  LiftSuspension,
  RegisterProvider,
  SuspendProvider,
} from './provider.commands.js';

const commissioners = ['commissioner'] as const;
const guardians = ['commissioner', 'quality-officer'] as const;

/** The register of providers. */
@Resolver()
export class ProviderResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Registers a care provider (S1-4).' })
  @Roles(...commissioners)
  registerProvider(
    @Args('input') input: RegisterProvider,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Adds a name under which a provider is known (S1-4).' })
  @Roles(...commissioners)
  addProviderAlias(
    @Args('input') input: AddProviderAlias,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Suspends a provider from new work (X7).' })
  @Roles(...guardians)
  suspendProvider(
    @Args('input') input: SuspendProvider,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Lifts a suspension (X7).' })
  @Roles(...guardians)
  liftSuspension(
    @Args('input') input: LiftSuspension,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
