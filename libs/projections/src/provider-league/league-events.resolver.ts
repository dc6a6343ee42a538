import { Inject } from '@nestjs/common';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { EventStore } from '#eventstore/event-store.js';
import { Roles } from '#platform/viewer/roles.js';
import { FigureEventConnection } from '../figure-events/figure-event.connection.js';
import type { FigureEventPage } from '../figure-events/figure-events.queries.js';
import { KpiEventsArgs, kpiEventsPage } from '../kpi/kpi-events.resolver.js';
import { KpiFigureEvents } from '../kpi/kpi-events.queries.js';
import { LOG, PROJECTOR, type Projector } from '../read-side.js';
import { comparingRoles } from '../who-sees.js';
import { LeagueRow } from './provider-league.view.js';

/** The events behind a rank: those of the figures that are weighed in its score (L1). */
@Resolver(() => LeagueRow)
export class LeagueEventsResolver {
  private readonly figures: KpiFigureEvents;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) private readonly log: Pick<EventStore, 'read'>,
  ) {
    this.figures = new KpiFigureEvents(projector);
  }

  @ResolveField(() => FigureEventConnection, {
    description: 'The events that a figure of this row comes from, in order of their streams (L1).',
  })
  @Roles(...comparingRoles, 'provider')
  events(@Parent() row: LeagueRow, @Args() asked: KpiEventsArgs): Promise<FigureEventPage> {
    return kpiEventsPage(this.log, this.figures, row, asked);
  }
}
