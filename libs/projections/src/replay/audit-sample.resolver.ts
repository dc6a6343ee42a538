import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { IsInt, IsNotEmpty, Max, MaxLength, Min } from 'class-validator';
import { AuditLooks } from '#brokerage/audit-look/audit-looks.js';
import type { EventStore } from '#eventstore/event-store.js';
import { auditSample } from '#platform/replay/audit-sample.js';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { LOG, PROJECTOR, type Projector } from '../read-side.js';
import { PeriodArgs, periodOf, positionBefore } from './period.js';
import { AuditSample } from './audit-sample.view.js';

const method = 'The decisions whose SHA-256 of seed, line feed and event id is lowest.';

@ArgsType()
class AuditSampleArgs extends PeriodArgs {
  @Field(() => Int, { description: 'How many, from 1 to 500.' })
  @IsInt()
  @Min(1)
  @Max(500)
  size: number;

  @Field({ description: 'Any text; whoever names it again draws the same decisions.' })
  @IsNotEmpty()
  @MaxLength(100)
  seed: string;
}

@Resolver()
export class AuditSampleResolver {
  private readonly looks: AuditLooks;

  constructor(
    @Inject(LOG) private readonly log: EventStore,
    @Inject(PROJECTOR) private readonly projector: Projector,
    @Inject(Commands) commands: Commands,
  ) {
    this.looks = new AuditLooks(commands);
  }

  @Query(() => AuditSample, {
    description: 'Draws decisions of a period for a quality audit, reproducible from the seed.',
  })
  @Roles('auditor', 'quality-officer')
  async auditSample(
    @CurrentSubmission() by: Submission,
    @Args() { fromOn, lastDay, size, seed }: AuditSampleArgs,
  ): Promise<AuditSample> {
    const { projector, log, looks } = this;
    return drawnSample({ projector, log, looks }, { fromOn, lastDay, size, seed }, by);
  }
}

/** Draws a sample; the look is recorded before the answer. Throws `InvalidInput` for no period. */
export async function drawnSample(
  {
    projector,
    log,
    looks,
  }: { readonly projector: Projector; readonly log: EventStore; readonly looks: AuditLooks },
  { fromOn, lastDay, size, seed }: Readonly<AuditSampleArgs>,
  by: Submission,
): Promise<AuditSample> {
  const period = periodOf(fromOn, lastDay);
  await looks.look('auditSample', [fromOn, lastDay, seed], by);
  const after = await positionBefore(projector, period.from);
  const { population, decisions } = await auditSample(log, { ...{ ...period, size, seed, after } });
  return {
    ...{ population, seed, method },
    decisions: decisions.map(({ position, ...each }) => ({ ...each, position: String(position) })),
  };
}
