import { Field, InputType } from '@nestjs/graphql';
import { IsIn, Matches } from 'class-validator';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { exceptionOutcomes, type ExceptionOutcome } from './visit-exception.events.js';

const exceptionId = /^[0-9a-f-]{36}\.\d{4}-\d{2}-\d{2}\.\d+\.\d+\.\d+\.[a-z-]+$/;

export const ExceptionOutcomeCode = codeList(
  'VisitExceptionOutcome',
  exceptionOutcomes,
  'What came of an exception.',
);

/** Takes an exception: from now on you clear it up (X12). */
@InputType()
export class TakeVisitException extends Submitted {
  @Matches(exceptionId)
  exceptionId: string;
}

/**
 * Closes an exception with what came of it. What is held stays unpaid until its log is corrected or
 * a second person approves it in the statement (X12).
 */
@InputType()
export class CloseVisitException extends Submitted {
  @Matches(exceptionId)
  exceptionId: string;

  @Field(() => ExceptionOutcomeCode)
  @IsIn(exceptionOutcomes)
  outcome: ExceptionOutcome;
}

export interface VisitExceptionCommands {
  TakeVisitException: TakeVisitException;
  CloseVisitException: CloseVisitException;
}
