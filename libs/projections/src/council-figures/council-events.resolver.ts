import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { IsIn } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import { Roles } from '#platform/viewer/roles.js';
import { FigureEventConnection } from '../figure-events/figure-event.connection.js';
import { FigureEventsArgs } from '../figure-events/figure-events.args.js';
import { eventsPage, type FigureEventPage } from '../figure-events/figure-events.queries.js';
import { LOG, PROJECTOR, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { CouncilFigureEvents } from './council-events.queries.js';
import {
  CouncilFigureCode,
  councilFigureNames,
  type CouncilFigureName,
} from './council-figures.names.view.js';
import { CouncilFigures } from './council-figures.view.js';

@ArgsType()
class CouncilEventsArgs extends FigureEventsArgs {
  @Field(() => CouncilFigureCode, { description: 'Which figure.' })
  @IsIn(councilFigureNames)
  figure: CouncilFigureName;
}

/** The events behind the figures that the council states. */
@Resolver(() => CouncilFigures)
export class CouncilEventsResolver {
  private readonly figures: CouncilFigureEvents;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) private readonly log: Pick<EventStore, 'read'>,
  ) {
    this.figures = new CouncilFigureEvents(projector);
  }

  @ResolveField(() => FigureEventConnection, {
    description: 'The events that a figure comes from, in order of their streams.',
  })
  @Roles(...councilRoles)
  events(
    @Parent() { week, weekLastDay, from, to, statedOn }: CouncilFigures,
    @Args() { figure, ...page }: CouncilEventsArgs,
  ): Promise<FigureEventPage> {
    const asked = { figure, week, weekLastDay, from, to, today: statedOn };
    return eventsPage(this.log, this.figures.counted(asked), page);
  }
}
