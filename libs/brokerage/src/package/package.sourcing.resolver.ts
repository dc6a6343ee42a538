import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  CancelRequest,
  ExcuseRouteStep,
  ExtendRequestWindow,
  IssueRequest,
  PresentOffers,
} from './package.sourcing.commands.js';

const councilBrokers = ['broker', 'senior-broker'] as const;
const brokers = [...councilBrokers, 'external-broker'] as const;

/** How providers are asked, and their offers put before the person. */
@Resolver()
export class PackageSourcingResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Sends the anonymised request to eligible providers (S1-9, X4).',
  })
  @Roles(...brokers)
  issueRequest(
    @Args('input') input: IssueRequest,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Gives providers more time (X4).' })
  @Roles(...brokers)
  extendRequestWindow(
    @Args('input') input: ExtendRequestWindow,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Gives all compliant offers to the person in a neutral order (S1-11).',
  })
  @Roles(...brokers)
  presentOffers(
    @Args('input') input: PresentOffers,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Calls a request back before an award.',
  })
  @Roles(...brokers)
  cancelRequest(
    @Args('input') input: CancelRequest,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description:
      'Leaves a step of the cascade out, or opens the in-house service, by a coded reason (S3-17, S4-4).',
  })
  @Roles(...councilBrokers)
  excuseRouteStep(
    @Args('input') input: ExcuseRouteStep,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
