import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant, IsoWeek } from '#kernel/time.js';

/** Why minutes wait for a second person instead of being paid (S2-17b to d, X12). */
export const heldReasons = [
  'no-log-out',
  'under-one-minute',
  'manual-without-reason',
  'two-homes-at-once',
  'over-commissioned',
  'second-leg-not-commissioned',
  'no-rate',
] as const;
export type HeldReason = (typeof heldReasons)[number];

/** What one leg of one visit pays, or one excused visit, or a week of a block. */
export interface PayLine {
  /** Within its week: `<visit>/<leg>`, `<visit>/excused`, or `block`. */
  readonly line: string;
  /** Whole minutes attended; absent: no log-out, or nobody was to attend. */
  readonly minutes?: number;
  readonly paidMinutes: number;
  readonly pencePerHour: number;
  /** Rounded once; of an adjustment, the difference to what was stated. */
  readonly pence: number;
  readonly heldBecause?: HeldReason;
  /** Not paid until a second person approves them. */
  readonly heldMinutes?: number;
  readonly heldPence?: number;
  /** Of the paid minutes, approved by a second person. */
  readonly approvedMinutes?: number;
  /** Used of the hours that a block bought: not paid again (S2-4). */
  readonly blockMinutes?: number;
  /** 1 to 10 minutes: paid and flagged (S2-17c). */
  readonly short?: true;
  /** Of an excused visit, the part of its planned pay (S2-16b). */
  readonly percent?: number;
  /** Of an adjustment: what was stated before. */
  readonly statedPence?: number;
  readonly statedMinutes?: number;
}

/** The lines of one package and week under one contract. */
export interface StatedWeek {
  /** null: hours of a block, bought for no one package. */
  readonly packageId: string | null;
  readonly personId: string | null;
  readonly contractId: string;
  readonly week: IsoWeek;
  /** First day of the period of a closed statement that these lines correct (X14). */
  readonly adjusts?: CivilDate;
  readonly lines: readonly PayLine[];
}

interface OfStatement {
  readonly statementId: string;
  readonly providerId: string;
}

export interface StatementTotals {
  readonly lines: number;
  /** Of the period's own lines. */
  readonly pence: number;
  readonly adjustmentLines: number;
  readonly adjustmentPence: number;
  readonly heldLines: number;
  /** Not part of the total. */
  readonly heldPence: number;
  /** Of all lines. */
  readonly totalPence: number;
}

export type StatementOpened = Event<
  'StatementOpened',
  OfStatement & {
    periodStartsOn: CivilDate;
    endsBefore: CivilDate;
    /** Counts how often it was prepared; an earlier preparation is void. */
    run: number;
    /** How far the log was read for its lines. */
    position: number;
    openedBy: string;
    requestId: string;
  }
>;

/** Lines in parts that one event holds each. */
export type StatementLinesAdded = Event<
  'StatementLinesAdded',
  OfStatement & { run: number; from: number; weeks: readonly StatedWeek[] }
>;

export type StatementPrepared = Event<
  'StatementPrepared',
  OfStatement & {
    run: number;
    position: number;
    rules: number;
    totals: StatementTotals;
    preparedBy: string;
    preparedAt: Instant;
  }
>;

/** Held minutes that a second person lets be paid (S2-17b, X12). */
export type HeldPayApproved = Event<
  'HeldPayApproved',
  OfStatement & {
    packageId: string;
    personId: string;
    contractId: string;
    week: IsoWeek;
    line: string;
    /** All approved minutes of the line. */
    approvedMinutes: number;
    /** What they add. */
    minutes: number;
    pence: number;
    /** The statement was approved before: the next one adjusts it (X14). */
    later?: true;
    reason: string;
    approvedBy: string;
  }
>;

export type StatementApproved = Event<
  'StatementApproved',
  OfStatement & { totalPence: number; approvedBy: string; approvedAt: Instant }
>;

/** From now on it never changes (X14). */
export type StatementClosed = Event<
  'StatementClosed',
  OfStatement & { totalPence: number; closedBy: string; closedAt: Instant }
>;

export type StatementLineQueried = Event<
  'StatementLineQueried',
  OfStatement & {
    queryId: string;
    packageId: string;
    personId: string;
    lineKey: string;
    reason: string;
    queriedBy: string;
    queriedAt: Instant;
    /** Last day to answer. */
    dueOn: CivilDate;
  }
>;

export const queryOutcomes = ['upheld', 'rejected'] as const;
export type QueryOutcome = (typeof queryOutcomes)[number];

export type StatementQueryAnswered = Event<
  'StatementQueryAnswered',
  OfStatement & {
    queryId: string;
    personId: string;
    outcome: QueryOutcome;
    reason: string;
    answeredBy: string;
    answeredAt: Instant;
  }
>;

export type StatementEvent =
  | StatementOpened
  | StatementLinesAdded
  | StatementPrepared
  | HeldPayApproved
  | StatementApproved
  | StatementClosed
  | StatementLineQueried
  | StatementQueryAnswered;

/** Free text about a visit may tell who the person is: it is sealed with the person's key. */
export const statementPersonalFields = {
  events: {
    HeldPayApproved: { subject: 'personId', fields: ['reason'] },
    StatementLineQueried: { subject: 'personId', fields: ['reason'] },
    StatementQueryAnswered: { subject: 'personId', fields: ['reason'] },
  },
  commands: {
    ApproveHeldPay: ['reason'],
    QueryStatementLine: ['reason'],
    AnswerStatementQuery: ['reason'],
  },
} as const;
