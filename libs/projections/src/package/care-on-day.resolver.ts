import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsUUID, Matches } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { civilDate } from '#brokerage/civil-date.commands.js';
import { isCivilDate } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AsOfArgument } from '../past/as-of.args.js';
import { PastMoments } from '../past/past-moments.js';
import { LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { careOnDay } from './care-on-day.queries.js';
import { CareOnDay } from './care-on-day.view.js';
import { packages } from './package.projection.js';

@ArgsType()
class CareOnDayArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  packageId: string;

  @Field({ description: 'The day whose care is asked for, whenever it was recorded.' })
  @Matches(civilDate)
  validOn: string;

  @AsOfArgument()
  asOf?: string;
}

@Resolver()
export class CareOnDayResolver {
  private readonly reader;
  private readonly moments: PastMoments;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) private readonly log: EventStore,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.reader = projector.reader(packages);
    this.moments = new PastMoments(projector, log, clock);
  }

  @Query(() => CareOnDay, {
    nullable: true,
    description:
      'Who is responsible for a day and by which schedule, with late and backdated changes as they were known at `asOf` (S4-14, X18).',
  })
  @Roles(...councilRoles)
  async careOnDay(
    @CurrentActor() viewer: Viewer,
    @Args() { after, packageId, validOn, asOf }: CareOnDayArgs,
  ): Promise<CareOnDay | undefined> {
    if (!isCivilDate(validOn)) {
      const message = `There is no day ${validOn}.`;
      throw new InvalidInput([{ code: 'invalid', path: 'validOn', message }]);
    }
    await showing(after, this.reader);
    if (!this.reader.get(viewer, 'packages', packageId)) return undefined;
    const upTo =
      asOf === undefined ? await this.log.head() : (await this.moments.named(asOf)).position;
    return careOnDay(this.log, packageId, validOn, upTo);
  }
}
