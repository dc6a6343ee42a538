import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ImportRejection } from '../csv-import/csv-import.view.js';

/** What a file of packages to be taken on holds, and what comes of it (X30). */
@ObjectType()
export class TakeOnImport {
  @Field(() => ID)
  commandId: string;

  /** Nothing was stored. */
  preview: boolean;

  /** Rows that say something, without the header. */
  rowsRead: number;

  packagesRead: number;

  /** Packages that can be taken on. */
  packagesNew: number;

  packagesRejected: number;

  /** In the order of the rows; a package may have several. At most 1,000 are listed. */
  rejections: ImportRejection[];

  /** The job that takes them on; absent in a preview and when there is none to take on. */
  @Field(() => ID, { nullable: true })
  jobId?: string;

  /** Give it to the query `job` as `after`. */
  position?: string;
}
