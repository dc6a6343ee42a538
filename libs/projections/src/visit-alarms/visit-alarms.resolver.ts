import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsEnum, IsOptional, Matches, ValidateNested } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { addDays, isCivilDate } from '#kernel/time.js';
import { civilDate } from '#brokerage/civil-date.commands.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { asOf, PageArgs, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { eventAt, reasonReaders, REVEALED_LOG } from '../revealed-log.js';
import { comparingRoles } from '../who-sees.js';
import { VisitAlarmReads, type ShownAlarm } from './visit-alarms.queries.js';
import { alarmReaders } from './visit-alarms.projection.js';
import {
  MissedVisits,
  VisitAlarm,
  VisitAlarmsFilter,
  VisitAlarmsSort,
} from './visit-alarms.view.js';

const VisitAlarmConnection = connectionOf(VisitAlarm);

@ArgsType()
class VisitAlarmsArgs extends PageArgs {
  @Field(() => VisitAlarmsFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => VisitAlarmsFilter)
  filter?: VisitAlarmsFilter;

  @Field(() => VisitAlarmsSort, { defaultValue: VisitAlarmsSort.CRITICAL_FIRST })
  @IsEnum(VisitAlarmsSort)
  sort: VisitAlarmsSort = VisitAlarmsSort.CRITICAL_FIRST;
}

@ArgsType()
class MissedVisitsArgs extends QueryArgs {
  @Field({ description: 'The first day, `2026-03-01`.' })
  @Matches(civilDate)
  fromOn: string;

  @Field({ description: 'The last day, `2026-03-31`.' })
  @Matches(civilDate)
  lastDay: string;
}

@Resolver(() => VisitAlarm)
export class VisitAlarmsResolver {
  private readonly reads: VisitAlarmReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REVEALED_LOG) private readonly log: EventStore,
  ) {
    this.reads = new VisitAlarmReads(projector);
  }

  @Query(() => VisitAlarmConnection, {
    description: 'Visits that nobody made, or where nobody opened, with who sees to it (X26).',
  })
  @Roles(...alarmReaders, 'provider')
  async visitAlarms(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, sort, ...page }: VisitAlarmsArgs,
  ): Promise<Connection<VisitAlarm>> {
    await showing(after, this.reads.reader);
    return connected(this.reads.alarms(viewer, filter, sort, page));
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'What was found, in the words of whoever closed it; until the person is erased.',
  })
  @Roles(...alarmReaders, 'provider')
  async outcomeNote(
    @CurrentActor() viewer: Viewer,
    @Parent() { outcomePosition }: ShownAlarm,
  ): Promise<string | undefined> {
    if (outcomePosition === undefined || !hasRole(viewer, ...reasonReaders)) return undefined;
    const { note } = ((await eventAt(this.log, outcomePosition))?.data ?? {}) as { note?: unknown };
    return typeof note === 'string' ? note : undefined;
  }

  @Query(() => MissedVisits, {
    description:
      'Missed visits of some days by provider: reported, detected, and detected but not reported (S2-12).',
  })
  @Roles(...comparingRoles, 'provider')
  async missedVisits(
    @CurrentActor() viewer: Viewer,
    @Args() { after, fromOn, lastDay }: MissedVisitsArgs,
  ): Promise<MissedVisits> {
    for (const [path, on] of Object.entries({ fromOn, lastDay })) {
      if (isCivilDate(on)) continue;
      throw new InvalidInput([{ code: 'matches', path, message: `${path} is not a date` }]);
    }
    await showing(after, this.reads.reader);
    const days = { from: fromOn, before: addDays(lastDay, 1) };
    const providers = this.reads.missedVisits(viewer, days, this.clock.now());
    return { providers, asOf: asOf(this.reads.reader.asOf()) };
  }
}
