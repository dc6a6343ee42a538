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
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { CareLineInput } from './package.care-needs.commands.js';
import * as codes from './package.codes.js';

export const VariationKindCode = codeList(
  'VariationKind',
  codes.variationKinds,
  'Whether a variation ends by itself (X18).',
);

/** A visit of the varied schedule. */
@InputType()
export class VariedLineInput extends CareLineInput {
  /** The line that it goes on from, so that its visits keep their ids; absent: a new visit. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(999)
  line?: number;
}

/** Changes what care is given from a date on: the whole schedule as it is then (X18). */
@InputType()
export class VaryPackage extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => VariationKindCode)
  @IsIn(codes.variationKinds)
  kind: codes.VariationKind;

  @Matches(civilDate)
  fromOn: string;

  /** The last day of a temporary variation, inclusive. */
  @IsOptional()
  @Matches(civilDate)
  lastDay?: string;

  @ValidateNested({ each: true })
  @Type(() => VariedLineInput)
  @ArrayNotEmpty()
  @ArrayMaxSize(60)
  schedule: VariedLineInput[];

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Ends a temporary variation before its last day (X18). */
@InputType()
export class EndVariationEarly extends Submitted {
  @IsUUID()
  packageId: string;

  @IsUUID()
  variationId: string;

  /** Its new last day, inclusive. */
  @Matches(civilDate)
  lastDay: string;
}

export interface VariationCommands {
  VaryPackage: VaryPackage;
  EndVariationEarly: EndVariationEarly;
}
