import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';

export const continuitySteps = ['weekly', 'daily'] as const;
export const ContinuityStepCode = codeList(
  'ContinuityStep',
  continuitySteps,
  'Continuity windows start each Monday or each day (S2-11).',
);

/** Minutes for standard and for critical visits. */
@InputType()
export class VisitMinutesInput {
  @IsInt()
  @Min(0)
  @Max(1440)
  standard: number;

  @IsInt()
  @Min(0)
  @Max(1440)
  critical: number;
}

/** Minutes that a request is open. */
@InputType()
export class WindowMinutesInput {
  @IsInt()
  @Min(1)
  @Max(40_320)
  standard: number;

  @IsInt()
  @Min(1)
  @Max(40_320)
  urgent: number;
}

/** A whole number for each KPI. */
@InputType()
export class KpiNumbersInput {
  @IsInt()
  @Min(0)
  @Max(100)
  punctualityStandard: number;

  @IsInt()
  @Min(0)
  @Max(100)
  punctualityCritical: number;

  @IsInt()
  @Min(0)
  @Max(100)
  continuity: number;

  @IsInt()
  @Min(0)
  @Max(100)
  notMissed: number;
}

/** The values to change; those left out stay as they are. */
@InputType()
export class PolicyValuesInput {
  @IsOptional()
  @ValidateNested()
  @Type(() => VisitMinutesInput)
  punctualityToleranceMinutes?: VisitMinutesInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => KpiNumbersInput)
  targetPercent?: KpiNumbersInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => WindowMinutesInput)
  requestWindowMinutes?: WindowMinutesInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => VisitMinutesInput)
  missedGraceMinutes?: VisitMinutesInput;

  @IsOptional()
  @Field(() => ContinuityStepCode, { nullable: true })
  @IsIn(continuitySteps)
  continuityStep?: 'weekly' | 'daily';

  @IsOptional()
  continuityCountsLegs?: boolean;

  @IsOptional()
  @ValidateNested()
  @Type(() => KpiNumbersInput)
  leagueWeights?: KpiNumbersInput;

  @IsOptional()
  @IsInt()
  @Min(0)
  leagueMinimumVisits?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(8)
  planWeeksAhead?: number;

  @IsOptional()
  @Matches(civilDate)
  ecmGoLiveOn?: string;
}

/** Proposes a change of council policy from a date on; a second person approves it. */
@InputType()
export class ChangePolicy extends Submitted {
  @Matches(civilDate)
  effectiveOn: string;

  @ValidateNested()
  @Type(() => PolicyValuesInput)
  values: PolicyValuesInput;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Approves a proposed change; the author cannot. */
@InputType()
export class ApprovePolicyChange extends Submitted {
  @IsUUID()
  changeId: string;
}

export interface CouncilPolicyCommands {
  ChangePolicy: ChangePolicy;
  ApprovePolicyChange: ApprovePolicyChange;
}
