import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import { HeldReasonCode, QueryOutcomeCode } from '#brokerage/statement/statement.commands.js';

export const statementStatuses = ['preparing', 'prepared', 'approved', 'closed'] as const;
export const StatementStatusCode = codeList(
  'StatementStatus',
  statementStatuses,
  'How far a statement is; a closed one never changes (X14).',
);

/** One leg's pay, or an excused visit's, or a week of hours that a block bought. */
@ObjectType()
export class StatementLine {
  /** Names the line to every mutation. */
  @Field(() => ID)
  lineKey: string;

  /** Absent: hours of a block. */
  @Field(() => ID, { nullable: true })
  packageId?: string;

  @Field(() => ID, { nullable: true })
  personId?: string;

  @Field(() => ID)
  contractId: string;

  week: string;

  /** Whole minutes attended; absent without a log-out. */
  attendedMinutes?: number;

  /** Of an adjustment, the difference. */
  paidMinutes: number;

  pencePerHour: number;

  /** Of an adjustment, the difference. */
  pence: number;

  @Field(() => HeldReasonCode, { nullable: true })
  heldBecause?: string;

  /** Not paid until a second person approves them. */
  heldMinutes?: number;

  heldPence?: number;

  approvedMinutes?: number;

  /** Used of the hours that a block bought: not paid again (S2-4). */
  blockMinutes?: number;

  /** 1 to 10 minutes: paid and flagged (S2-17c). */
  shortVisit: boolean;

  /** Of an excused visit, the part of its planned pay (S2-16b). */
  percent?: number;

  /** First day of the period that the line corrects (X14). */
  adjusts?: string;

  /** Of an adjustment: what was stated before. */
  statedPence?: number;
}

/** A provider’s query of a line, and its answer (X15). */
@ObjectType()
export class StatementQuery {
  @Field(() => ID)
  queryId: string;

  lineKey: string;

  /** In the provider’s words; for finance, auditors and the provider, until the person is erased. */
  queryReason?: string;

  queriedBy: string;

  queriedAt: string;

  /** Last day to answer. */
  dueOn: string;

  @Field(() => QueryOutcomeCode, { nullable: true })
  outcome?: string;

  /** Why it was answered so; for the same people. */
  answerReason?: string;

  answeredBy?: string;

  answeredAt?: string;
}

/** What a provider is paid for a period, from logs without invoices (S2-18). */
@ObjectType()
export class Statement {
  /** The position that was asked for; absent: as it stands now. */
  @HideField()
  knownAt?: number;

  @Field(() => ID)
  statementId: string;

  @Field(() => ID)
  providerId: string;

  periodStartsOn: string;

  /** Inclusive. */
  lastDay: string;

  @Field(() => StatementStatusCode)
  status: string;

  /** Counts how often it was prepared. */
  run: number;

  /** How far the log was read for its lines. */
  position: string;

  /** The rule set that made the lines. */
  rulesVersion: number;

  lineCount: number;

  /** Of the period’s own lines. */
  pence: number;

  adjustmentCount: number;

  adjustmentPence: number;

  /** What is paid: the sum of all lines. */
  totalPence: number;

  heldCount: number;

  /** Not part of the total. */
  heldPence: number;

  openQueries: number;

  preparedBy?: string;

  preparedAt?: string;

  approvedBy?: string;

  approvedAt?: string;

  closedBy?: string;

  closedAt?: string;
}

/** Why a line pays what it pays, in plain steps (S2-18). */
@ObjectType()
export class LineExplanation {
  line: StatementLine;

  steps: string[];

  /** The rule set that made the line. */
  rulesVersion: number;

  /** How far the log was read for it. */
  position: string;
}

/** A line that is not the same when it is worked out again. */
@ObjectType()
export class LineDifference {
  @Field(() => ID)
  lineKey: string;

  /** Of an adjustment, first day of the period that it corrects (X14). */
  adjusts?: string;

  /** Absent: it was not recorded. */
  recordedPence?: number;

  /** Absent: the log makes no such line. */
  reproducedPence?: number;
}

/**
 * All lines of a statement, its own and those that correct closed ones, worked out again from the log
 * at the statement’s position (S2-18, X14).
 */
@ObjectType()
export class StatementReproduction {
  @Field(() => ID)
  statementId: string;

  /** How far the log was read, then and now. */
  position: string;

  /** Every line says the same. */
  same: boolean;

  /** All lines that were recorded. */
  lineCount: number;

  /** Of them, those that correct closed statements. */
  adjustmentCount: number;

  /** The sum of the recorded lines. */
  recordedPence: number;

  /** The same, worked out again. */
  reproducedPence: number;

  differenceCount: number;

  /** The first hundred. */
  @Field(() => [LineDifference])
  differences: LineDifference[];
}
