import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import {
  CareNeedsInput,
  ExternalReferenceInput,
  FundingLineInput,
  FundingStatusCode,
} from './package.care-needs.commands.js';
import * as codes from './package.codes.js';

export const OriginKindCode = codeList(
  'OriginKind',
  codes.originKinds,
  'Who sends a person to brokerage (S3-4).',
);
export const DirectPaymentOutcomeCode = codeList(
  'DirectPaymentOutcome',
  codes.directPaymentOutcomes,
  'What came of speaking about a direct payment (S3-8).',
);

/** Who sends the person to brokerage (S3-4). */
@InputType()
export class OriginInput {
  @Field(() => OriginKindCode)
  @IsIn(codes.originKinds)
  kind: codes.OriginKind;

  /** The external broker organisation, which sees its own cases alone. */
  @IsOptional()
  @Matches(/^[\w-]{1,64}$/)
  brokerOrganisation?: string;
}

/** Whether a direct payment was spoken about, and what came of it (S3-8). */
@InputType()
export class DirectPaymentAnswerInput {
  @Field(() => DirectPaymentOutcomeCode)
  @IsIn(codes.directPaymentOutcomes)
  outcome: codes.DirectPaymentOutcome;

  /** Needed where it was not discussed. */
  @IsOptional()
  @MaxLength(500)
  reason?: string;
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

  /** Absent: an external broker's own organisation, a social worker or the internal team, by who refers. */
  @IsOptional()
  @ValidateNested()
  @Type(() => OriginInput)
  origin?: OriginInput;

  /** May be answered later, but before the award (S3-8). */
  @IsOptional()
  @ValidateNested()
  @Type(() => DirectPaymentAnswerInput)
  directPayment?: DirectPaymentAnswerInput;

  /**
   * Keeps a referral that lacks something instead of refusing it, so that nothing is typed twice.
   * It waits for `completeReferral`, and its clock begins then (X1).
   */
  @IsOptional()
  keepIncomplete?: boolean;
}

/** Completes a referral that came with gaps; the clock of waiting begins (X1, S2-20). */
@InputType()
export class CompleteReferral extends Submitted {
  @IsUUID()
  packageId: string;

  @ValidateNested()
  @Type(() => CareNeedsInput)
  needs: CareNeedsInput;
}

/** Gives a referral back to the referrer with all that is missing, before providers are asked (X1). */
@InputType()
export class ReturnReferral extends Submitted {
  @IsUUID()
  packageId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Corrects the needs of a referral while no provider is being asked. */
@InputType()
export class CorrectReferral extends Submitted {
  @IsUUID()
  packageId: string;

  @ValidateNested()
  @Type(() => CareNeedsInput)
  needs: CareNeedsInput;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Says who pays from a day on (S2-21, S3-3). */
@InputType()
export class ChangeFunding extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => FundingStatusCode)
  @IsIn(codes.fundingStatuses)
  fundingStatus: codes.FundingStatus;

  @ValidateNested({ each: true })
  @Type(() => FundingLineInput)
  @ArrayNotEmpty()
  @ArrayMaxSize(10)
  funding: FundingLineInput[];

  @Matches(civilDate)
  fromOn: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Records whether a direct payment was discussed; an award needs the answer (S3-8). */
@InputType()
export class RecordDirectPaymentDiscussion extends Submitted {
  @IsUUID()
  packageId: string;

  @ValidateNested()
  @Type(() => DirectPaymentAnswerInput)
  answer: DirectPaymentAnswerInput;
}

/** Brings a person back from a direct payment: care is brokered again (S4-9). */
@InputType()
export class ReturnFromDirectPayment extends Submitted {
  @IsUUID()
  packageId: string;

  /** The first day on which the council's care is wanted again. */
  @Matches(civilDate)
  returnedOn: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
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
