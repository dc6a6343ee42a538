import { ObjectType } from '@nestjs/graphql';

/** Why something in a file is not taken. */
@ObjectType()
export class ImportRejection {
  /** The row of the spreadsheet; the header is row 1. */
  row: number;

  column: string;

  code: string;

  /** A sentence for the office. */
  reason: string;
}
