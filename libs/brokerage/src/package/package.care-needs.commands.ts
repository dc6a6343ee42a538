import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { civilDate, localTime } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import * as codes from './package.codes.js';

export const ServiceLineCode = codeList(
  'ServiceLine',
  codes.serviceLines,
  'Short-term or long-term care (S4-1).',
);
export const FundingStatusCode = codeList(
  'FundingStatus',
  codes.fundingStatuses,
  'Who pays (S3-3).',
);
export const AgeBandCode = codeList(
  'AgeBand',
  codes.ageBands,
  'Age in bands, as providers see it.',
);
export const GenderCode = codeList('Gender', codes.genders, "The person's gender.");
export const CarerGenderNeedCode = codeList(
  'CarerGenderNeed',
  codes.carerGenderNeeds,
  'A hard constraint (X2).',
);
export const TaskCode = codeList('Task', codes.tasks, 'What a carer does in a visit.');
export const CriticalReasonCode = codeList(
  'CriticalReason',
  codes.criticalReasons,
  'Why the time of a visit matters (X23).',
);
export const AccessFlagCode = codeList('AccessFlag', codes.accessFlags, 'How a carer gets in.');
export const HouseholdFlagCode = codeList(
  'HouseholdFlag',
  codes.householdFlags,
  'What a carer meets.',
);

export const ShortTermPurposeCode = codeList(
  'ShortTermPurpose',
  codes.shortTermPurposes,
  'Why a short-term service is given (S4-2).',
);

/** Ids of the case system, which stays the case record (S1-8). */
@InputType()
export class ExternalReferenceInput {
  @Matches(/^[\w-]{1,40}$/)
  system: string;

  @Matches(/^[\w/-]{1,60}$/)
  personRef: string;

  @Matches(/^[\w/-]{1,60}$/)
  referralRef: string;
}

/** The prior agreement to a visit shorter than half an hour (X3). */
@InputType()
export class ShortVisitAgreementInput {
  /** The named short task. */
  @Field(() => TaskCode)
  @IsIn(codes.tasks)
  task: codes.Task;

  @Matches(civilDate)
  agreedOn: string;
}

/**
 * A visit of the wanted schedule. All of days, start, minutes, carers, tasks and critical are
 * needed; a referral that lacks some is refused with everything that is missing (X1).
 */
@InputType()
export class CareLineInput {
  /** ISO weekdays, Monday is 1 and Sunday 7. */
  @IsOptional()
  @Field(() => [Number], { nullable: true })
  @ArrayMaxSize(7)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  days?: number[];

  /** Wanted start, `08:30`. */
  @IsOptional()
  @Matches(localTime)
  start?: string;

  /** A start later than this breaks a hard need (X2). */
  @IsOptional()
  @Matches(localTime)
  latestStart?: string;

  /** Length of the visit in minutes. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1439)
  minutes?: number;

  /** Carers at the same time, 1 to 4. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(4)
  carers?: number;

  @IsOptional()
  @Field(() => [TaskCode], { nullable: true })
  @IsIn(codes.tasks, { each: true })
  tasks?: codes.Task[];

  /** Whether the time matters to the person's safety; a critical visit needs a reason (X23). */
  @IsOptional()
  critical?: boolean;

  @IsOptional()
  @Field(() => CriticalReasonCode, { nullable: true })
  @IsIn(codes.criticalReasons)
  criticalReason?: codes.CriticalReason;

  /** A visit of less than half an hour needs one (X3). */
  @IsOptional()
  @ValidateNested()
  @Type(() => ShortVisitAgreementInput)
  shortVisitAgreement?: ShortVisitAgreementInput;
}

/** A payer's share of the cost (S2-21). */
@InputType()
export class FundingLineInput {
  /** Such as `council` or `nhs`. */
  @Matches(/^[a-z0-9-]{1,40}$/)
  payer: string;

  /** Hundredths of a percent; all lines sum to 10,000. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  basisPoints: number;

  @Matches(/^[\w./-]{1,40}$/)
  ledgerCode: string;
}

/** What care a person needs, without identity. */
@InputType()
export class CareNeedsInput {
  @Field(() => ServiceLineCode)
  @IsIn(codes.serviceLines)
  serviceLine: codes.ServiceLine;

  /** The lot of the framework that this care belongs to. */
  @Matches(/^[a-z0-9-]{1,20}$/)
  lot: string;

  @Field(() => FundingStatusCode)
  @IsIn(codes.fundingStatuses)
  fundingStatus: codes.FundingStatus;

  /** Who pays which share, where more than one does (S2-21). */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => FundingLineInput)
  @ArrayMaxSize(10)
  funding?: FundingLineInput[];

  /** Short-term care says why it is given (S4-2). */
  @IsOptional()
  @Field(() => ShortTermPurposeCode, { nullable: true })
  @IsIn(codes.shortTermPurposes)
  purpose?: codes.ShortTermPurpose;

  /** Short-term care says when it ends at the latest, inclusive (S4-5). */
  @IsOptional()
  @Matches(civilDate)
  plannedLastDay?: string;

  /** The outward part of the postcode, `ZZ7`; never the full one. */
  @Matches(/^[A-Z]{1,2}[0-9][0-9A-Z]?$/)
  postcodeDistrict: string;

  @IsNotEmpty()
  @MaxLength(40)
  patch: string;

  @Field(() => AgeBandCode)
  @IsIn(codes.ageBands)
  ageBand: codes.AgeBand;

  @Field(() => GenderCode)
  @IsIn(codes.genders)
  gender: codes.Gender;

  @Field(() => CarerGenderNeedCode)
  @IsIn(codes.carerGenderNeeds)
  carerGenderNeed: codes.CarerGenderNeed;

  /** Codes of skills that carers need. */
  @IsOptional()
  @Matches(/^[a-z-]{1,40}$/, { each: true })
  skills?: string[];

  /** ISO 639 codes. */
  @IsOptional()
  @Matches(/^[a-z]{2,3}$/, { each: true })
  languages?: string[];

  @IsOptional()
  @Field(() => [AccessFlagCode], { nullable: true })
  @IsIn(codes.accessFlags, { each: true })
  access?: codes.AccessFlag[];

  @IsOptional()
  @Field(() => [HouseholdFlagCode], { nullable: true })
  @IsIn(codes.householdFlags, { each: true })
  household?: codes.HouseholdFlag[];

  @IsOptional()
  urgent?: boolean;

  @IsOptional()
  hospitalDischarge?: boolean;

  /** Wanted first day. */
  @Matches(civilDate)
  startOn: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(520)
  durationWeeks?: number;

  @ValidateNested({ each: true })
  @Type(() => CareLineInput)
  @ArrayMaxSize(60)
  schedule: CareLineInput[];
}
