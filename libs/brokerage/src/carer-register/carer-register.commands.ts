import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsIn,
  IsOptional,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { CarerGenderCode } from '../provider/provider.quality.commands.js';
import type { CarerGender } from '#kernel/schedule.js';
import { carerGenders } from '../provider/provider.quality.events.js';
import { Submitted } from '../submitted.commands.js';

/** A carer as a provider's system knows it; never a name. */
@InputType()
export class CarerInput {
  @Matches(/^[\w.-]{1,40}$/)
  carerRef: string;

  @Matches(civilDate)
  activeFrom: string;

  /** The last day, inclusive. */
  @IsOptional()
  @Matches(civilDate)
  lastDay?: string;

  @IsOptional()
  @Field(() => CarerGenderCode, { nullable: true })
  @IsIn(carerGenders)
  gender?: CarerGender;
}

/** Puts carers on a provider's register, or changes what it says of them. */
@InputType()
export class RegisterCarers extends Submitted {
  @IsUUID()
  providerId: string;

  @ValidateNested({ each: true })
  @Type(() => CarerInput)
  @ArrayNotEmpty()
  @ArrayMaxSize(5_000)
  carers: CarerInput[];
}

export interface CarerRegisterCommands {
  RegisterCarers: RegisterCarers;
}
