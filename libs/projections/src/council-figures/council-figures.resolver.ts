import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, Matches } from 'class-validator';
import { civilDate } from '#brokerage/civil-date.commands.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf, isCivilDate, isIsoWeek } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { AsOfArgument } from '../past/as-of.args.js';
import { PastMoments } from '../past/past-moments.js';
import { needsOfCouncilFigures } from '../past/past-needs.js';
import { LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { councilRoles } from '../who-sees.js';
import { CouncilFiguresReads, periodOf } from './council-figures.queries.js';
import { CouncilFigures } from './council-figures.view.js';

@ArgsType()
class CouncilFiguresArgs extends QueryArgs {
  @Field({ nullable: true, description: 'An ISO week, `2026-W46`; default the last complete one.' })
  @IsOptional()
  @Matches(/^\d{4}-W\d{2}$/)
  week?: string;

  @Field({ nullable: true, description: 'First day of the awards; default twelve months to `to`.' })
  @IsOptional()
  @Matches(civilDate)
  from?: string;

  @Field({ nullable: true, description: 'Last day of the awards, inclusive; default today.' })
  @IsOptional()
  @Matches(civilDate)
  to?: string;

  @AsOfArgument()
  asOf?: string;
}

@Resolver()
export class CouncilFiguresResolver {
  private readonly reads: CouncilFiguresReads;
  private readonly moments: PastMoments;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(LOG) log: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new CouncilFiguresReads(projector);
    this.moments = new PastMoments(projector, log, clock);
  }

  @Query(() => CouncilFigures, {
    description: 'The figures a council states, for a week and a period of awards (S1-1 to S3-3).',
  })
  @Roles(...councilRoles)
  async councilFigures(
    @CurrentActor() viewer: Viewer,
    @Args() { after, asOf, ...wanted }: CouncilFiguresArgs,
  ): Promise<CouncilFigures> {
    ensureReal(wanted);
    await showing(after, this.reads.reader, this.reads.register.reader);
    if (asOf !== undefined) {
      const moment = await this.moments.named(asOf);
      const { week } = periodOf(wanted, civilDateOf(moment.now));
      return this.moments.answered(moment, needsOfCouncilFigures(week), (past) =>
        new CouncilFiguresReads(past).figures(viewer, wanted, moment.now),
      );
    }
    return this.reads.figures(viewer, wanted, this.clock.now());
  }
}

/** Refuses weeks and days that do not exist, and a period that ends before it begins. */
export function ensureReal({
  week,
  from,
  to,
}: {
  week?: string;
  from?: string;
  to?: string;
}): void {
  const said = (path: string, message: string) => ({ code: 'invalid', path, message });
  const problems = [
    ...(week && !isIsoWeek(week) ? [said('week', `There is no week ${week}.`)] : []),
    ...(from && !isCivilDate(from) ? [said('from', `There is no day ${from}.`)] : []),
    ...(to && !isCivilDate(to) ? [said('to', `There is no day ${to}.`)] : []),
    ...(from && to && from > to ? [said('from', 'A period begins before it ends.')] : []),
  ];
  if (problems.length > 0) throw new InvalidInput(problems);
}
