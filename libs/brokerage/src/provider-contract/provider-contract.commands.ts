import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsPositive,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { BlockTermsInput, CostAndVolumeInput, DayHoursInput } from './contract-terms.commands.js';
import type { SetPaymentTerms } from './payment-terms.commands.js';
import {
  contractTypes,
  dayKinds,
  type ContractType,
  type DayKind,
  type Rate,
} from './provider-contract.events.js';

export const ContractTypeCode = codeList(
  'ContractType',
  contractTypes,
  'How a provider is contracted (S3-11); in-house is an arrangement without a price.',
);
export const DayKindCode = codeList(
  'DayKind',
  dayKinds,
  'What a visit is priced by: bank holiday before weekend before night before evening before day.',
);

/** Lots of an opening that a framework contract is admitted to from a date on (S1-5). */
@InputType()
export class AdmissionInput {
  @IsUUID()
  openingId: string;

  @ArrayNotEmpty()
  @MaxLength(20, { each: true })
  lots: string[];

  @Matches(civilDate)
  admittedOn: string;
}

/** Contracts a provider, or records an in-house arrangement (S2-6, S3-11). */
@InputType()
export class OpenContract extends Submitted {
  @IsUUID()
  providerId: string;

  @Field(() => ContractTypeCode)
  @IsIn(contractTypes)
  type: ContractType;

  @Matches(civilDate)
  startsOn: string;

  /** Last day, inclusive. A framework contract ends with its framework and names none. */
  @IsOptional()
  @Matches(civilDate)
  lastDay?: string;

  /** Needed by a framework contract. */
  @IsOptional()
  @IsUUID()
  frameworkId?: string;

  /** What a framework contract is admitted to as it is opened; `admitToLots` adds more later. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => AdmissionInput)
  @ArrayMaxSize(50)
  admissions?: AdmissionInput[];

  /** Where the provider works; absent: the whole city. */
  @IsOptional()
  @MaxLength(40, { each: true })
  patches?: string[];

  /** Needed by a spot contract. */
  @IsOptional()
  @MaxLength(500)
  spotReason?: string;

  /** Carer minutes a week: needed by an in-house arrangement; caps a spot contract. */
  @IsOptional()
  @IsInt()
  @IsPositive()
  capacityWeeklyMinutes?: number;

  /** Caps a spot contract: packages at once. */
  @IsOptional()
  @IsInt()
  @IsPositive()
  maxPackages?: number;

  /** Needed by a block contract. */
  @IsOptional()
  @ValidateNested()
  @Type(() => BlockTermsInput)
  block?: BlockTermsInput;

  /** Needed by a cost-and-volume contract, which is priced by it and has no rate card. */
  @IsOptional()
  @ValidateNested()
  @Type(() => CostAndVolumeInput)
  costAndVolume?: CostAndVolumeInput;

  /** The set of KPIs that it is judged by; absent: the council's own (S3-12). */
  @IsOptional()
  @MaxLength(60)
  kpiSet?: string;

  /** Days of notice of a handback; absent: the council's policy (X19). */
  @IsOptional()
  @IsInt()
  @IsPositive()
  noticeDays?: number;
}

/** Admits a framework contract to lots that an opening offered (S1-5, S1-6). */
@InputType()
export class AdmitToLots extends Submitted {
  @IsUUID()
  contractId: string;

  @IsUUID()
  openingId: string;

  @ArrayNotEmpty()
  lots: string[];

  @Matches(civilDate)
  admittedOn: string;
}

/** A price in pence per hour. */
@InputType()
export class RateInput {
  @Field(() => DayKindCode)
  @IsIn(dayKinds)
  dayKind: DayKind;

  @IsInt()
  @IsPositive()
  pencePerHour: number;

  /** The visit length that this rate prices; absent: every length without a rate of its own. */
  @IsOptional()
  @IsInt()
  @IsPositive()
  visitMinutes?: number;
}

/** Sets a contract's prices from a date on (S1-14). */
@InputType()
export class SetRateCard extends Submitted {
  @IsUUID()
  contractId: string;

  @Matches(civilDate)
  effectiveOn: string;

  @ValidateNested({ each: true })
  @Type(() => RateInput)
  rates: RateInput[];

  /** When evening and night begin; absent: 07:00, 19:00 and 22:00. */
  @IsOptional()
  @ValidateNested()
  @Type(() => DayHoursInput)
  hours?: DayHoursInput;
}

/** Sets the prices of one contract as an approved uplift has them (X25). Sent by the service itself. */
export class ApplyRateUplift extends Submitted {
  contractId: string;
  upliftId: string;
  effectiveOn: string;
  /** First day of the card whose prices were uplifted. */
  replaces: string;
  rates: readonly Rate[];
}

/** Changes what a spot contract or an in-house team may hold; packages that it has stay. */
@InputType()
export class ChangeContractCapacity extends Submitted {
  @IsUUID()
  contractId: string;

  /** Carer minutes a week; absent: a spot contract has no such cap. */
  @IsOptional()
  @IsInt()
  @IsPositive()
  capacityWeeklyMinutes?: number;

  /** Packages at once, of a spot contract; absent: it has no such cap. */
  @IsOptional()
  @IsInt()
  @IsPositive()
  maxPackages?: number;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Records that the person of a package lives at the scheme of a block contract (S2-4). */
@InputType()
export class MoveTenantIn extends Submitted {
  @IsUUID()
  contractId: string;

  @IsUUID()
  packageId: string;

  @Matches(civilDate)
  fromOn: string;
}

/** Records that a tenant has left the scheme of a block contract. */
@InputType()
export class MoveTenantOut extends Submitted {
  @IsUUID()
  contractId: string;

  @IsUUID()
  tenancyId: string;

  /** The last day there, inclusive. */
  @Matches(civilDate)
  lastDay: string;
}

/** Moves the last day of a spot, block, cost-and-volume or in-house contract. */
@InputType()
export class ExtendContract extends Submitted {
  @IsUUID()
  contractId: string;

  /** The new last day, inclusive. */
  @Matches(civilDate)
  lastDay: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Ends a contract: withdrawn by the provider or terminated by the council (S1-7). */
@InputType()
export class EndContract extends Submitted {
  @IsUUID()
  contractId: string;

  /** Its last day, inclusive. */
  @Matches(civilDate)
  lastDay: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

export interface ProviderContractCommands {
  OpenContract: OpenContract;
  AdmitToLots: AdmitToLots;
  SetRateCard: SetRateCard;
  ApplyRateUplift: ApplyRateUplift;
  SetPaymentTerms: SetPaymentTerms;
  ChangeContractCapacity: ChangeContractCapacity;
  MoveTenantIn: MoveTenantIn;
  MoveTenantOut: MoveTenantOut;
  ExtendContract: ExtendContract;
  EndContract: EndContract;
}
