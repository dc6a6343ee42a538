import type { CivilDate, Instant } from '#kernel/time.js';
import type {
  HeldPayApproved,
  PayLine,
  QueryOutcome,
  StatedWeek,
  StatementOpened,
  StatementTotals,
} from '#brokerage/statement/statement.events.js';
import { noTotals } from '#brokerage/statement/statement-sums.rules.js';

export type StatementStatus = 'preparing' | 'prepared' | 'approved' | 'closed';

/** A provider's statement of a period. */
export interface StatementRow {
  readonly statementId: string;
  readonly providerId: string;
  readonly periodStartsOn: CivilDate;
  readonly endsBefore: CivilDate;
  readonly status: StatementStatus;
  readonly run: number;
  /** How far the log was read for its lines. */
  readonly position: number;
  readonly rules: number;
  readonly parts: number;
  readonly totals: StatementTotals;
  readonly openQueries: number;
  readonly preparedBy?: string;
  readonly preparedAt?: Instant;
  readonly approvedBy?: string;
  readonly approvedAt?: Instant;
  readonly closedBy?: string;
  readonly closedAt?: Instant;
}

/** A provider's query of a line; its words are sealed in the log. */
export interface StatementQueryRow {
  readonly queryId: string;
  readonly statementId: string;
  readonly providerId: string;
  readonly lineKey: string;
  readonly queriedBy: string;
  readonly queriedAt: Instant;
  readonly queriedPosition: number;
  readonly dueOn: CivilDate;
  readonly outcome?: QueryOutcome;
  readonly answeredBy?: string;
  readonly answeredAt?: Instant;
  readonly answeredPosition?: number;
}

/** A statement that is being prepared, with the queries of an earlier preparation. */
export const openedRow = (
  { statementId, providerId, periodStartsOn, endsBefore, run, position }: StatementOpened['data'],
  before: StatementRow | undefined,
): StatementRow => ({
  ...{ statementId, providerId, periodStartsOn, endsBefore, status: 'preparing', run, position },
  ...{ rules: 0, parts: 0, totals: noTotals, openQueries: before?.openQueries ?? 0 },
});

/** The totals once held pay was approved; `settled`: nothing of the line is held any more. */
export const approvedTotals = (
  totals: StatementTotals,
  { pence }: HeldPayApproved['data'],
  settled: boolean,
): StatementTotals => ({
  ...totals,
  pence: totals.pence + pence,
  totalPence: totals.totalPence + pence,
  heldPence: totals.heldPence - pence,
  heldLines: totals.heldLines - (settled ? 1 : 0),
});

/** A stated week with a line's held minutes approved. */
export const withApprovedLine = <Week extends StatedWeek>(
  week: Week,
  data: HeldPayApproved['data'],
): Week => ({
  ...week,
  lines: week.lines.map((line) => (line.line === data.line ? approvedLine(line, data) : line)),
});

function approvedLine(line: PayLine, { approvedMinutes, minutes, pence }: HeldPayApproved['data']) {
  const { heldBecause, heldMinutes = 0, heldPence = 0, ...paid } = line;
  const left = heldMinutes - minutes;
  return {
    ...paid,
    paidMinutes: line.paidMinutes + minutes,
    pence: line.pence + pence,
    approvedMinutes,
    ...(left > 0 &&
      heldBecause && { heldBecause, heldMinutes: left, heldPence: heldPence - pence }),
  };
}
