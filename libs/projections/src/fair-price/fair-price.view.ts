import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';

/** A published minimum price for an hour of home care (X8). */
@ObjectType()
export class MinimumPriceRow {
  startsOn: string;

  /** Inclusive. */
  lastDay: string;

  pencePerHour: number;

  source: string;
}

/** A contract's standard weekday daytime rate against the minimum. */
@ObjectType()
export class FairPriceLine {
  @Field(() => ID)
  contractId: string;

  @Field(() => ID)
  providerId: string;

  providerName: string;

  pencePerHour: number;

  /** Rate less minimum; below 0: under the minimum. Absent: no minimum is loaded for the date. */
  differencePence?: number;
}

/** Rates of live framework admissions against the minimum price on a date (X8). */
@ObjectType()
export class FairPrice extends Stated {
  on: string;

  /** `loaded`, or `not loaded`: there is no figure for this date, and an older one says nothing. */
  figure: string;

  minimum?: MinimumPriceRow;

  /** By provider. */
  lines: FairPriceLine[];

  /** Lines below the minimum; absent: not loaded. */
  below?: number;
}
