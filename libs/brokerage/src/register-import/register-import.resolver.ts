import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { ImportRegister } from './register-import.commands.js';
import { RegisterImporter } from './register-import.importer.js';
import { RegisterImport } from './register-import.view.js';

/** The register of providers, contracts and rates, taken from files (S3-10). */
@Resolver()
export class RegisterImportResolver {
  private readonly importer: RegisterImporter;

  constructor(@Inject(Commands) commands: Commands) {
    this.importer = new RegisterImporter(commands);
  }

  @Mutation(() => RegisterImport, {
    description:
      'Takes providers, contracts or rates from a CSV file, or previews it; a row that is rejected says why (S3-10).',
  })
  @Roles('commissioner', 'administrator')
  importRegister(
    @Args('input') input: ImportRegister,
    @CurrentSubmission() by: Submission,
  ): Promise<RegisterImport> {
    return this.importer.import(input, by);
  }
}
