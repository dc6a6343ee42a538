import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { CloseVisitAlarm, TakeVisitAlarm } from './visit-alarm.commands.js';

const guardians = ['broker', 'senior-broker', 'quality-officer', 'commissioner'] as const;

/** Visits that nobody made, or where nobody opened: is the person safe? */
@Resolver()
export class VisitAlarmResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Takes an alarm: you see to it from now on (X26).' })
  @Roles(...guardians)
  takeVisitAlarm(
    @Args('input') input: TakeVisitAlarm,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Closes an alarm with what was found (X26).' })
  @Roles(...guardians)
  closeVisitAlarm(
    @Args('input') input: CloseVisitAlarm,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
