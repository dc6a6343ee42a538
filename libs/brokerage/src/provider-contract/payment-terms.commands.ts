import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsOptional,
  IsPositive,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  paymentBases,
  secondLegTerms,
  type PaymentBasis,
  type SecondLegTerm,
} from '#kernel/payment-terms.js';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { ExcuseReasonCode } from '../visit/visit.commands.js';
import { excuseReasons, type ExcuseReason } from '../visit/visit.events.js';

export const PaymentBasisCode = codeList(
  'PaymentBasis',
  paymentBases,
  'What a visit’s pay is counted from: the band of its actual time, its actual minutes, or its plan (S2-16).',
);
export const SecondLegTermCode = codeList(
  'SecondLegTerm',
  secondLegTerms,
  'When the second carer of a visit is paid: when two were commissioned, or only when approved (S2-17d).',
);

/** One band of attended time; inclusive minutes. */
@InputType()
export class BandInput {
  @IsInt()
  @Min(0)
  fromMinutes: number;

  /** Absent: this and more. */
  @IsOptional()
  @IsInt()
  @Min(0)
  toMinutes?: number;

  @IsInt()
  @Min(0)
  @Max(1440)
  paidMinutes: number;
}

/** What an excused visit pays of its planned pay; the first row that fits counts (S2-16b). */
@InputType()
export class ExcusedPayInput {
  @Field(() => ExcuseReasonCode)
  @IsIn(excuseReasons)
  reason: ExcuseReason;

  /** Only when the provider learnt of it less than so many hours before the agreed start. */
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(744)
  noticeBelowHours?: number;

  /** Only for so many days from the first excused one on: a retainer. */
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(28)
  upToDays?: number;

  @IsInt()
  @Min(1)
  @Max(100)
  percent: number;
}

/** Sets how the visits of a contract are paid from a date on (S2-16, S2-17). */
@InputType()
export class SetPaymentTerms extends Submitted {
  @IsUUID()
  contractId: string;

  @Matches(civilDate)
  effectiveOn: string;

  /** Absent: the bands of actual time. */
  @IsOptional()
  @Field(() => PaymentBasisCode, { nullable: true })
  @IsIn(paymentBases)
  basis?: PaymentBasis;

  /** Absent: quarter hours. Each minute from 1 up needs exactly one band; more time never pays less. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => BandInput)
  @ArrayMaxSize(100)
  bands?: BandInput[];

  /** Of quarter hours: at most 60 minutes are paid for a visit. */
  @IsOptional()
  cap60?: boolean;

  /** Bands above the commissioned one paid without approval; absent: the council's policy (S2-17b). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(8)
  overCommissionBands?: number;

  /** Absent: when two carers were commissioned. */
  @IsOptional()
  @Field(() => SecondLegTermCode, { nullable: true })
  @IsIn(secondLegTerms)
  secondLeg?: SecondLegTerm;

  /** Absent: an excused visit pays nothing. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ExcusedPayInput)
  @ArrayMaxSize(40)
  excused?: ExcusedPayInput[];
}
