import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
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
import { civilDate, instantWithOffset, localTime } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './package.codes.js';

const ServiceLineCode = codeList(
  'ServiceLine',
  codes.serviceLines,
  'Short-term or long-term care (S4-1).',
);
const FundingStatusCode = codeList('FundingStatus', codes.fundingStatuses, 'Who pays (S3-3).');
const AgeBandCode = codeList('AgeBand', codes.ageBands, 'Age in bands, as providers see it.');
const GenderCode = codeList('Gender', codes.genders, "The person's gender.");
const CarerGenderNeedCode = codeList(
  'CarerGenderNeed',
  codes.carerGenderNeeds,
  'A hard constraint (X2).',
);
const TaskCode = codeList('Task', codes.tasks, 'What a carer does in a visit.');
const CriticalReasonCode = codeList(
  'CriticalReason',
  codes.criticalReasons,
  'Why the time of a visit matters (X23).',
);
const AccessFlagCode = codeList('AccessFlag', codes.accessFlags, 'How a carer gets in.');
const HouseholdFlagCode = codeList('HouseholdFlag', codes.householdFlags, 'What a carer meets.');
const ChoiceExceptionCode = codeList(
  'ChoiceException',
  codes.choiceExceptions,
  'Why the person did not choose (S1-11).',
);
const ChooserCode = codeList('ChooserRelationship', codes.choosers, 'Who chose.');
const EndOutcomeCode = codeList('EndOutcome', codes.endOutcomes, 'How a package ended (X20).');
export const StageCode = codeList('Stage', codes.stages, 'Where a package stands.');

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

/** Why a second open package of the same person and service line is right (X1). */
@InputType()
export class LinkedPackageInput {
  @IsUUID()
  packageId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Refers a person's package of care to brokerage, with its full visit schedule (S1-8, X1). */
@InputType()
export class ReferPackage extends Submitted {
  @ValidateNested()
  @Type(() => ExternalReferenceInput)
  reference: ExternalReferenceInput;

  @ValidateNested()
  @Type(() => CareNeedsInput)
  needs: CareNeedsInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => LinkedPackageInput)
  linkedTo?: LinkedPackageInput;
}

/** Takes on a package that another system started: no request, never counted as an award (X30). */
@InputType()
export class TakeOnPackage extends Submitted {
  @ValidateNested()
  @Type(() => ExternalReferenceInput)
  reference: ExternalReferenceInput;

  @ValidateNested()
  @Type(() => CareNeedsInput)
  needs: CareNeedsInput;

  @IsUUID()
  providerId: string;

  @IsUUID()
  contractId: string;

  /** First day of care. */
  @Matches(civilDate)
  startedOn: string;
}

/** Invites only some of the eligible providers, with the reason why. */
@InputType()
export class RestrictedInvitationInput {
  @ArrayNotEmpty()
  @IsUUID(undefined, { each: true })
  providerIds: string[];

  @IsNotEmpty()
  @MaxLength(300)
  reason: string;
}

/** Sends the anonymised request to all eligible providers (S1-9, X4). */
@InputType()
export class IssueRequest extends Submitted {
  @IsUUID()
  packageId: string;

  /** When the window closes; absent: the policy's window for standard or urgent requests. */
  @IsOptional()
  @Matches(instantWithOffset)
  closesAt?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => RestrictedInvitationInput)
  onlyTo?: RestrictedInvitationInput;
}

/** Gives providers more time; a window is never shortened (X4). */
@InputType()
export class ExtendRequestWindow extends Submitted {
  @IsUUID()
  packageId: string;

  @Matches(instantWithOffset)
  closesAt: string;
}

/** Closes a request whose window is over. Sent by the service itself. */
export class CloseRequest extends Submitted {
  packageId: string;
  requestId: string;
}

/** Gives all compliant offers to the person, in a neutral order (S1-11). */
@InputType()
export class PresentOffers extends Submitted {
  @IsUUID()
  packageId: string;
}

/** Who chose. */
@InputType()
export class ChooserInput {
  @IsNotEmpty()
  @MaxLength(120)
  name: string;

  @Field(() => ChooserCode)
  @IsIn(codes.choosers)
  relationship: codes.ChooserRelationship;
}

/** Records the choice of the person or family (S1-11). */
@InputType()
export class ChooseOffer extends Submitted {
  @IsUUID()
  packageId: string;

  @IsUUID()
  offerId: string;

  @ValidateNested()
  @Type(() => ChooserInput)
  chosenBy: ChooserInput;

  /** In the person's words: timings, familiarity … */
  @ArrayNotEmpty()
  @MaxLength(300, { each: true })
  reasons: string[];
}

/** Records a choice that the person did not make, by one of the coded exceptions (S1-11). */
@InputType()
export class ChooseOfferByException extends Submitted {
  @IsUUID()
  packageId: string;

  @IsUUID()
  offerId: string;

  @Field(() => ChoiceExceptionCode)
  @IsIn(codes.choiceExceptions)
  exception: codes.ChoiceException;

  /** Who decided. */
  @IsNotEmpty()
  @MaxLength(120)
  decisionMaker: string;

  /** Date of the capacity assessment; needed for best interests. */
  @IsOptional()
  @Matches(civilDate)
  capacityAssessedOn?: string;

  @ArrayNotEmpty()
  @MaxLength(300, { each: true })
  reasons: string[];
}

/** Records that the person wants none of the offers; a new request may follow (S1-11). */
@InputType()
export class RefuseOffers extends Submitted {
  @IsUUID()
  packageId: string;

  @ValidateNested()
  @Type(() => ChooserInput)
  refusedBy: ChooserInput;

  @ArrayNotEmpty()
  @MaxLength(300, { each: true })
  reasons: string[];
}

/** Awards the package to the chosen offer (X5). */
@InputType()
export class AwardPackage extends Submitted {
  @IsUUID()
  packageId: string;
}

/** The offer was accepted: the award stands. Sent by the service itself. */
export class ConfirmAward extends Submitted {
  packageId: string;
  offerId: string;
}

/** The awarded offer had been withdrawn. Sent by the service itself. */
export class RecordAwardFellThrough extends Submitted {
  packageId: string;
  offerId: string;
  reason: string;
}

/** The provider confirms that care has started (X24). */
@InputType()
export class ConfirmStart extends Submitted {
  @IsUUID()
  packageId: string;

  @Matches(civilDate)
  startedOn: string;
}

/** The first visit was delivered. Sent by the service itself. */
export class RecordFirstVisit extends Submitted {
  packageId: string;
  providerId: string;
  deliveredOn: string;
}

/** Ends a package after its last day (X20). */
@InputType()
export class EndPackage extends Submitted {
  @IsUUID()
  packageId: string;

  /** The last day of care, inclusive. */
  @Matches(civilDate)
  lastDay: string;

  @Field(() => EndOutcomeCode)
  @IsIn(codes.endOutcomes)
  outcome: codes.EndOutcome;

  @IsOptional()
  @MaxLength(500)
  reason?: string;
}

/** Withdraws a referral before care has started. */
@InputType()
export class WithdrawReferral extends Submitted {
  @IsUUID()
  packageId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** The person takes a direct payment instead: an exit from any stage (S3-8, S4-9). */
@InputType()
export class TakeDirectPayment extends Submitted {
  @IsUUID()
  packageId: string;

  /** First day of the direct payment. */
  @Matches(civilDate)
  fromOn: string;

  @IsOptional()
  @MaxLength(500)
  reason?: string;
}

export interface PackageCommands {
  ReferPackage: ReferPackage;
  TakeOnPackage: TakeOnPackage;
  IssueRequest: IssueRequest;
  ExtendRequestWindow: ExtendRequestWindow;
  CloseRequest: CloseRequest;
  PresentOffers: PresentOffers;
  ChooseOffer: ChooseOffer;
  ChooseOfferByException: ChooseOfferByException;
  RefuseOffers: RefuseOffers;
  AwardPackage: AwardPackage;
  ConfirmAward: ConfirmAward;
  RecordAwardFellThrough: RecordAwardFellThrough;
  ConfirmStart: ConfirmStart;
  RecordFirstVisit: RecordFirstVisit;
  EndPackage: EndPackage;
  WithdrawReferral: WithdrawReferral;
  TakeDirectPayment: TakeDirectPayment;
}
