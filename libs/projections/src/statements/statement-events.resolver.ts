import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { civilDate } from '#brokerage/civil-date.commands.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { FigureEventConnection } from '../figure-events/figure-event.connection.js';
import { FigureEventsArgs } from '../figure-events/figure-events.args.js';
import { eventsPage, type FigureEventPage } from '../figure-events/figure-events.queries.js';
import { payRoles } from '../pay/pay-roles.js';
import { pay } from '../pay/pay.projection.js';
import type { PayReader } from '../pay/statement-lines.queries.js';
import { LOG, PROJECTOR, type Projector } from '../read-side.js';
import { countedLines } from './statement-events.queries.js';
import { Statement } from './statements.view.js';

@ArgsType()
class LineEventsArgs extends FigureEventsArgs {
  @Field(() => ID, { nullable: true, description: 'One line; default all of the total.' })
  @IsOptional()
  @MaxLength(100)
  lineKey?: string;

  @Field({ nullable: true, description: 'Only lines that correct the period of this first day.' })
  @IsOptional()
  @Matches(civilDate)
  adjusts?: string;
}

/** The events behind what a provider is paid. */
@Resolver(() => Statement)
export class StatementEventsResolver {
  private readonly reader: PayReader;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) private readonly log: Pick<EventStore, 'read'>,
  ) {
    this.reader = projector.reader(pay);
  }

  @ResolveField(() => FigureEventConnection, {
    nullable: true,
    description:
      'The events that the total, or one line, comes from, as the log had them at the statement’s position (S2-18).',
  })
  @Roles(...payRoles, 'provider')
  events(
    @CurrentActor() viewer: Viewer,
    @Parent() { statementId }: Statement,
    @Args() { lineKey, adjusts, ...page }: LineEventsArgs,
  ): Promise<FigureEventPage> | null {
    const counted = countedLines(this.reader, viewer, { statementId, lineKey, adjusts });
    return counted ? eventsPage(this.log, counted, page) : null;
  }
}
