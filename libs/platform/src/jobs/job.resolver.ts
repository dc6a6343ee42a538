import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '../commands/submission.js';
import { Mutations } from '../graphql/mutations.js';
import { Receipt } from '../graphql/paging.view.js';
import { CurrentSubmission } from '../viewer/current-actor.js';
import { Roles } from '../viewer/roles.js';
import { CancelJob } from './job.commands.js';

/** Jobs are started by what they do, and cancelled here. */
@Resolver()
export class JobResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Stops a job before its next command; what was done stays done.',
  })
  @Roles('broker', 'senior-broker', 'commissioner', 'finance', 'administrator')
  cancelJob(
    @Args('input') input: CancelJob,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
