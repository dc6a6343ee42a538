import { InputType } from '@nestjs/graphql';
import { IsBoolean, IsNotEmpty } from 'class-validator';
import { Submitted } from '../submitted.commands.js';

/**
 * Takes on the packages of a CSV file (X30). Its columns are in `docs/formats.md`. Look at the
 * preview first; without `preview` a job takes on the packages that are not rejected.
 */
@InputType()
export class ImportTakeOns extends Submitted {
  /** The text of the file. */
  @IsNotEmpty()
  csv: string;

  /** Only tells what would be taken on and what rejected; nothing is stored. */
  @IsBoolean()
  preview: boolean;
}
