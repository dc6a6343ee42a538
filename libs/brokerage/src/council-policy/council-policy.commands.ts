import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsBoolean,
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
import { civilDate, localTime } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { ServiceBudgetsInput } from './service-budgets.commands.js';

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

/** How long an alarm waits before someone more senior is asked (X26). */
@InputType()
export class VisitAlarmClockInput {
  @IsInt()
  @Min(1)
  @Max(1440)
  criticalMinutes: number;

  /** Counted in office hours. */
  @IsInt()
  @Min(1)
  @Max(10_080)
  standardWorkingMinutes: number;
}

/** When the office works on a working day. */
@InputType()
export class OfficeHoursInput {
  @Matches(localTime)
  opensAt: string;

  @Matches(localTime)
  closesAt: string;
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

/** Targets of the contracts that name a set of KPIs (S3-12). */
@InputType()
export class KpiSetTargetsInput {
  /** As contracts name it. */
  @IsNotEmpty()
  @MaxLength(60)
  kpiSet: string;

  @ValidateNested()
  @Type(() => KpiNumbersInput)
  targetPercent: KpiNumbersInput;
}

export const panelMeasures = ['weekly-cost', 'weekly-hours', 'yearly-cost'] as const;
export const PanelMeasureCode = codeList(
  'PanelMeasure',
  panelMeasures,
  'Pence a week, minutes a week or pence a year (S3-7).',
);

export const routes = ['framework', 'spot', 'in-house'] as const;
export const RouteCode = codeList('Route', routes, 'A step of the cascade (S3-17).');

/** What the Quality Assurance Panel considers (S3-7). */
@InputType()
export class PanelPolicyInput {
  @Field(() => PanelMeasureCode)
  @IsIn(panelMeasures)
  measure: (typeof panelMeasures)[number];

  /** Pence a week, minutes a week or pence a year; strictly more goes to the panel. Absent: none. */
  @IsOptional()
  @IsInt()
  @Min(0)
  level?: number;

  /** Working days until the panel is due after interim authority. */
  @IsInt()
  @Min(1)
  @Max(60)
  interimWorkingDays: number;

  /** Agencies that must each approve: `adult-social-care`, `nhs`. */
  @ArrayNotEmpty()
  @Matches(/^[a-z-]{1,40}$/, { each: true })
  agencies: string[];
}

/** The order in which each service line asks (S3-17). */
@InputType()
export class CascadeInput {
  @Field(() => [RouteCode])
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(routes, { each: true })
  longTerm: (typeof routes)[number][];

  @Field(() => [RouteCode])
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(routes, { each: true })
  shortTerm: (typeof routes)[number][];
}

export const minimumCqcRatings = [
  'outstanding',
  'good',
  'requires-improvement',
  'inadequate',
] as const;
export const MinimumCqcRatingCode = codeList(
  'MinimumCqcRating',
  minimumCqcRatings,
  'The lowest CQC rating with which a provider takes new work (S4-8).',
);

/** Days until an award is chased (X24). */
@InputType()
export class ChaseInput {
  @IsInt()
  @Min(0)
  @Max(60)
  acknowledgeWorkingDays: number;

  @IsInt()
  @Min(0)
  @Max(60)
  startDays: number;
}

/** Months that a record is kept after its last package is over (X29). */
@InputType()
export class RetentionInput {
  @IsInt()
  @Min(1)
  @Max(1200)
  caredForMonths: number;

  @IsInt()
  @Min(1)
  @Max(1200)
  notCaredForMonths: number;
}

/** How visits are paid where a contract says nothing else (section 5). */
@InputType()
export class PayPolicyInput {
  /** Bands above the commissioned one that are paid without approval (S2-17b). */
  @IsInt()
  @Min(0)
  @Max(8)
  overCommissionBands: number;

  /** A Monday on which a statement's period begins; the others follow from it. */
  @Matches(civilDate)
  periodsFromOn: string;

  /** Weeks of a statement's period (S2-18). */
  @IsInt()
  @Min(1)
  @Max(13)
  periodWeeks: number;

  /** Working days to answer a provider's query of a line (X15). */
  @IsInt()
  @Min(1)
  @Max(60)
  queryWorkingDays: number;
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

  /** Working days after a visit's own within which its provider reports it missed (S2-12). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(20)
  missReportWorkingDays?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => VisitAlarmClockInput)
  visitAlarmClock?: VisitAlarmClockInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => OfficeHoursInput)
  officeHours?: OfficeHoursInput;

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

  /** A smaller share of visits with evidence leaves a provider's month unranked (X27). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100)
  evidenceCoveragePercent?: number;

  /** An alarm of a visit that lay further back when it was raised escalates to nobody (X26). */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(366)
  visitAlarmEscalatesWithinDays?: number;

  /** A feed that was silent for longer tells of no miss; 0: its declaration is enough (S2-12). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1440)
  feedSilenceMinutes?: number;

  /** For so long a leg without a log-out counts as still under way, and is no exception (X12). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1440)
  openLegMinutes?: number;

  /** How long the older secret of a feed is still good after its rotation. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(720)
  feedSecretOverlapHours?: number;

  /** How long a message of the case system is waited for before a person is told that it is missing. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1440)
  caseGapMinutes?: number;

  /** Working days after a month within which a provider may challenge its figures (S2-10). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(60)
  challengeWorkingDays?: number;

  /** A visit that starts later than this counts as missed; 0: it is late, however late (X10). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1440)
  lateCutOffMinutes?: number;

  /** The distance from the agreed start that the council expects (S2-5). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1440)
  expectedArrivalMinutes?: number;

  /** Targets by set of KPIs: the whole list (S3-12). */
  @IsOptional()
  @ArrayMaxSize(50)
  @ArrayUnique(({ kpiSet }: KpiSetTargetsInput) => kpiSet)
  @ValidateNested({ each: true })
  @Type(() => KpiSetTargetsInput)
  kpiSets?: KpiSetTargetsInput[];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(8)
  planWeeksAhead?: number;

  @IsOptional()
  @Matches(civilDate)
  ecmGoLiveOn?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => PanelPolicyInput)
  panel?: PanelPolicyInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => CascadeInput)
  cascade?: CascadeInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => ServiceBudgetsInput)
  budgets?: ServiceBudgetsInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => ChaseInput)
  chase?: ChaseInput;

  @IsOptional()
  packTellsSector?: boolean;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(52)
  shortTermWeeks?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(120)
  shortVisitMinutes?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(40320)
  restartWindowMinutes?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(366)
  increaseBackdatingDays?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(366)
  handbackNoticeDays?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(366)
  riskReviewDays?: number;

  /** Days on which the office does not work, beside weekends: the whole list. */
  @IsOptional()
  @ArrayMaxSize(200)
  @Matches(civilDate, { each: true })
  bankHolidays?: string[];

  /** A lower CQC rating keeps a provider from new work; INADEQUATE admits every rating (S4-8). */
  @IsOptional()
  @Field(() => MinimumCqcRatingCode, { nullable: true })
  @IsIn(minimumCqcRatings)
  minimumCqcRating?: (typeof minimumCqcRatings)[number];

  @IsOptional()
  @IsBoolean()
  notRatedAllowed?: boolean;

  /** Whether a provider of which no CQC registration is recorded may take new work. */
  @IsOptional()
  @IsBoolean()
  unrecordedRegistrationAllowed?: boolean;

  @IsOptional()
  @ValidateNested()
  @Type(() => RetentionInput)
  retention?: RetentionInput;

  /** How long a provider may still read who a person is after its care ended (S1-9). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(365)
  identityAfterCareDays?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => PayPolicyInput)
  pay?: PayPolicyInput;
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
