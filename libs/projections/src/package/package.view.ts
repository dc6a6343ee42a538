import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { stages, type Stage } from '#brokerage/package/package.codes.js';
import { EndOutcomeCode } from '#brokerage/package/package.service.commands.js';
import { ContractTypeCode } from '#brokerage/provider-contract/provider-contract.commands.js';
import { Stated } from '#platform/graphql/paging.view.js';
import {
  DirectPaymentOutcomeCode,
  OriginKindCode,
} from '#brokerage/package/package.referral.commands.js';
import { CareNeeds, CareVisitLine, DraftVisitLine, FundingShare } from './care-needs.view.js';
import { OfferedTime } from './offer.view.js';
import {
  PackageGap,
  PackageSuspension,
  ResponsibleProvider,
  RouteAsked,
  TemporaryVariation,
} from './package-life.view.js';
import { StageCode } from './stage.view.js';

/** Ids of the case system, which stays the case record (S1-8). */
@ObjectType()
export class CaseReference {
  system: string;

  personRef: string;

  referralRef: string;
}

/** Who sent the person to brokerage (S3-4). */
@ObjectType()
export class PackageOrigin {
  @Field(() => OriginKindCode)
  kind: string;

  brokerOrganisation?: string;
}

/** What a referral lacks before providers can be asked (X1, X3). */
@ObjectType()
export class MissingItem {
  /** Where it belongs: `needs.schedule.0.minutes`. */
  path: string;

  code: string;

  message: string;
}

/** A provider that a request was sent to. */
@ObjectType()
export class InvitedProvider {
  @Field(() => ID)
  providerId: string;

  providerName: string;

  @Field(() => ID)
  contractId: string;
}

/** The request sent to providers last. */
@ObjectType()
export class PackageRequest {
  @Field(() => ID)
  requestId: string;

  /** The random number under which providers know it (S1-9). */
  requestNumber: string;

  issuedAt: string;

  /** An offer received at exactly this instant is late (X4). */
  closesAt: string;

  /** Whether the window was closed. */
  closed: boolean;

  invited: InvitedProvider[];

  /** Why not all eligible providers were invited. */
  restrictedBecause?: string;
}

/** An offer as it was put to the person, in the neutral order (S1-11). */
@ObjectType()
export class OfferPutForward {
  @Field(() => ID)
  offerId: string;

  @Field(() => ID)
  providerId: string;

  providerName: string;

  startOn: string;

  times: OfferedTime[];

  weeklyCostPence?: number;
}

/** The award that stands, or the contract that the package was taken on under. */
@ObjectType()
export class PackageAward {
  @Field(() => ID, { nullable: true })
  requestId?: string;

  @Field(() => ID, { nullable: true })
  offerId?: string;

  @Field(() => ID)
  providerId: string;

  providerName: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ContractTypeCode)
  contractType: string;

  /** First day agreed. */
  startOn: string;

  awardedAt?: string;

  /** When the offer was accepted; identity goes out no earlier (S1-9). */
  confirmedAt?: string;

  /** When the provider took note of the award (X24). */
  acknowledgedAt?: string;
}

/** Who did what, and when; without free text and without anything about the person. */
@ObjectType()
export class HistoryLine {
  position: string;

  @Field(() => ID)
  eventId: string;

  at: string;

  /** The type of the event. */
  type: string;

  /** Whoever acted; `system` is the service itself. */
  by: string;

  summary: string;
}

/** A package of care, from its referral to its end. */
@ObjectType()
export class Package extends Stated {
  @Field(() => ID)
  packageId: string;

  /** The same person of the same case system has the same id. */
  @Field(() => ID)
  personId: string;

  reference: CaseReference;

  @Field(() => StageCode)
  stage: Stage;

  stageSince: string;

  /** When it came to brokerage. */
  receivedAt: string;

  /** It came from the system before, without a request (X30). */
  takenOn: boolean;

  /** Absent for packages that were taken on. */
  origin?: PackageOrigin;

  needs: CareNeeds;

  /** What a referral that came incomplete lacks; nothing once it is complete. */
  missing: MissingItem[];

  /** The schedule as far as it was known, while something is missing. */
  draftSchedule: DraftVisitLine[];

  /** Who pays which share; nothing where one payer pays all (S2-21). */
  funding: FundingShare[];

  /** What came of speaking about a direct payment; absent: not answered yet (S3-8). */
  @Field(() => DirectPaymentOutcomeCode, { nullable: true })
  directPaymentOutcome?: string;

  /** With the agreed starts once there is an award (S1-12). */
  schedule: CareVisitLine[];

  /** Minutes of care a week, each carer’s counted. */
  weeklyMinutes: number;

  /** Absent where the arrangement has no price. */
  weeklyCostPence?: number;

  request?: PackageRequest;

  offersPutForward: OfferPutForward[];

  @Field(() => ID, { nullable: true })
  chosenOfferId?: string;

  award?: PackageAward;

  /** The steps of the cascade taken so far, in order; not told to providers (S3-17). */
  routesAsked: RouteAsked[];

  /** Absent where nobody is responsible today: care has not begun, pauses, or there is a gap. */
  responsible?: ResponsibleProvider;

  suspension?: PackageSuspension;

  /** Of today, or to come; not told to providers. */
  openGap?: PackageGap;

  /** In force today or later. */
  temporaryVariations: TemporaryVariation[];

  /** First day of care. */
  startedOn?: string;

  /** Last day of care, inclusive. */
  lastDay?: string;

  @Field(() => EndOutcomeCode, { nullable: true })
  outcome?: string;

  /** Live, but its contract is over today: it is to move to another one (S1-7). */
  needsTransition: boolean;

  history: HistoryLine[];
}

/** Which packages; what is left out asks nothing. */
@InputType()
export class PackagesFilter {
  /** One of these stages. */
  @IsOptional()
  @Field(() => [StageCode], { nullable: true })
  @IsIn(stages, { each: true })
  stage?: Stage[];

  /** Awarded to this provider, or taken on with it. */
  @IsOptional()
  @Field(() => ID, { nullable: true })
  @IsUUID()
  providerId?: string;

  /** The person’s id in the case system. */
  @IsOptional()
  @MaxLength(60)
  personRef?: string;

  /** The referral’s id in the case system. */
  @IsOptional()
  @MaxLength(60)
  referralRef?: string;

  @IsOptional()
  @MaxLength(40)
  patch?: string;
}

export enum PackagesSort {
  NEWEST_FIRST = 'NEWEST_FIRST',
  OLDEST_FIRST = 'OLDEST_FIRST',
  START_FIRST = 'START_FIRST',
  MOST_CARE_FIRST = 'MOST_CARE_FIRST',
}
registerEnumType(PackagesSort, {
  name: 'PackagesSort',
  description: 'Order of packages.',
  valuesMap: {
    NEWEST_FIRST: { description: 'By when they came to brokerage, the latest first.' },
    START_FIRST: { description: 'By the agreed first day, else the wanted one.' },
    MOST_CARE_FIRST: { description: 'By weekly minutes of care.' },
  },
});
