import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { IsUUID, Matches } from 'class-validator';
import type { EventStore } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { addDays, civilDateOf, daysBetween, isCivilDate, mondayOf } from '#kernel/time.js';
import { civilDate } from '#brokerage/civil-date.commands.js';
import { addressOf } from '#brokerage/visit/visit.rules.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { asOf, QueryArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import { packages } from '../package/package.projection.js';
import { LOG, PROJECTOR, showing, type Projector } from '../read-side.js';
import { REVEALED_LOG } from '../revealed-log.js';
import { inquirers, Timelines, within } from './timeline.queries.js';
import { PersonTimeline, VisitEvidence } from './timeline.view.js';

/** A quarter of a year in one answer. */
const daysAtMost = 92;

@ArgsType()
class VisitEvidenceArgs extends QueryArgs {
  @Field(() => ID)
  @Matches(/^[0-9a-f-]{36}\.\d{4}-\d{2}-\d{2}\.\d+\.\d+$/)
  visitId: string;
}

@ArgsType()
class PersonTimelineArgs extends QueryArgs {
  @Field(() => ID)
  @IsUUID()
  packageId: string;

  @Field({ description: 'The first day, `2026-03-01`.' })
  @Matches(civilDate)
  fromOn: string;

  @Field({ description: 'The last day; at most 92 days together.' })
  @Matches(civilDate)
  lastDay: string;
}

@Resolver()
export class TimelineResolver {
  private readonly policies;
  private readonly packages;
  private readonly timelines;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) log: EventStore,
    @Inject(REVEALED_LOG) revealed: EventStore,
  ) {
    this.policies = new CouncilPolicyReads(projector);
    this.packages = projector.reader(packages);
    this.timelines = new Timelines(log, revealed);
  }

  @Query(() => VisitEvidence, {
    nullable: true,
    description:
      'All that is known of one visit: the agreed time and where it comes from, each log, report and change, with who and when.',
  })
  @Roles(...inquirers, 'provider')
  async visitEvidence(
    @CurrentActor() viewer: Viewer,
    @Args() { after, visitId }: VisitEvidenceArgs,
  ): Promise<VisitEvidence | null> {
    await showing(after, this.packages);
    const { packageId, week, visit } = addressOf(visitId);
    // A visit that was moved has its own day still within its week.
    const monday = mondayOf(week);
    const days = { from: monday, to: addDays(monday, 6) };
    const found = await this.timelines.visits(viewer, packageId, days, this.judging(), visit);
    const [record] = found;
    return record ? { visit: record, asOf: asOf(this.packages.asOf()) } : null;
  }

  @Query(() => PersonTimeline, {
    description:
      'A person’s care on some days: what was recorded of the package, and all that is known of each visit.',
  })
  @Roles(...inquirers, 'provider')
  async personTimeline(
    @CurrentActor() viewer: Viewer,
    @Args() { after, packageId, fromOn, lastDay }: PersonTimelineArgs,
  ): Promise<PersonTimeline> {
    for (const [path, on] of Object.entries({ fromOn, lastDay })) {
      if (!isCivilDate(on)) refuse(path, `${path} is not a date`);
    }
    const days = { from: fromOn, to: lastDay };
    const count = daysBetween(fromOn, lastDay) + 1;
    if (count < 1) refuse('lastDay', 'lastDay lies before fromOn');
    if (count > daysAtMost) refuse('lastDay', `at most ${daysAtMost} days are answered together`);
    await showing(after, this.packages);
    const lines = this.packages.select(viewer, 'lines', { filter: { packageId } });
    const visits = await this.timelines.visits(viewer, packageId, days, this.judging());
    const changes = within(lines, days);
    return { packageId, fromOn, lastDay, changes, visits, asOf: asOf(this.packages.asOf()) };
  }

  private judging() {
    const now = this.clock.now();
    return { now, policy: this.policies.inForceOn(civilDateOf(now)) };
  }
}

function refuse(path: string, message: string): never {
  throw new InvalidInput([{ code: 'outOfRange', path, message }]);
}
