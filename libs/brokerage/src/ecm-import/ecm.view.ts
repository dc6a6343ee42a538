import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ImportRejection } from '../csv-import/csv-import.view.js';
import { EcmFormatCode } from './ecm.commands.js';
import type { EcmFormatName } from './ecm.formats.js';

/** How many rows a file has, and what comes of them. */
@ObjectType()
export class VisitsImportCounts {
  /** That say something, without the header. */
  read: number;

  /** That tell of an attendance, a missed or an excused visit that was not known. */
  new: number;

  /** That correct an earlier record of the provider (X11). */
  updated: number;

  /** That were recorded before, word for word. */
  unchanged: number;

  /** Attendances that no plan covers; they are kept until one does (X13). */
  unallocated: number;

  rejected: number;
}

/** What a file of electronic call monitoring holds, and what comes of it (S1-15). */
@ObjectType()
export class VisitsImport {
  @Field(() => ID)
  commandId: string;

  @Field(() => ID)
  fileId: string;

  @Field(() => EcmFormatCode)
  format: EcmFormatName;

  /** Nothing was stored. */
  preview: boolean;

  counts: VisitsImportCounts;

  /** In the order of the rows; a row may have several. At most 1,000 are listed. */
  rejections: ImportRejection[];

  /** All rejected rows as a file, to be mended and sent again; absent when there is none. */
  rejectionsCsv?: string;

  /** The job that records the rows; absent in a preview and when there is nothing to record. */
  @Field(() => ID, { nullable: true })
  jobId?: string;

  /** Give it to the query `job` as `after`. */
  position?: string;
}
