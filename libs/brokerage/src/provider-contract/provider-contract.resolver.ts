import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { SetPaymentTerms } from './payment-terms.commands.js';
import {
  AdmitToLots,
  ChangeContractCapacity,
  EndContract,
  ExtendContract,
  MoveTenantIn,
  MoveTenantOut,
  OpenContract,
  SetRateCard,
} from './provider-contract.commands.js';

const commissioners = ['commissioner'] as const;

/** Contracts with providers. */
@Resolver()
export class ProviderContractResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Contracts a provider or records an in-house arrangement (S3-11).',
  })
  @Roles(...commissioners)
  openContract(
    @Args('input') input: OpenContract,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Admits a framework contract to lots of an opening (S1-5).',
  })
  @Roles(...commissioners)
  admitToLots(
    @Args('input') input: AdmitToLots,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Sets the prices of a contract from a date on (S1-14).' })
  @Roles(...commissioners)
  setRateCard(
    @Args('input') input: SetRateCard,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Sets how the visits of a contract are paid from a date on (S2-16, S2-17).',
  })
  @Roles(...commissioners)
  setPaymentTerms(
    @Args('input') input: SetPaymentTerms,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Changes what a spot contract or an in-house team may hold (S3-11).',
  })
  @Roles(...commissioners)
  changeContractCapacity(
    @Args('input') input: ChangeContractCapacity,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Records a tenant of the scheme of a block contract (S2-4).',
  })
  @Roles(...commissioners, 'senior-broker')
  moveTenantIn(
    @Args('input') input: MoveTenantIn,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Records that a tenant has left the scheme of a block contract (S2-4).',
  })
  @Roles(...commissioners, 'senior-broker')
  moveTenantOut(
    @Args('input') input: MoveTenantOut,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Moves the last day of a contract.' })
  @Roles(...commissioners)
  extendContract(
    @Args('input') input: ExtendContract,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Ends a contract.' })
  @Roles(...commissioners)
  endContract(
    @Args('input') input: EndContract,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
