import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { codeList } from '#brokerage/codes.commands.js';
import { DeclineReasonCode } from '#brokerage/offer/offer.commands.js';
import {
  AccessFlagCode,
  AgeBandCode,
  CarerGenderNeedCode,
  GenderCode,
  HouseholdFlagCode,
  TaskCode,
} from '#brokerage/package/package.care-needs.commands.js';
import { OfferedTime, OfferStatusCode, type OfferStatus } from '../package/offer.view.js';

export const requestOutcomes = ['awarded', 'not-awarded', 'ended-without-award'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];
const RequestOutcomeCode = codeList('RequestOutcome', requestOutcomes, 'What became of a request.');

/** A visit as providers are told of it: minutes, days and carers are not negotiable (S1-12). */
@ObjectType()
export class RequestedVisit {
  /** Give it back with the offered time. */
  line: number;

  /** ISO weekdays, Monday is 1. */
  @Field(() => [Number])
  days: number[];

  /** The wanted start. */
  start: string;

  /** A later start breaks a hard need (X2). */
  latestStart?: string;

  minutes: number;

  carers: number;

  @Field(() => [TaskCode])
  tasks: string[];

  /** Whether the time matters to the person’s safety (X23). */
  critical: boolean;
}

/** A provider’s own reply. */
@ObjectType()
export class OwnReply {
  @Field(() => ID)
  offerId: string;

  @Field(() => OfferStatusCode)
  status: OfferStatus;

  receivedAt: string;

  startOn?: string;

  times: OfferedTime[];

  /** Hard needs that the offer breaks (X2). */
  nonCompliance: string[];

  weeklyCostPence?: number;

  @Field(() => DeclineReasonCode, { nullable: true })
  declineReason?: string;
}

/** The anonymised request, as sent to a provider, with the provider’s own reply (S1-9). */
@ObjectType()
export class ProviderRequest {
  @Field(() => ID)
  requestId: string;

  requestNumber: string;

  lot: string;

  urgent: boolean;

  issuedAt: string;

  /** A reply received at exactly this instant is late (X4). */
  closesAt: string;

  /** Whether replies count now. */
  open: boolean;

  postcodeDistrict: string;

  /** Only where the council’s policy tells it (S1-9). */
  postcodeSector?: string;

  patch: string;

  @Field(() => AgeBandCode)
  ageBand: string;

  @Field(() => GenderCode)
  gender: string;

  @Field(() => CarerGenderNeedCode)
  carerGenderNeed: string;

  schedule: RequestedVisit[];

  skills: string[];

  languages: string[];

  @Field(() => [AccessFlagCode])
  access: string[];

  @Field(() => [HouseholdFlagCode])
  household: string[];

  /** Wanted first day. */
  startOn: string;

  durationWeeks?: number;

  /** The same in plain words, as a mail says it. */
  text: string;

  reply?: OwnReply;

  @Field(() => RequestOutcomeCode, { nullable: true })
  outcome?: RequestOutcome;

  /** Only where this provider has the award: the package to ask for. */
  @Field(() => ID, { nullable: true })
  packageId?: string;
}

/** Which requests; what is left out asks nothing. */
@InputType()
export class RequestsFilter {
  /** Only those to which replies count now, or only the others. */
  @IsOptional()
  open?: boolean;
}
