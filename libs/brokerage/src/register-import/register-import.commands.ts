import { Field, InputType } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsNotEmpty } from 'class-validator';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { registerKinds, type RegisterKind } from './register-import.codes.js';

export const RegisterKindCode = codeList(
  'RegisterKind',
  registerKinds,
  'What a file of the register tells of.',
);

/**
 * Takes providers, contracts or rates from a CSV file into the register (S3-10). Its columns are in
 * `docs/formats.md`. Look at the preview first; without `preview` a job records what is not rejected.
 */
@InputType()
export class ImportRegister extends Submitted {
  @Field(() => RegisterKindCode)
  @IsIn(registerKinds)
  kind: RegisterKind;

  /** The text of the file. */
  @IsNotEmpty()
  csv: string;

  /** Only tells what would be recorded and what rejected; nothing is stored. */
  @IsBoolean()
  preview: boolean;
}
