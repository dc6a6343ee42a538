import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import {
  ContinuityStepCode,
  continuitySteps,
  VisitMinutesInput,
} from '#brokerage/council-policy/council-policy.commands.js';
import { ProviderKpis } from './kpi.view.js';

/** Values by which a month is judged instead of those in force; nothing of it is stored. */
@InputType()
export class KpiPolicyInput {
  /** Largest distance from the agreed start that is on time (S2-9). */
  @IsOptional()
  @ValidateNested()
  @Type(() => VisitMinutesInput)
  punctualityToleranceMinutes?: VisitMinutesInput;

  @IsOptional()
  @Field(() => ContinuityStepCode, { nullable: true })
  @IsIn(continuitySteps)
  continuityStep?: 'weekly' | 'daily';

  /** Whether continuity counts legs instead of visits (S2-11). */
  @IsOptional()
  @IsBoolean()
  continuityCountsLegs?: boolean;

  /** A visit that starts later than this counts as missed; 0: none does (X10). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1440)
  lateCutOffMinutes?: number;
}

/** A month’s KPIs as stored, and as another policy would have them. */
@ObjectType()
export class KpiWhatIf {
  stored: ProviderKpis;

  whatIf: ProviderKpis;
}
