import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { StateFigure } from './stated-figure.commands.js';

/** Figures that the council gives to others. */
@Resolver()
export class StatedFigureResolver extends Mutations {
  @Mutation(() => Receipt, {
    description:
      'Releases a figure: it is worked out, and kept as it was given. Read it by `statedFigure`, years later too.',
  })
  @Roles('commissioner', 'finance', 'quality-officer')
  stateFigure(
    @Args('input') input: StateFigure,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
