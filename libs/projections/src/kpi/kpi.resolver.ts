import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf, monthAfter, monthOf, type CivilDate, type Month } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { PROJECTOR, showing, type Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { KpiReads } from './kpi.queries.js';
import { KpiSubjectCode, kpiSubjects, ProviderKpis, type KpiSubject } from './kpi.view.js';

/** A month, `2026-03`. */
@ArgsType()
export class MonthArgs extends QueryArgs {
  @Field({
    nullable: true,
    description: 'A calendar month, `2026-03`; default the last complete one.',
  })
  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/)
  month?: string;
}

/** The month asked for, else the last complete one. */
export const monthAsked = (month: Month | undefined, today: CivilDate): Month =>
  month ?? monthAfter(monthOf(today), -1);

@ArgsType()
class ProviderKpisArgs extends MonthArgs {
  @Field(() => ID, { nullable: true, description: 'One provider; default all that are visible.' })
  @IsOptional()
  @IsUUID()
  providerId?: string;

  @Field(() => KpiSubjectCode, {
    nullable: true,
    description: 'Default by provider; with a provider, its figures alone.',
  })
  @IsOptional()
  @IsIn(kpiSubjects)
  by?: KpiSubject;
}

@Resolver()
export class KpiResolver {
  private readonly reads: KpiReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new KpiReads(projector);
  }

  @Query(() => ProviderKpis, {
    description:
      'The KPIs of a month by provider, by patch or of the council; a provider sees its own alone (S2-9 to S2-14, X27).',
  })
  @Roles(...comparingRoles, 'provider')
  async providerKpis(
    @CurrentActor() viewer: Viewer,
    @Args() { after, month, providerId, by }: ProviderKpisArgs,
  ): Promise<ProviderKpis> {
    await showing(after, this.reads.reader, this.reads.policy.reader);
    const today = civilDateOf(this.clock.now());
    return this.reads.providerKpis(viewer, monthAsked(month, today), today, providerId, by);
  }
}
