import type { CivilDate } from '#kernel/time.js';
import type { StatedWeek, StatementEvent } from '#brokerage/statement/statement.events.js';
import { withApprovedLine } from '../pay/statement-rows.rules.js';
import type { Log } from './pay-at.queries.js';

/** A statement as the log had it at a position, and what it let be paid by then. */
export interface StatementAt {
  readonly statementId: string;
  readonly periodStartsOn: CivilDate;
  /** How far the log was read for its lines. */
  readonly readUpTo: number;
  readonly closed: boolean;
  readonly weeks: readonly StatedWeek[];
  /** Approved minutes by package week and line (S2-17b, X12). */
  readonly approved: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

type Placed = StatementEvent & { readonly position: number };

export const eventsOfStatement = async (log: Log, statementId: string): Promise<Placed[]> =>
  (await log.read(`statement-${statementId}`, { limit: 10_000 })) as unknown as Placed[];

export const packageWeekKey = (packageId: string | null, week: string): string =>
  `${packageId}/${week}`;

/** Folds a statement's events up to a position. */
export async function statementAt(
  log: Log,
  { statementId, periodStartsOn }: Pick<StatementAt, 'statementId' | 'periodStartsOn'>,
  position: number,
): Promise<StatementAt> {
  const none = { readUpTo: 0, closed: false, weeks: [], approved: {} };
  return (await eventsOfStatement(log, statementId))
    .filter((event) => event.position <= position)
    .reduce<StatementAt>(evolved, { statementId, periodStartsOn, ...none });
}

function evolved(statement: StatementAt, { type, data }: Placed): StatementAt {
  switch (type) {
    case 'StatementOpened':
      return { ...statement, readUpTo: data.position, weeks: [] };
    case 'StatementLinesAdded':
      return { ...statement, weeks: [...statement.weeks, ...data.weeks] };
    case 'HeldPayApproved': {
      const { packageId, week, contractId, line, approvedMinutes, later } = data;
      const key = packageWeekKey(packageId, week);
      const lines = { ...statement.approved[key], [line]: approvedMinutes };
      const approved = { ...statement.approved, [key]: lines };
      if (later) return { ...statement, approved };
      const weeks = statement.weeks.map((each) =>
        each.packageId === packageId && each.week === week && each.contractId === contractId
          ? withApprovedLine(each, data)
          : each,
      );
      return { ...statement, approved, weeks };
    }
    case 'StatementClosed':
      return { ...statement, closed: true };
    case 'StatementPrepared':
    case 'StatementApproved':
    case 'StatementLineQueried':
    case 'StatementQueryAnswered':
      return statement;
  }
}
