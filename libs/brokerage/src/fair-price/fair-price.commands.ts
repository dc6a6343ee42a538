import { InputType } from '@nestjs/graphql';
import { IsInt, IsNotEmpty, IsPositive, Matches, MaxLength } from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { Submitted } from '../submitted.commands.js';

/** Records a published minimum price for an hour of home care (X8). */
@InputType()
export class RecordMinimumPrice extends Submitted {
  @Matches(civilDate)
  startsOn: string;

  /** The last day that it was published for, inclusive. */
  @Matches(civilDate)
  lastDay: string;

  @IsInt()
  @IsPositive()
  pencePerHour: number;

  /** Who published it, where: `Homecare Association, 2025-26`. */
  @IsNotEmpty()
  @MaxLength(200)
  source: string;
}

export interface FairPriceCommands {
  RecordMinimumPrice: RecordMinimumPrice;
}
