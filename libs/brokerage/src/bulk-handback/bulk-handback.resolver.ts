import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { RUNTIME, type Runtime } from '#platform/runtime/runtime.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { HandBackAllPackages } from './bulk-handback.commands.js';
import { BulkHandbackStarter } from './bulk-handback.starter.js';
import { BulkHandback } from './bulk-handback.view.js';

/** A provider that leaves all its packages at once (X19). */
@Resolver()
export class BulkHandbackResolver {
  private readonly starter: BulkHandbackStarter;

  constructor(@Inject(RUNTIME) { commands, clock }: Runtime) {
    this.starter = new BulkHandbackStarter(commands, clock);
  }

  @Mutation(() => BulkHandback, {
    description:
      'Hands back all packages of a provider, or previews how many, by one job with a result each (X19).',
  })
  @Roles('senior-broker', 'administrator')
  handBackAllPackages(
    @Args('input') input: HandBackAllPackages,
    @CurrentSubmission() by: Submission,
  ): Promise<BulkHandback> {
    return this.starter.start(input, by);
  }
}
