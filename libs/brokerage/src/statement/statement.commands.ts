import { Field, InputType } from '@nestjs/graphql';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsPositive,
  IsUUID,
  Matches,
  Max,
  MaxLength,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import {
  heldReasons,
  queryOutcomes,
  type QueryOutcome,
  type StatedWeek,
} from './statement.events.js';

export const HeldReasonCode = codeList(
  'PayHeldReason',
  heldReasons,
  'Why minutes wait for a second person instead of being paid (S2-17b to S2-17d, X12).',
);
export const QueryOutcomeCode = codeList(
  'QueryOutcome',
  queryOutcomes,
  'What became of a provider’s query of a line (X15).',
);

const statementId = /^[0-9a-f-]{36}\.\d{4}-\d{2}-\d{2}$/;
const lineKey = /^[0-9a-f-]{36}\.[\w./-]{1,40}$/;

/** Prepares, or prepares anew, a provider's statement of a period (S2-18). */
@InputType()
export class PrepareStatement extends Submitted {
  @IsUUID()
  providerId: string;

  /** First day of a period that is over. */
  @Matches(civilDate)
  periodStartsOn: string;
}

/**
 * Prepares the statements of a period for every provider with something to state whose statement is
 * not approved yet (S2-18).
 */
@InputType()
export class PrepareStatements extends Submitted {
  /** First day of a period that is over. */
  @Matches(civilDate)
  periodStartsOn: string;
}

/** Begins a statement's lines, and voids an earlier preparation. Sent by the service itself. */
export class OpenStatement extends Submitted {
  providerId: string;
  periodStartsOn: string;
  /** The day after the period's last. */
  endsBefore: string;
  run: number;
  /** How far the log was read for its lines. */
  position: number;
  /** The preparation that a client asked for. */
  requestId: string;
}

/** Adds the next lines. Sent by the service itself. */
export class AddStatementLines extends Submitted {
  statementId: string;
  run: number;
  /** Index of the first week. */
  from: number;
  weeks: readonly StatedWeek[];
}

/** Ends a statement's lines. Sent by the service itself. */
export class CompleteStatement extends Submitted {
  statementId: string;
  run: number;
  /** How many weeks were added. */
  weeks: number;
}

/** Lets held minutes be paid; never by who prepared the statement (S2-17b, X12). */
@InputType()
export class ApproveHeldPay extends Submitted {
  @Matches(statementId)
  statementId: string;

  @Matches(lineKey)
  lineKey: string;

  /** At most the held minutes; absent: all of them. */
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(1440)
  minutes?: number;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Approves a statement; never by who prepared it. */
@InputType()
export class ApproveStatement extends Submitted {
  @Matches(statementId)
  statementId: string;
}

/** Closes an approved statement: it never changes again (X14). */
@InputType()
export class CloseStatement extends Submitted {
  @Matches(statementId)
  statementId: string;
}

/** Asks why a line is as it is; the council answers within working days (X15). */
@InputType()
export class QueryStatementLine extends Submitted {
  @Matches(statementId)
  statementId: string;

  @Matches(lineKey)
  lineKey: string;

  @IsNotEmpty()
  @MaxLength(1000)
  reason: string;
}

/** Answers a provider's query with a reason (X15). What it changes is a correction of its own. */
@InputType()
export class AnswerStatementQuery extends Submitted {
  @Matches(statementId)
  statementId: string;

  @IsUUID()
  queryId: string;

  @Field(() => QueryOutcomeCode)
  @IsIn(queryOutcomes)
  outcome: QueryOutcome;

  @IsNotEmpty()
  @MaxLength(1000)
  reason: string;
}

export interface StatementCommands {
  OpenStatement: OpenStatement;
  AddStatementLines: AddStatementLines;
  CompleteStatement: CompleteStatement;
  ApproveHeldPay: ApproveHeldPay;
  ApproveStatement: ApproveStatement;
  CloseStatement: CloseStatement;
  QueryStatementLine: QueryStatementLine;
  AnswerStatementQuery: AnswerStatementQuery;
}
