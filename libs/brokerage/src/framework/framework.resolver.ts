import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { EstablishFramework, ExtendFramework, OpenFramework } from './framework.commands.js';

const commissioners = ['commissioner'] as const;

/** Frameworks, their openings and their extension. */
@Resolver()
export class FrameworkResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Sets up a framework (S2-6).' })
  @Roles(...commissioners)
  establishFramework(
    @Args('input') input: EstablishFramework,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Opens a framework to new providers for some lots (S1-5, S1-6).',
  })
  @Roles(...commissioners)
  openFramework(
    @Args('input') input: OpenFramework,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Extends a framework, once, for all remaining providers (S1-7).',
  })
  @Roles(...commissioners)
  extendFramework(
    @Args('input') input: ExtendFramework,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
