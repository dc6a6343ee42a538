import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, MaxLength } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { Roles } from '#platform/viewer/roles.js';
import { FigureEventConnection } from '../figure-events/figure-event.connection.js';
import { FigureEventsArgs } from '../figure-events/figure-events.args.js';
import { eventsPage, type FigureEventPage } from '../figure-events/figure-events.queries.js';
import { LOG, PROJECTOR, type Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { KpiFigureEvents } from './kpi-events.queries.js';
import {
  FigurePartCode,
  figureParts,
  KpiFigureCode,
  kpiFigures,
  type FigurePart,
  type KpiFigure,
} from './kpi-figures.view.js';
import { ProviderKpiRow } from './kpi.view.js';

@ArgsType()
export class KpiEventsArgs extends FigureEventsArgs {
  @Field(() => KpiFigureCode, { description: 'Which figure of the row.' })
  @IsIn(kpiFigures)
  figure: KpiFigure;

  @Field(() => FigurePartCode, { nullable: true, description: 'Of a share; default `REQUIRED`.' })
  @IsOptional()
  @IsIn(figureParts)
  part?: FigurePart;

  @Field({ nullable: true, description: 'Only of contracts that name this set of KPIs (S3-12).' })
  @IsOptional()
  @MaxLength(100)
  kpiSet?: string;
}

/** The events behind the figures of a row, which is seen by whoever may see them. */
@Resolver(() => ProviderKpiRow)
export class KpiEventsResolver {
  private readonly figures: KpiFigureEvents;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) private readonly log: Pick<EventStore, 'read'>,
  ) {
    this.figures = new KpiFigureEvents(projector);
  }

  @ResolveField(() => FigureEventConnection, {
    description: 'The events that a figure of this row comes from, in order of their streams.',
  })
  @Roles(...comparingRoles, 'provider')
  events(@Parent() row: ProviderKpiRow, @Args() asked: KpiEventsArgs): Promise<FigureEventPage> {
    return kpiEventsPage(this.log, this.figures, row, asked);
  }
}

/** A page of the events behind a figure of a row. */
export function kpiEventsPage(
  log: Pick<EventStore, 'read'>,
  figures: KpiFigureEvents,
  { counted, providerId, patch }: Pick<ProviderKpiRow, 'counted' | 'providerId' | 'patch'>,
  { figure, part = 'required', kpiSet, ...page }: KpiEventsArgs,
): Promise<FigureEventPage> {
  if (!counted) throw new InvalidInput([untold]);
  const asked = { ...counted, figure, part, providerId, patch, kpiSet };
  return eventsPage(log, figures.counted(asked), page);
}

const untold = {
  ...{ code: 'invalid', path: 'events' },
  message: 'Events are listed of what `providerKpis` answers for today, not of what was tried.',
};
