import { Field, InputType } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './package.codes.js';

export const EndOutcomeCode = codeList(
  'EndOutcome',
  codes.endOutcomes,
  'How a package ended (X20).',
);

/** Ends a package after its last day (X20). */
@InputType()
export class EndPackage extends Submitted {
  @IsUUID()
  packageId: string;

  /** The last day of care, inclusive. */
  @Matches(civilDate)
  lastDay: string;

  @Field(() => EndOutcomeCode)
  @IsIn(codes.endOutcomes)
  outcome: codes.EndOutcome;

  @IsOptional()
  @MaxLength(500)
  reason?: string;
}
