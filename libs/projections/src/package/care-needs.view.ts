import { Field, ObjectType, PartialType } from '@nestjs/graphql';
import {
  AccessFlagCode,
  AgeBandCode,
  CarerGenderNeedCode,
  CriticalReasonCode,
  FundingStatusCode,
  GenderCode,
  HouseholdFlagCode,
  ServiceLineCode,
  ShortTermPurposeCode,
  TaskCode,
} from '#brokerage/package/package.care-needs.commands.js';

/** The prior agreement to a visit under half an hour (X3). */
@ObjectType()
export class ShortVisitAgreement {
  /** The named short task. */
  @Field(() => TaskCode)
  task: string;

  agreedOn: string;
}

/** A payer's share of the cost (S2-21). */
@ObjectType()
export class FundingShare {
  payer: string;

  /** Hundredths of a percent; all shares sum to 10,000. */
  basisPoints: number;

  ledgerCode: string;

  /** Its part of the weekly cost, split so that the pence of all payers sum to it exactly. */
  weeklyPence?: number;
}

/** A visit of the schedule, on some days of each week. */
@ObjectType()
export class CareVisitLine {
  /** The visit’s number in the schedule; part of each planned visit’s id. */
  line: number;

  /** ISO weekdays, Monday is 1. */
  @Field(() => [Number])
  days: number[];

  /** The wanted start; after the award the agreed one (S1-12). */
  start: string;

  /** A later start breaks a hard need (X2). */
  latestStart?: string;

  minutes: number;

  carers: number;

  @Field(() => [TaskCode])
  tasks: string[];

  /** Whether the time matters to the person’s safety (X23). */
  critical: boolean;

  @Field(() => CriticalReasonCode, { nullable: true })
  criticalReason?: string;

  /** The prior agreement to a visit under half an hour (X3). */
  shortVisitAgreement?: ShortVisitAgreement;
}

/** A visit as far as the referrer knew it. */
@ObjectType()
export class DraftVisitLine extends PartialType(CareVisitLine, ObjectType) {}

/** What care a person needs, without identity. */
@ObjectType()
export class CareNeeds {
  @Field(() => ServiceLineCode)
  serviceLine: string;

  lot: string;

  /** Who pays (S3-3); not told to providers. */
  @Field(() => FundingStatusCode, { nullable: true })
  fundingStatus?: string;

  /** Why short-term care is given (S4-2). */
  @Field(() => ShortTermPurposeCode, { nullable: true })
  purpose?: string;

  /** When short-term care ends at the latest, inclusive (S4-5). */
  plannedLastDay?: string;

  postcodeDistrict: string;

  patch: string;

  @Field(() => AgeBandCode)
  ageBand: string;

  @Field(() => GenderCode)
  gender: string;

  @Field(() => CarerGenderNeedCode)
  carerGenderNeed: string;

  skills: string[];

  languages: string[];

  @Field(() => [AccessFlagCode])
  access: string[];

  @Field(() => [HouseholdFlagCode])
  household: string[];

  urgent: boolean;

  hospitalDischarge: boolean;

  /** Wanted first day. */
  startOn: string;

  durationWeeks?: number;

  /** As wanted. */
  schedule: CareVisitLine[];
}
