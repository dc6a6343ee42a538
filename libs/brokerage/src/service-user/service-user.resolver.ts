import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  AddExternalId,
  ApproveErasure,
  CorrectIdentity,
  LiftLegalHold,
  PlaceLegalHold,
  RecordIdentity,
  RequestErasure,
} from './service-user.commands.js';

const writers = ['broker', 'senior-broker', 'external-broker', 'case-system'] as const;
const holders = ['administrator', 'commissioner', 'senior-broker'] as const;
const erasers = ['administrator', 'commissioner'] as const;

/** Who a person is, and how long that is kept. */
@Resolver()
export class ServiceUserResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Records who a person is; the values are sealed with the person’s own key (S1-8).',
  })
  @Roles(...writers)
  recordIdentity(
    @Args('input') input: RecordIdentity,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Corrects who a person is, with a reason.' })
  @Roles(...writers)
  correctIdentity(
    @Args('input') input: CorrectIdentity,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Adds an id under which another system knows the person (S1-8, S3-1).',
  })
  @Roles(...writers)
  addExternalId(
    @Args('input') input: AddExternalId,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Keeps a record from being erased (X29).' })
  @Roles(...holders)
  placeLegalHold(
    @Args('input') input: PlaceLegalHold,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Lifts a legal hold (X29).' })
  @Roles(...holders)
  liftLegalHold(
    @Args('input') input: LiftLegalHold,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Asks for a person’s record to be erased; a second person approves it (X29).',
  })
  @Roles(...erasers)
  requestErasure(
    @Args('input') input: RequestErasure,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description:
      'Erases a record as requested by someone else: the person’s key is destroyed at once, for good (X29).',
  })
  @Roles(...erasers)
  approveErasure(
    @Args('input') input: ApproveErasure,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
