import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  AcceptExcuse,
  AgreeVisitTime,
  ApproveVisitCorrection,
  CorrectVisit,
  ExcuseVisit,
  RecordVisit,
  RecordVisits,
  ReportMissedVisit,
} from './visit.commands.js';

const recorders = ['provider', 'broker', 'senior-broker', 'quality-officer'] as const;
const correctors = ['provider', 'quality-officer', 'finance'] as const;
const approvers = ['quality-officer', 'finance', 'senior-broker'] as const;
const guardians = ['broker', 'senior-broker', 'quality-officer'] as const;

/** Visits as they were agreed, attended, excused and missed. */
@Resolver()
export class VisitResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Records one leg of a visit (S1-15).' })
  @Roles(...recorders)
  recordVisit(
    @Args('input') input: RecordVisit,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Records legs of one package and week together; all or none.',
  })
  @Roles(...recorders)
  recordVisits(
    @Args('input') input: RecordVisits,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Corrects or voids a recorded leg (X11).' })
  @Roles(...correctors)
  correctVisit(
    @Args('input') input: CorrectVisit,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Approves a correction that changes an outcome (X11).' })
  @Roles(...approvers)
  approveVisitCorrection(
    @Args('input') input: ApproveVisitCorrection,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Excuses a visit with a coded reason (S2-14).' })
  @Roles(...recorders)
  excuseVisit(
    @Args('input') input: ExcuseVisit,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Accepts a provider’s excuse after a miss (S2-14).' })
  @Roles(...guardians)
  acceptExcuse(
    @Args('input') input: AcceptExcuse,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Reports a missed visit (S2-12, S2-13).' })
  @Roles(...recorders)
  reportMissedVisit(
    @Args('input') input: ReportMissedVisit,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Records a new agreed time for one visit (S2-9).' })
  @Roles(...guardians)
  agreeVisitTime(
    @Args('input') input: AgreeVisitTime,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
