import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { civilDate } from '#brokerage/civil-date.commands.js';
import {
  civilDateOf,
  isCivilDate,
  monthAfter,
  monthOf,
  type CivilDate,
  type Month,
} from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AsOfArgument } from '../past/as-of.args.js';
import { PastMoments } from '../past/past-moments.js';
import { LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { kpisAt } from './kpi-past.queries.js';
import { KpiRecounts } from './kpi-recount.queries.js';
import { KpiReads, ownOnly } from './kpi.queries.js';
import {
  KpiSubjectCode,
  kpiSubjects,
  type KpiSubject,
} from '#brokerage/stated-figure/stated-figure.commands.js';
import { ProviderKpis } from './kpi.view.js';

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
export class ProviderKpisArgs extends MonthArgs {
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

@ArgsType()
class KnownKpisArgs extends ProviderKpisArgs {
  @Field({
    nullable: true,
    description: 'As the figures were known at the end of this day, counted anew from the log.',
  })
  @IsOptional()
  @Matches(civilDate)
  knownOn?: string;

  @AsOfArgument()
  asOf?: string;
}

@Resolver()
export class KpiResolver {
  private readonly reads: KpiReads;
  private readonly recounts: KpiRecounts;
  private readonly moments: PastMoments;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) log: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new KpiReads(projector);
    this.recounts = new KpiRecounts(projector, log);
    this.moments = new PastMoments(projector, log, clock);
  }

  @Query(() => ProviderKpis, {
    description:
      'The KPIs of a month by provider, by patch or of the council; a provider sees its own alone (S2-9 to S2-14, X27).',
  })
  @Roles(...comparingRoles, 'provider')
  async providerKpis(
    @CurrentActor() viewer: Viewer,
    @Args() { after, month: asked, providerId, by = 'provider', knownOn, asOf }: KnownKpisArgs,
  ): Promise<ProviderKpis> {
    await showing(after, this.reads.reader, this.reads.policy.reader);
    if (asOf !== undefined) {
      const moment = await this.moments.named(asOf);
      const of = monthAsked(asked, civilDateOf(moment.now));
      return kpisAt(this.moments, moment, of, (reads, then) =>
        reads.providerKpis(viewer, of, then, providerId, by),
      );
    }
    const today = civilDateOf(this.clock.now());
    const month = monthAsked(asked, today);
    if (knownOn === undefined || !isCivilDate(knownOn)) {
      const kpis = this.reads.providerKpis(viewer, month, today, providerId, by);
      return { ...kpis, rows: kpis.rows.map((row) => ({ ...row, counted: { month, today } })) };
    }
    const figures = await this.recounts.figures(viewer, { month, today, knownOn });
    const question = { month, today, by, providerId: ownOnly(viewer) ?? providerId };
    return this.reads.kpisOf(figures, question, this.reads.policyOf(month));
  }
}
