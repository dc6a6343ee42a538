import { Field, HideField, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsIn, IsInt, IsOptional, MaxLength, Min } from 'class-validator';
import {
  interimCovers,
  serviceLines,
  stages,
  waitingReasons,
  type InterimCover,
  type ServiceLine,
  type Stage,
  type WaitingReason,
} from '#brokerage/package/package.codes.js';
import { ServiceLineCode } from '#brokerage/package/package.care-needs.commands.js';
import {
  InterimCoverCode,
  RiskOutcomeCode,
  WaitingReasonCode,
} from '#brokerage/package/package.waiting.commands.js';
import { connectionOf } from '#platform/graphql/connection.js';
import { StageCode } from '../package/stage.view.js';
import { AwaitingCareTotals } from './waiting-totals.view.js';

/** A stay at one stage of waiting. */
@ObjectType()
export class StageClock {
  @Field(() => StageCode)
  stage: Stage;

  since: string;

  /** Absent for the stage at which the package stands. */
  until?: string;

  /** Whole minutes up to its end, or up to now. */
  minutes: number;
}

/** A package whose care has not started (S2-20). */
@ObjectType()
export class WaitingPackage {
  @Field(() => ID)
  packageId: string;

  /** The referral's id in the case system. */
  referralRef: string;

  /** What it waits for. */
  @Field(() => StageCode)
  stage: Stage;

  /** When it came to this stage. */
  stageSince: string;

  /** When the complete referral was received. */
  waitingSince: string;

  /** Whole days from the date of the referral to today. */
  ageDays: number;

  /** Whole days in this stage. */
  stageDays: number;

  /** Minutes of care a week, each carer’s counted. */
  weeklyMinutes: number;

  patch: string;

  postcodeDistrict: string;

  lot: string;

  @Field(() => ServiceLineCode)
  serviceLine: ServiceLine;

  urgent: boolean;

  /** The person waits in hospital. */
  hospitalDischarge: boolean;

  /** Wanted first day; once awarded, the agreed one. */
  startOn: string;

  /** A package that was handed back has its provider until this day (X19). */
  coveredUntilOn?: string;

  /** Handed back, and its provider is still responsible today. */
  covered: boolean;

  /** Each stage since the clock began, in order; a stage that it came back to stands again. */
  stageClocks: StageClock[];

  /** Why the person waits, as last recorded. */
  @Field(() => WaitingReasonCode, { nullable: true })
  waitingReason?: string;

  /** How the person is cared for meanwhile, as last recorded. */
  @Field(() => InterimCoverCode, { nullable: true })
  interimCover?: string;

  /** First day of that cover. */
  interimCoverFromOn?: string;

  /** When the risk of waiting was last reviewed. */
  riskReviewedOn?: string;

  @Field(() => RiskOutcomeCode, { nullable: true })
  riskOutcome?: string;

  /** The last day for the next review; for the first one the policy’s days after the referral. */
  nextRiskReviewOn: string;

  /** That day is past. */
  riskReviewOverdue: boolean;

  @Field(() => ID, { nullable: true })
  requestId?: string;

  /** When the window for offers closes. */
  closesAt?: string;

  /** The provider it is awarded to. */
  @Field(() => ID, { nullable: true })
  providerId?: string;

  /** The external broker organisation whose case it is. */
  @HideField()
  brokerOrganisation?: string;

  /** The offers before the person, who may have to choose again. */
  @HideField()
  presentedOfferIds: string[];

  @HideField()
  wantedStartOn: string;

  /** Minutes of care a week by hour of day, each carer’s counted. */
  @HideField()
  minutesByHour: Readonly<Record<number, number>>;
}

/** Which waiting packages; what is left out asks nothing. */
@InputType()
export class AwaitingCareFilter {
  /** One of these stages. */
  @IsOptional()
  @Field(() => [StageCode], { nullable: true })
  @IsIn(stages, { each: true })
  stage?: Stage[];

  /** One of these patches. */
  @IsOptional()
  @Field(() => [String], { nullable: true })
  @MaxLength(40, { each: true })
  patch?: string[];

  @IsOptional()
  urgent?: boolean;

  @IsOptional()
  hospitalDischarge?: boolean;

  @IsOptional()
  @Field(() => ServiceLineCode, { nullable: true })
  @IsIn(serviceLines)
  serviceLine?: ServiceLine;

  /** Handed back, with its provider responsible today, or not. */
  @IsOptional()
  covered?: boolean;

  /** The next risk review is overdue, or not. */
  @IsOptional()
  riskReviewOverdue?: boolean;

  /** One of these reasons was recorded last. */
  @IsOptional()
  @Field(() => [WaitingReasonCode], { nullable: true })
  @IsIn(waitingReasons, { each: true })
  waitingReason?: WaitingReason[];

  /** One of these covers was recorded last. */
  @IsOptional()
  @Field(() => [InterimCoverCode], { nullable: true })
  @IsIn(interimCovers, { each: true })
  interimCover?: InterimCover[];

  /** At least this much care a week. */
  @IsOptional()
  @IsInt()
  @Min(0)
  minimumWeeklyMinutes?: number;
}

export enum AwaitingCareSort {
  OLDEST_FIRST = 'OLDEST_FIRST',
  NEWEST_FIRST = 'NEWEST_FIRST',
  URGENT_FIRST = 'URGENT_FIRST',
  MOST_CARE_FIRST = 'MOST_CARE_FIRST',
  LEAST_CARE_FIRST = 'LEAST_CARE_FIRST',
  START_FIRST = 'START_FIRST',
  RISK_REVIEW_FIRST = 'RISK_REVIEW_FIRST',
}
registerEnumType(AwaitingCareSort, {
  name: 'AwaitingCareSort',
  description: 'Order of the awaiting-care list.',
  valuesMap: {
    OLDEST_FIRST: { description: 'By the time of the referral.' },
    URGENT_FIRST: { description: 'Urgent ones by the time of the referral, then the others.' },
    MOST_CARE_FIRST: { description: 'By weekly minutes of care.' },
    START_FIRST: { description: 'By the wanted first day.' },
    RISK_REVIEW_FIRST: { description: 'Never reviewed ones, then by the next risk review.' },
  },
});

/** A page of the awaiting-care list. */
@ObjectType()
export class AwaitingCareConnection extends connectionOf(WaitingPackage) {
  totals: AwaitingCareTotals;
}
