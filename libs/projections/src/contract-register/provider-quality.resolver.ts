import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { civilDate } from '#brokerage/civil-date.commands.js';
import { RequestRouteCode } from '#brokerage/package/package.sourcing.commands.js';
import { requestRoutes } from '#brokerage/package/package.codes.js';
import { cascadeOf } from '#brokerage/package/package.route.rules.js';
import { gatesOf } from '#brokerage/provider/provider.quality.rules.js';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { asOf, PageArgs, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import { packages } from '../package/package.projection.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { comparingRoles, councilRoles } from '../who-sees.js';
import { ContractRegisterReads } from './contract-register.queries.js';
import { Provider } from './contract-register.view.js';
import { judgedProviders, type JudgedProvider } from './eligibility.queries.js';
import { EligibleProviders, type ProviderEligibility } from './eligibility.view.js';
import { ProviderQuality } from './provider-quality.view.js';

const QualityConnection = connectionOf(ProviderQuality);

@ArgsType()
class QualityArgs extends PageArgs {
  @Field({
    nullable: true,
    description: 'Only those whose assessment is overdue on this date, or was never made (S2-8).',
  })
  @IsOptional()
  @Matches(civilDate)
  overdueOn?: string;

  @Field({ nullable: true, description: 'Only those with an open review (S4-8).' })
  @IsOptional()
  @IsBoolean()
  openReviews?: boolean;
}

@ArgsType()
class NameArgs extends QueryArgs {
  @Field()
  @MaxLength(200)
  name: string;
}

@ArgsType()
class EligibleArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  packageId: string;

  @Field(() => RequestRouteCode, {
    nullable: true,
    description: 'The way of asking; absent: the first of the service line’s cascade.',
  })
  @IsOptional()
  @IsIn(requestRoutes)
  route?: string;
}

/** Who may be asked and why, who is known by a name, and what quality is recorded. */
@Resolver()
export class ProviderQualityQueries {
  private readonly reads: ContractRegisterReads;
  private readonly policies: CouncilPolicyReads;
  private readonly packages;

  constructor(
    @Inject(PROJECTOR) private readonly projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new ContractRegisterReads(projector);
    this.policies = new CouncilPolicyReads(projector);
    this.packages = projector.reader(packages);
  }

  @Query(() => QualityConnection, {
    description: 'Quality assessments and reviews of providers, by name (S2-8, S4-8).',
  })
  @Roles(...comparingRoles, 'administrator')
  async providerQuality(
    @CurrentActor() viewer: Viewer,
    @Args() { after, first, cursor, ...wanted }: QualityArgs,
  ): Promise<Connection<ProviderQuality>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.quality(viewer, wanted, { first, cursor }));
  }

  @Query(() => [Provider], {
    description:
      'The providers with exactly this name, blanks and case aside; never similar (S1-4).',
  })
  @Roles(...councilRoles)
  async findProvider(
    @CurrentActor() viewer: Viewer,
    @Args() { after, name }: NameArgs,
  ): Promise<Provider[]> {
    await showing(after, this.reads.reader);
    return [...this.reads.providersNamed(viewer, name)];
  }

  @Query(() => EligibleProviders, {
    nullable: true,
    description: 'Every provider with every reason for or against asking it, by name (S4-3, X7).',
  })
  @Roles(...councilRoles, 'external-broker')
  async eligibleProviders(
    @CurrentActor() viewer: Viewer,
    @Args() { after, packageId, route: asked }: EligibleArgs,
  ): Promise<EligibleProviders | undefined> {
    await showing(after, this.reads.reader, this.packages);
    const row = this.packages.get(viewer, 'packages', packageId);
    if (!row) return undefined;
    const decidedOn = civilDateOf(this.clock.now());
    const policy = this.policies.inForceOn(decidedOn);
    const { needs } = row;
    const [first = 'framework'] = cascadeOf({ serviceLine: needs.serviceLine, policy });
    const route = asked ?? first;
    const wanted = { ...needs, route, decidedOn, gates: gatesOf(policy) };
    const providers = judgedProviders(this.projector, wanted).map(shown);
    const { startOn } = needs;
    return { startOn, route, providers, asOf: asOf(this.reads.reader.asOf()) };
  }
}

const shown = ({ provider, contract, ...judged }: JudgedProvider): ProviderEligibility => ({
  ...{ providerId: provider.providerId, legalName: provider.legalName },
  ...(contract && { contractId: contract.contractId, contractType: contract.type }),
  eligible: judged.eligible,
  reasons: [...judged.reasons],
});
