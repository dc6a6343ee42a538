import { Field, ID, ObjectType } from '@nestjs/graphql';

/** What comes of handing back all packages of a provider (X19). */
@ObjectType()
export class BulkHandback {
  @Field(() => ID)
  commandId: string;

  /** Nothing was stored. */
  preview: boolean;

  /** The packages that it is about, awards that have not started among them. */
  packages: number;

  /** The job that hands them back, with a result each; absent in a preview and when there is none. */
  @Field(() => ID, { nullable: true })
  jobId?: string;

  /** Give it to the query `job` as `after`. */
  position?: string;
}
