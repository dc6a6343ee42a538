import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ImportRejection } from '../csv-import/csv-import.view.js';
import type { RegisterKind } from './register-import.codes.js';
import { RegisterKindCode } from './register-import.commands.js';

/** How many providers, contracts or rate cards a file tells of, and what comes of them. */
@ObjectType()
export class RegisterImportCounts {
  read: number;

  /** That add something to the register. */
  new: number;

  /** That the register has already, word for word. */
  unchanged: number;

  rejected: number;
}

/** What a file of the register holds, and what comes of it (S3-10). */
@ObjectType()
export class RegisterImport {
  @Field(() => ID)
  commandId: string;

  @Field(() => RegisterKindCode)
  kind: RegisterKind;

  /** Nothing was stored. */
  preview: boolean;

  /** Rows that say something, without the header. */
  rowsRead: number;

  /** Absent when the same command came before: its job tells what became of it. */
  counts?: RegisterImportCounts;

  /** In the order of the rows; a row may have several. At most 1,000 are listed. */
  rejections: ImportRejection[];

  /** All rejected rows as a file, to be mended and sent again; absent when there is none. */
  rejectionsCsv?: string;

  /** The job that records what is new; absent in a preview and when there is nothing new. */
  @Field(() => ID, { nullable: true })
  jobId?: string;

  /** Give it to the query `job` as `after`. */
  position?: string;
}
