import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { CloseVisitException, TakeVisitException } from './visit-exception.commands.js';

const clerks = ['broker', 'senior-broker', 'quality-officer', 'commissioner'] as const;

/** Logs that cannot be taken as they are: who clears them up, and what came of it. */
@Resolver()
export class VisitExceptionResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Takes an exception: you clear it up (X12).' })
  @Roles(...clerks)
  takeVisitException(
    @Args('input') input: TakeVisitException,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description:
      'Closes an exception with what came of it; what is held stays unpaid until it is corrected or approved (X12).',
  })
  @Roles(...clerks)
  closeVisitException(
    @Args('input') input: CloseVisitException,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
