import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import type { CouncilPolicyValues } from '#kernel/council-policy.js';
import { civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { KpiRecounts } from './kpi-recount.queries.js';
import { KpiPolicyInput, KpiWhatIf } from './kpi-what-if.view.js';
import { KpiReads } from './kpi.queries.js';
import { monthAsked, ProviderKpisArgs } from './kpi.resolver.js';

@ArgsType()
class KpiWhatIfArgs extends ProviderKpisArgs {
  @Field(() => KpiPolicyInput)
  @ValidateNested()
  @Type(() => KpiPolicyInput)
  policy: KpiPolicyInput;
}

@Resolver()
export class KpiWhatIfResolver {
  private readonly reads: KpiReads;
  private readonly recounts: KpiRecounts;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) log: Pick<EventStore, 'read'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new KpiReads(projector);
    this.recounts = new KpiRecounts(projector, log);
  }

  @Query(() => KpiWhatIf, {
    description:
      'A month’s KPIs counted anew from its visits under another policy, beside those stored; stores nothing (S2-9 to S2-11, X10).',
  })
  @Roles(...comparingRoles)
  async kpiWhatIf(
    @CurrentActor() viewer: Viewer,
    @Args() { after, month: asked, providerId, by = 'provider', policy }: KpiWhatIfArgs,
  ): Promise<KpiWhatIf> {
    await showing(after, this.reads.reader, this.reads.policy.reader);
    const today = civilDateOf(this.clock.now());
    const month = monthAsked(asked, today);
    const stored = this.reads.providerKpis(viewer, month, today, providerId, by);
    const instead = given(policy);
    const figures = await this.recounts.figures(viewer, { month, today, policy: instead });
    const question = { month, today, by, providerId };
    const inForce = { ...this.reads.policyOf(month), ...instead };
    return { stored, whatIf: this.reads.kpisOf(figures, question, inForce) };
  }
}

/** Only the values that were given. */
const given = (policy: KpiPolicyInput): CouncilPolicyValues =>
  Object.fromEntries(
    Object.entries(policy).filter(([, value]) => value !== undefined && value !== null),
  );
