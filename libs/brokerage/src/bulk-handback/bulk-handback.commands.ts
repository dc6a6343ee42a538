import { Field, InputType } from '@nestjs/graphql';
import {
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';

export const bulkCauses = ['bulk-handback', 'provider-failure'] as const;
export type BulkCause = (typeof bulkCauses)[number];

export const BulkHandbackCauseCode = codeList(
  'BulkHandbackCause',
  bulkCauses,
  'Why a provider leaves all its packages, or those of some contracts (X19).',
);

/**
 * A provider hands back all its packages, or has failed: each returns to the awaiting-care list by
 * one job, with a result each (X19).
 */
@InputType()
export class HandBackAllPackages extends Submitted {
  @IsUUID()
  providerId: string;

  @Field(() => BulkHandbackCauseCode)
  @IsIn(bulkCauses)
  cause: BulkCause;

  /** The first day without this provider; for a failure it may lie in the past. */
  @Matches(civilDate)
  effectiveOn: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;

  /** Only the packages of these contracts; absent: all. */
  @IsOptional()
  @IsUUID('all', { each: true })
  contractIds?: string[];

  /** Only tells how many packages it is about; nothing is stored. */
  @IsOptional()
  @IsBoolean()
  preview?: boolean;
}
