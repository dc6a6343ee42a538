import { Field, ID, ObjectType } from '@nestjs/graphql';

/** What comes of preparing a period's statements. */
@ObjectType()
export class StatementPreparations {
  @Field(() => ID)
  commandId: string;

  /** The providers whose statements are prepared: those already approved are not. */
  providers: number;

  /** The job that prepares them, with a result each; absent where there is nothing to prepare. */
  @Field(() => ID, { nullable: true })
  jobId?: string;

  /** Give it to the query `job` as `after`. */
  position?: string;
}
