import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsPositive,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { ContractTypeCode, RateInput } from '../provider-contract/provider-contract.commands.js';
import { contractTypes, type ContractType } from '../provider-contract/provider-contract.events.js';
import { Submitted } from '../submitted.commands.js';

/** Which contracts an uplift is for: those named, or those in force on its date that fit all that is said. */
@InputType()
export class UpliftedContractsInput {
  @IsOptional()
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(500)
  contractIds?: string[];

  @Field(() => ContractTypeCode, { nullable: true })
  @IsOptional()
  @IsIn(contractTypes)
  type?: ContractType;

  @IsOptional()
  @IsUUID()
  frameworkId?: string;

  @IsOptional()
  @IsUUID()
  providerId?: string;
}

/**
 * Proposes new prices for many contracts from a date on (X25). Look at `rateUpliftPreview` first; a
 * second person approves. Say either a percentage or new prices.
 */
@InputType()
export class ProposeRateUplift extends Submitted {
  @ValidateNested()
  @Type(() => UpliftedContractsInput)
  contracts: UpliftedContractsInput;

  /** First day of the new prices; a past day means adjustments. */
  @Matches(civilDate)
  effectiveOn: string;

  /** Hundredths of a percent: 425 is 4.25 %. Each price is rounded half-up, once. */
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(10_000)
  percentHundredths?: number;

  /** New prices of a day kind and visit length, where a contract has one; its other prices stay. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => RateInput)
  newRates?: RateInput[];

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Approves an uplift as it was previewed; a job then sets the prices, contract by contract. */
@InputType()
export class ApproveRateUplift extends Submitted {
  @IsUUID()
  upliftId: string;

  /** The hash of the preview that the approver has seen. */
  @Matches(/^[0-9a-f]{32}$/)
  previewHash: string;
}

/** Turns a proposed uplift down, or takes it back. */
@InputType()
export class RejectRateUplift extends Submitted {
  @IsUUID()
  upliftId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

export interface RateUpliftCommands {
  ProposeRateUplift: ProposeRateUplift;
  ApproveRateUplift: ApproveRateUplift;
  RejectRateUplift: RejectRateUplift;
}
