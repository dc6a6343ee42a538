import { Field, InputType } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsNotEmpty, IsOptional, IsUUID } from 'class-validator';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { ecmFormatNames, type EcmFormatName } from './ecm.formats.js';

export const EcmFormatCode = codeList(
  'EcmFormat',
  ecmFormatNames,
  'The vendor’s form of a file of electronic call monitoring.',
);

/**
 * Takes a provider's file of electronic call monitoring (S1-15). Its columns are in `docs/formats.md`.
 * Look at the preview first; without `preview` a job records what is not rejected.
 */
@InputType()
export class ImportVisits extends Submitted {
  /** Whose visits they are; a provider's user sends its own. */
  @IsUUID()
  providerId: string;

  @Field(() => EcmFormatCode)
  @IsIn(ecmFormatNames)
  format: EcmFormatName;

  /** The text of the file. */
  @IsNotEmpty()
  csv: string;

  /** The file of carers that goes before it, where the format has one. */
  @IsOptional()
  @IsNotEmpty()
  carersCsv?: string;

  /** Only tells what would be recorded and what rejected; nothing is stored. */
  @IsBoolean()
  preview: boolean;
}
