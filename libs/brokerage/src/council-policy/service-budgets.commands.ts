import { Field, Float, InputType } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

const mostPence = 100_000_000_000;

/** What the council may spend in a financial year by type of service (S2-18, S3-9). */
@InputType()
export class ServiceBudgetsInput {
  /** Whole pence, or null where none is set. */
  @Field(() => Float, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(mostPence)
  longTermPence: number | null;

  /** Whole pence, or null where none is set. */
  @Field(() => Float, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(mostPence)
  shortTermPence: number | null;
}
