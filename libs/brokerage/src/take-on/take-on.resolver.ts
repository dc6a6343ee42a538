import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { ImportTakeOns } from './take-on.commands.js';
import { TakeOnImporter } from './take-on.importer.js';
import { TakeOnImport } from './take-on.view.js';

/** The standing book of packages, taken on from a file (X30). */
@Resolver()
export class TakeOnResolver {
  private readonly importer: TakeOnImporter;

  constructor(@Inject(Commands) commands: Commands) {
    this.importer = new TakeOnImporter(commands);
  }

  @Mutation(() => TakeOnImport, {
    description:
      'Takes on the packages of a CSV file, or previews it; a package that is rejected says why (X30).',
  })
  @Roles('senior-broker', 'administrator')
  importTakeOns(
    @Args('input') input: ImportTakeOns,
    @CurrentSubmission() by: Submission,
  ): Promise<TakeOnImport> {
    return this.importer.import(input, by);
  }
}
