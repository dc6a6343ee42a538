import { InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { Submitted } from '../submitted.commands.js';
import { CareNeedsInput, ExternalReferenceInput } from './package.care-needs.commands.js';

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
