import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsUUID, Matches } from 'class-validator';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { comparingRoles, isOfProvider } from '../who-sees.js';
import { WeekEvidenceReads } from './week-evidence.queries.js';
import { ProviderWeekEvidence } from './week-evidence.view.js';

@ArgsType()
class WeekEvidenceArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  providerId: string;

  @Field({ description: 'An ISO week, `2026-W13`.' })
  @Matches(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/)
  week: string;
}

@Resolver()
export class WeekEvidenceResolver {
  private readonly reads: WeekEvidenceReads;
  private readonly policies: CouncilPolicyReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new WeekEvidenceReads(projector);
    this.policies = new CouncilPolicyReads(projector);
  }

  @Query(() => ProviderWeekEvidence, {
    nullable: true,
    description:
      'When a provider’s logs of a week are known, and the visits that nobody told of, which it must explain (S2-12).',
  })
  @Roles(...comparingRoles, 'administrator', 'provider')
  async providerWeekEvidence(
    @CurrentActor() viewer: Viewer,
    @Args() { after, providerId, week }: WeekEvidenceArgs,
  ): Promise<ProviderWeekEvidence | null> {
    const entitled = hasRole(viewer, ...comparingRoles, 'administrator');
    if (!entitled && !isOfProvider(viewer, providerId)) return null;
    await showing(after, this.reads.reader);
    const now = this.clock.now();
    const policy = this.policies.inForceOn(civilDateOf(now));
    return this.reads.weekOf({ providerId, week, now, policy });
  }
}
