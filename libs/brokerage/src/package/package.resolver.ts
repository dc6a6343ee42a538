import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { EndPackage } from './package.service.commands.js';
import { ConfirmStart } from './package.start.commands.js';

const brokers = ['broker', 'senior-broker', 'external-broker'] as const;
const starters = ['broker', 'senior-broker', 'external-broker', 'provider'] as const;

/** The life of a package, from referral to end. */
@Resolver()
export class PackageResolver extends Mutations {
  @Mutation(() => Receipt, { description: 'Confirms that care has started (X24).' })
  @Roles(...starters)
  confirmStart(
    @Args('input') input: ConfirmStart,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Ends a package after its last day (X20).' })
  @Roles(...brokers)
  endPackage(
    @Args('input') input: EndPackage,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
