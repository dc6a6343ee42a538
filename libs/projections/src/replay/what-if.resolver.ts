import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { AuditLooks } from '#brokerage/audit-look/audit-looks.js';
import { PolicyValuesInput } from '#brokerage/council-policy/council-policy.commands.js';
import type { CouncilPolicyValues } from '#kernel/council-policy.js';
import { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { RUNTIME, type Runtime } from '#platform/runtime/runtime.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { comparingRoles } from '../who-sees.js';
import { differenceTold } from './decision-replay.queries.js';
import { PROJECTOR, type Projector } from '../read-side.js';
import { PeriodArgs, periodOf, positionBefore } from './period.js';
import { DecisionWhatIf } from './what-if.view.js';

@ArgsType()
class WhatIfArgs extends PeriodArgs {
  @Field(() => PolicyValuesInput, { description: 'Only what is to be other than it was.' })
  @ValidateNested()
  @Type(() => PolicyValuesInput)
  policy: PolicyValuesInput;
}

@Resolver()
export class WhatIfResolver {
  private readonly looks: AuditLooks;

  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(PROJECTOR) private readonly projector: Projector,
    @Inject(Commands) commands: Commands,
  ) {
    this.looks = new AuditLooks(commands);
  }

  @Query(() => DecisionWhatIf, {
    description:
      'Makes the decisions of a period again under a draft of council policy and lists those that would have been other; stores nothing. For KPIs ask `kpiWhatIf`.',
  })
  @Roles(...comparingRoles)
  async whatIf(
    @CurrentSubmission() by: Submission,
    @Args() { policy, fromOn, lastDay }: WhatIfArgs,
  ): Promise<DecisionWhatIf> {
    const period = periodOf(fromOn, lastDay);
    await this.looks.look('whatIf', [fromOn, lastDay], by);
    const found = await this.runtime.whatIf({
      ...{ draft: given(policy), ...period },
      after: await positionBefore(this.projector, period.from),
    });
    return {
      ...found,
      first: found.first.map(({ position, differences, ...each }) => ({
        ...each,
        ...{ position: String(position), differences: differences.map(differenceTold) },
      })),
    };
  }
}

/** Only the values that were given. */
const given = (policy: PolicyValuesInput): CouncilPolicyValues =>
  JSON.parse(JSON.stringify(policy, (_, value: unknown) => value ?? undefined)) as object;
