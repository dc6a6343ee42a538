import { Field, ObjectType } from '@nestjs/graphql';
import {
  AccessFlagCode,
  AgeBandCode,
  CarerGenderNeedCode,
  CriticalReasonCode,
  FundingStatusCode,
  GenderCode,
  HouseholdFlagCode,
  ServiceLineCode,
  TaskCode,
} from '#brokerage/package/package.care-needs.commands.js';

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
}

/** What care a person needs, without identity. */
@ObjectType()
export class CareNeeds {
  @Field(() => ServiceLineCode)
  serviceLine: string;

  lot: string;

  /** Who pays (S3-3). */
  @Field(() => FundingStatusCode)
  fundingStatus: string;

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
