import { policyOn, type PolicyChange } from '#kernel/council-policy.js';
import { payPeriodOf, type PayPeriod } from '#kernel/payment-period.js';
import { ruleBook } from '#kernel/rejection.js';
import { isCivilDate, type CivilDate } from '#kernel/time.js';
import { penceFor } from './pay-line.rules.js';
import type { StatedWeek, StatementTotals } from './statement.events.js';
import { lineKeyOf, noTotals } from './statement-sums.rules.js';

export const statementRules = {
  StatementUnknown: 'There is no such statement.',
  PayPeriodUnknown: 'No period of pay begins on this date. Take the first day of one.',
  PayPeriodNotOver: 'A statement is prepared once its period is over.',
  NothingToState: 'This provider has nothing to state in this period.',
  StatementPreparedAnew: 'The statement is being prepared anew. Look at it again first.',
  StatementLinesMissing: 'Lines of the statement are missing. Prepare it again.',
  StatementNotPrepared: 'This statement is not prepared.',
  StatementAlreadyApproved: 'This statement was approved before; later facts adjust the next one.',
  StatementNotApproved: 'A statement is closed once it was approved.',
  StatementAlreadyClosed: 'This statement was closed before.',
  StatementApproverIsPreparer: 'A statement is approved by another person than its preparer.',
  HeldPayApproverIsPreparer:
    'Held pay is approved by another person than who prepared the statement.',
  HeldPayApprovedBeforeClosing:
    'The statement is approved. Close it first; the next one then pays what you approve.',
  LineUnknown: 'The statement has no such line.',
  LineNotHeld: 'Nothing of this line is held.',
  HeldMinutesExceeded: 'At most the held minutes of the line can be approved.',
  LineHasNoPrice: 'The contract has no price for this line. Set its rate card, then prepare again.',
  StatementOfAnotherProvider: 'This statement belongs to another provider.',
  LineQueryOpen: 'A query of this line waits for its answer.',
  LineNotOfAPackage:
    'Only a line of a package can be queried here; hours of a block are a contract’s.',
  QueryUnknown: 'The statement has no such query.',
  QueryAlreadyAnswered: 'This query was answered before.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof statementRules>> = ruleBook(statementRules);

/** The period that begins on a date, by the policy of that date. */
export function payPeriodFrom(
  startsOn: CivilDate,
  policyChanges: readonly PolicyChange[],
): PayPeriod {
  const path = 'periodStartsOn';
  ensure(isCivilDate(startsOn), 'PayPeriodUnknown', { path });
  const period = payPeriodOf(startsOn, policyOn(policyChanges, startsOn).pay);
  ensure(period.startsOn === startsOn, 'PayPeriodUnknown', { path });
  return period;
}

export const statementIdOf = (providerId: string, periodStartsOn: CivilDate): string =>
  `${providerId}.${periodStartsOn}`;

/** What later commands need to know of a line. */
export interface KnownLine {
  readonly packageId: string | null;
  readonly personId: string | null;
  readonly contractId: string;
  readonly week: string;
  readonly line: string;
  /** Paid in all, in earlier statements too. */
  readonly paidMinutes: number;
  readonly heldMinutes: number;
  readonly approvedMinutes: number;
  readonly pencePerHour: number;
}

export interface StatementState {
  readonly statementId: string | null;
  readonly providerId: string;
  readonly status: 'preparing' | 'prepared' | 'approved' | 'closed';
  readonly run: number;
  readonly requestId: string;
  readonly position: number;
  readonly openedBy: string;
  readonly weeks: number;
  readonly totals: StatementTotals;
  readonly lines: Readonly<Record<string, KnownLine>>;
  readonly queries: Readonly<
    Record<
      string,
      { readonly lineKey: string; readonly personId: string; readonly answered: boolean }
    >
  >;
}

export const initialStatement: StatementState = {
  ...{ statementId: null, providerId: '', status: 'preparing', run: 0, requestId: '' },
  ...{ position: 0, openedBy: '', weeks: 0, totals: noTotals, lines: {}, queries: {} },
};

export const knownLines = (weeks: readonly StatedWeek[]): [string, KnownLine][] =>
  weeks.flatMap((week) =>
    week.lines.map((line): [string, KnownLine] => {
      const { packageId, personId, contractId } = week;
      return [
        lineKeyOf(week, line),
        {
          ...{ packageId, personId, contractId, week: week.week, line: line.line },
          paidMinutes: line.paidMinutes + (line.statedMinutes ?? 0),
          heldMinutes: line.heldMinutes ?? 0,
          approvedMinutes: line.approvedMinutes ?? 0,
          pencePerHour: line.pencePerHour,
        },
      ];
    }),
  );

/** What approving held minutes adds: the line's pence are rounded once, with them (S2-18). */
export const approvedPence = ({ pencePerHour, paidMinutes }: KnownLine, minutes: number): number =>
  penceFor(pencePerHour, paidMinutes + minutes) - penceFor(pencePerHour, paidMinutes);
