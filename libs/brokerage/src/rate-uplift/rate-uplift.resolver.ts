import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { RateUpliftApplier } from './rate-uplift.applier.js';
import { ApproveRateUplift, ProposeRateUplift, RejectRateUplift } from './rate-uplift.commands.js';
import { RateUpliftApproval, RateUpliftPreview } from './rate-uplift.view.js';

/** Prices of many contracts at once (X25). */
@Resolver()
export class RateUpliftResolver extends Mutations {
  private readonly applier: RateUpliftApplier;

  constructor(@Inject(Commands) commands: Commands) {
    super();
    this.applier = new RateUpliftApplier(commands);
  }

  @Query(() => RateUpliftPreview, {
    description: 'What an uplift would do and cost; nothing is stored (X25).',
  })
  @Roles('commissioner', 'finance')
  rateUpliftPreview(
    @Args('input') input: ProposeRateUplift,
    @CurrentSubmission() by: Submission,
  ): Promise<RateUpliftPreview> {
    return this.applier.preview(input, by);
  }

  @Mutation(() => Receipt, { description: 'Proposes new prices for many contracts (X25).' })
  @Roles('commissioner')
  proposeRateUplift(
    @Args('input') input: ProposeRateUplift,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => RateUpliftApproval, {
    description:
      'Approves an uplift as previewed, by a second person; a job sets the prices (X25).',
  })
  @Roles('commissioner', 'finance')
  approveRateUplift(
    @Args('input') input: ApproveRateUplift,
    @CurrentSubmission() by: Submission,
  ): Promise<RateUpliftApproval> {
    return this.applier.approve(input, by);
  }

  @Mutation(() => Receipt, { description: 'Turns a proposed uplift down, or takes it back (X25).' })
  @Roles('commissioner', 'finance')
  rejectRateUplift(
    @Args('input') input: RejectRateUplift,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
