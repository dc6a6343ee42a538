import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ServiceLineCode } from '#brokerage/package/package.care-needs.commands.js';
import type { ServiceLine } from '#brokerage/package/package.codes.js';
import { Stated } from '#platform/graphql/paging.view.js';

/** A package whose cost to come is not known, since no rate prices it. */
@ObjectType()
export class UnpricedPackage {
  @Field(() => ID)
  packageId: string;

  /** Days of care in the rest of the year that no figure holds. */
  days: number;
}

/**
 * What a type of service costs in a financial year, against its budget (S2-18, S3-9). Whole pence,
 * as floats: 32 bits end at £21 million.
 */
@ObjectType()
export class ServiceCommitment {
  /** Absent: hours of block contracts that no package used. */
  @Field(() => ServiceLineCode, { nullable: true })
  serviceLine?: ServiceLine;

  /** Absent: council policy names none. */
  @Field(() => Float, { nullable: true })
  budgetPence?: number;

  /** Lines of approved and closed statements, by the day of the visit. */
  @Field(() => Float)
  paidPence: number;

  /** Lines of statements that are prepared and not approved. */
  @Field(() => Float)
  toApprovePence: number;

  /** Visits that no statement has yet. */
  @Field(() => Float)
  accruedPence: number;

  /** Care agreed for the days behind the last visit that is known. */
  @Field(() => Float)
  committedPence: number;

  /** All four together. */
  @Field(() => Float)
  forecastPence: number;

  /** What the budget leaves; negative: the forecast is over it. Absent without a budget. */
  @Field(() => Float, { nullable: true })
  headroomPence?: number;

  packageCount: number;
}

/** Commitment against budget by type of service (S2-18). */
@ObjectType()
export class BudgetCommitment extends Stated {
  /** The financial year by its first: 2026 is 1 April 2026 to 31 March 2027. */
  @Field(() => Int)
  year: number;

  services: ServiceCommitment[];

  @Field(() => Float)
  forecastPence: number;

  unpriced: UnpricedPackage[];
}

/** What one package costs in a financial year; a line of the file. */
export interface PackageCommitment {
  readonly packageId: string | null;
  readonly serviceLine: ServiceLine | null;
  readonly paidPence: number;
  readonly toApprovePence: number;
  readonly accruedPence: number;
  readonly committedPence: number;
  readonly unpricedDays: number;
}
