import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsPositive,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { localTime } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { volumePeriods, type VolumePeriod } from './provider-contract.events.js';

export const VolumePeriodCode = codeList(
  'VolumePeriod',
  volumePeriods,
  'What a guaranteed minimum is measured over: a calendar month or quarter, or the year from 1 April.',
);

/** A part of the day that a block covers, e.g. lunch or night (S2-4). */
@InputType()
export class BlockWindowInput {
  @IsNotEmpty()
  @MaxLength(40)
  name: string;

  /** Visits that start at this time or later. */
  @Matches(localTime)
  from: string;

  /** Visits that start before this time; earlier than `from`: the window passes midnight. */
  @Matches(localTime)
  before: string;
}

/** Hours bought at an extra-care scheme, paid whether used or not (S2-4). */
@InputType()
export class BlockTermsInput {
  /** The name of the scheme. */
  @IsNotEmpty()
  @MaxLength(100)
  scheme: string;

  @ValidateNested({ each: true })
  @Type(() => BlockWindowInput)
  @ArrayNotEmpty()
  @ArrayMaxSize(10)
  windows: BlockWindowInput[];

  /** Carer minutes bought a week. */
  @IsInt()
  @IsPositive()
  weeklyMinutes: number;

  /** What they cost a week. */
  @IsInt()
  @IsPositive()
  weeklyPence: number;
}

/** The price of the carer minutes of a period above so many. */
@InputType()
export class VolumeTierInput {
  @IsInt()
  @Min(0)
  aboveMinutes: number;

  @IsInt()
  @IsPositive()
  pencePerHour: number;
}

/** A guaranteed minimum per period, and prices by volume (S3-11). */
@InputType()
export class CostAndVolumeInput {
  @Field(() => VolumePeriodCode)
  @IsIn(volumePeriods)
  period: VolumePeriod;

  /** Paid in each period whatever is delivered. */
  @IsInt()
  @IsPositive()
  minimumPence: number;

  /** By volume; the first begins at 0. */
  @ValidateNested({ each: true })
  @Type(() => VolumeTierInput)
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  tiers: VolumeTierInput[];
}

/** When the day, the evening and the night begin, for prices (S1-14). */
@InputType()
export class DayHoursInput {
  @Matches(localTime)
  dayFrom: string;

  @Matches(localTime)
  eveningFrom: string;

  @Matches(localTime)
  nightFrom: string;
}
