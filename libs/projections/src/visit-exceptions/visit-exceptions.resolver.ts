import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import type { Viewer } from '#kernel/actor.js';
import { addMinutes, civilDateOf } from '#kernel/time.js';
import { CLOCK, type Clock } from '#platform/commands/clock.js';
import { connectionOf, type Connection } from '#platform/graphql/connection.js';
import { PageArgs } from '#platform/graphql/paging.view.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import { connected, PROJECTOR, showing, type Projector } from '../read-side.js';
import { logReaders } from '../who-sees.js';
import { VisitExceptionReads } from './visit-exceptions.queries.js';
import {
  CarerGenderCheck,
  VisitException,
  VisitExceptionsFilter,
} from './visit-exceptions.view.js';

const VisitExceptionConnection = connectionOf(VisitException);

@ArgsType()
class VisitExceptionsArgs extends PageArgs {
  @Field(() => VisitExceptionsFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => VisitExceptionsFilter)
  filter?: VisitExceptionsFilter;
}

@Resolver()
export class VisitExceptionsResolver {
  private readonly reads: VisitExceptionReads;

  private readonly policies: CouncilPolicyReads;

  constructor(
    @Inject(PROJECTOR) projector: Projector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.reads = new VisitExceptionReads(projector);
    this.policies = new CouncilPolicyReads(projector);
  }

  @Query(() => VisitExceptionConnection, {
    description: 'Logs that cannot be taken as they are, with who clears them up (X12).',
  })
  @Roles(...logReaders, 'provider')
  async visitExceptions(
    @CurrentActor() viewer: Viewer,
    @Args() { after, filter = {}, ...page }: VisitExceptionsArgs,
  ): Promise<Connection<VisitException>> {
    await showing(after, this.reads.reader);
    const now = this.clock.now();
    const { openLegMinutes } = this.policies.inForceOn(civilDateOf(now));
    const openSince = addMinutes(now, -openLegMinutes);
    return connected(this.reads.exceptions(viewer, filter, page, openSince));
  }

  @Query(() => [CarerGenderCheck], {
    description: 'Whether the carers of a visit were of the gender that the person needs (X2).',
  })
  @Roles(...logReaders, 'provider')
  carerGenderChecks(
    @CurrentActor() viewer: Viewer,
    @Args('visitId', { type: () => ID }) visitId: string,
  ): CarerGenderCheck[] {
    return this.reads.genderChecks(viewer, visitId);
  }
}
