import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { isGood } from '#platform/webhooks/webhook-secret.rules.js';
import { webhookDirections } from './case-system.codes.js';
import {
  CreateCaseSystemSecret,
  EndCaseSystemAddress,
  RevokeCaseSystemSecret,
  RotateCaseSystemSecret,
  SetCaseSystemAddress,
} from './case-system.commands.js';
import { CaseSystemConnection, ShownCaseSystemSecret } from './case-system.view.js';
import { CaseSystems } from './case-systems.js';

const keepers = ['commissioner', 'administrator'] as const;

/** How this service is connected to the council's case systems (S1-8). */
@Resolver()
export class CaseSystemResolver extends Mutations {
  private readonly systems: CaseSystems;

  constructor(@Inject(Commands) private readonly commands: Commands) {
    super();
    this.systems = new CaseSystems(commands);
  }

  @Query(() => CaseSystemConnection, {
    nullable: true,
    description: 'How a case system is connected; never what its secrets are.',
  })
  @Roles(...keepers)
  async caseSystem(@Args('system') system: string): Promise<CaseSystemConnection | null> {
    const { secrets, address, servicesAddress } = await this.systems.of(system);
    if (secrets.in.length + secrets.out.length === 0 && address === null) return null;
    const now = this.commands.now();
    return {
      system,
      ...(address !== null && { address }),
      ...(servicesAddress !== null && { servicesAddress }),
      secrets: webhookDirections.flatMap((direction) =>
        secrets[direction].map((secret) => ({
          ...{ direction, secretId: secret.secretId, issuedAt: secret.issuedAt },
          ...{ good: isGood(secret, now), ...(secret.endsAt && { endsAt: secret.endsAt }) },
        })),
      ),
    };
  }

  @Mutation(() => ShownCaseSystemSecret, {
    description: 'Makes the first secret of a case system. The answer is the one time it is told.',
  })
  @Roles(...keepers)
  createCaseSystemSecret(
    @Args('input') input: CreateCaseSystemSecret,
    @CurrentSubmission() by: Submission,
  ): Promise<ShownCaseSystemSecret> {
    return this.systems.create(input, by);
  }

  @Mutation(() => ShownCaseSystemSecret, {
    description:
      'Makes another secret of a case system; both are good until the older one ends. The answer is the one time it is told.',
  })
  @Roles(...keepers)
  rotateCaseSystemSecret(
    @Args('input') input: RotateCaseSystemSecret,
    @CurrentSubmission() by: Submission,
  ): Promise<ShownCaseSystemSecret> {
    return this.systems.rotate(input, by);
  }

  @Mutation(() => Receipt, { description: 'Ends a secret of a case system, or all, at once.' })
  @Roles(...keepers)
  revokeCaseSystemSecret(
    @Args('input') input: RevokeCaseSystemSecret,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, {
    description: 'Ends the sending of case notes; they wait until an address is set again.',
  })
  @Roles(...keepers)
  endCaseSystemAddress(
    @Args('input') input: EndCaseSystemAddress,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Says where case notes go, from now on.' })
  @Roles(...keepers)
  setCaseSystemAddress(
    @Args('input') input: SetCaseSystemAddress,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
