import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { RegisterCarers } from '../carer-register/carer-register.commands.js';
import { ImportVisits } from './ecm.commands.js';
import { VisitsImporter } from './ecm.importer.js';
import { VisitsImport } from './ecm.view.js';

const monitors = ['provider', 'commissioner', 'quality-officer', 'administrator'] as const;

/** Electronic call monitoring in, from any vendor (S1-15). */
@Resolver()
export class EcmResolver {
  private readonly importer: VisitsImporter;

  constructor(@Inject(Commands) commands: Commands) {
    this.importer = new VisitsImporter(commands);
  }

  @Mutation(() => VisitsImport, {
    description:
      'Takes a provider’s file of electronic call monitoring, or previews it; a row that is rejected says why (S1-15).',
  })
  @Roles(...monitors)
  importVisits(
    @Args('input') input: ImportVisits,
    @CurrentSubmission() by: Submission,
  ): Promise<VisitsImport> {
    return this.importer.import(input, by);
  }
}

/** Who cares for a provider, by the provider’s own ids. */
@Resolver()
export class CarerRegisterResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Puts carers on a provider’s register, by the provider’s own ids; never a name.',
  })
  @Roles(...monitors)
  registerCarers(
    @Args('input') input: RegisterCarers,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
