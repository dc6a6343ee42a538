import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { civilDateOf } from '#kernel/time.js';
import { workingDaysAfter } from '#kernel/working-days.js';
import type { StatementCommands } from './statement.commands.js';
import type { StatementEvent } from './statement.events.js';
import { evolveStatement } from './statement.evolve.rules.js';
import {
  approvedPence,
  ensure,
  initialStatement,
  statementIdOf,
  type StatementState,
} from './statement.rules.js';

/** What a provider is paid for a period: prepared, approved by a second person, closed (S2-18). */
export const statementDecider: Decider<StatementState, StatementCommands, StatementEvent> = {
  initial: initialStatement,
  decide: {
    OpenStatement(state, command, { now, actor }) {
      const { providerId, periodStartsOn, endsBefore, run, position, requestId } = command;
      const over = endsBefore <= civilDateOf(now);
      ensure(over, 'PayPeriodNotOver', { path: 'periodStartsOn' });
      const changeable = state.status === 'preparing' || state.status === 'prepared';
      ensure(changeable, 'StatementAlreadyApproved');
      ensure(run === state.run + 1, 'StatementPreparedAnew');
      const statementId = statementIdOf(providerId, periodStartsOn);
      const data = {
        ...{ statementId, providerId, periodStartsOn, endsBefore, run, position },
        ...{ openedBy: actor.id, requestId },
      };
      return [{ type: 'StatementOpened', data }];
    },
    AddStatementLines(state, { statementId, run, from, weeks }) {
      ensure(state.run === run && state.status === 'preparing', 'StatementPreparedAnew');
      ensure(from === state.weeks, 'StatementLinesMissing');
      const { providerId } = state;
      return [{ type: 'StatementLinesAdded', data: { statementId, providerId, run, from, weeks } }];
    },
    CompleteStatement(state, { statementId, run, weeks }, { now, rules }) {
      ensure(state.run === run && state.status === 'preparing', 'StatementPreparedAnew');
      ensure(weeks === state.weeks, 'StatementLinesMissing');
      const { providerId, position, totals, openedBy: preparedBy } = state;
      const data = { statementId, providerId, run, position, rules, totals };
      return [{ type: 'StatementPrepared', data: { ...data, preparedBy, preparedAt: now } }];
    },
    ApproveHeldPay(state, { lineKey, minutes, reason }, { actor }) {
      const { statementId, providerId } = ensureKnown(state);
      ensure(state.status !== 'preparing', 'StatementNotPrepared');
      ensure(state.status !== 'approved', 'HeldPayApprovedBeforeClosing');
      ensure(actor.id !== state.openedBy, 'HeldPayApproverIsPreparer');
      const line = state.lines[lineKey];
      ensure(line?.packageId && line.personId, 'LineUnknown', { path: 'lineKey' });
      ensure(line.heldMinutes > 0, 'LineNotHeld', { path: 'lineKey' });
      ensure(line.pencePerHour > 0, 'LineHasNoPrice', { path: 'lineKey' });
      const approved = minutes ?? line.heldMinutes;
      ensure(approved <= line.heldMinutes, 'HeldMinutesExceeded', { path: 'minutes' });
      const { packageId, personId, contractId, week } = line;
      const data = {
        ...{ statementId, providerId, packageId, personId, contractId, week, line: line.line },
        approvedMinutes: line.approvedMinutes + approved,
        ...{ minutes: approved, pence: approvedPence(line, approved) },
        ...(state.status === 'closed' && { later: true as const }),
        ...{ reason, approvedBy: actor.id },
      };
      return [{ type: 'HeldPayApproved', data }];
    },
    ApproveStatement(state, _, { now, actor }) {
      const { statementId, providerId } = ensureKnown(state);
      ensure(state.status !== 'preparing', 'StatementNotPrepared');
      ensure(state.status === 'prepared', 'StatementAlreadyApproved');
      ensure(actor.id !== state.openedBy, 'StatementApproverIsPreparer');
      const { totalPence } = state.totals;
      const data = { statementId, providerId, totalPence, approvedBy: actor.id, approvedAt: now };
      return [{ type: 'StatementApproved', data }];
    },
    CloseStatement(state, _, { now, actor }) {
      const { statementId, providerId } = ensureKnown(state);
      ensure(state.status !== 'closed', 'StatementAlreadyClosed');
      ensure(state.status === 'approved', 'StatementNotApproved');
      const { totalPence } = state.totals;
      const data = { statementId, providerId, totalPence, closedBy: actor.id, closedAt: now };
      return [{ type: 'StatementClosed', data }];
    },
    QueryStatementLine(state, { commandId, lineKey, reason }, { now, actor, policy }) {
      const { statementId, providerId } = ensureKnown(state);
      const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
      ensure(own, 'StatementOfAnotherProvider', { path: 'statementId' });
      ensure(state.status !== 'preparing', 'StatementNotPrepared');
      const line = state.lines[lineKey];
      ensure(line, 'LineUnknown', { path: 'lineKey' });
      const { packageId, personId } = line;
      ensure(packageId && personId, 'LineNotOfAPackage', { path: 'lineKey' });
      const open = Object.values(state.queries).some(
        (query) => query.lineKey === lineKey && !query.answered,
      );
      ensure(!open, 'LineQueryOpen', { path: 'lineKey' });
      const days = policy.pay.queryWorkingDays;
      const data = {
        ...{ statementId, providerId, queryId: deriveId(commandId, 'statementQuery') },
        ...{ packageId, personId, lineKey, reason, queriedBy: actor.id, queriedAt: now },
        dueOn: workingDaysAfter(civilDateOf(now), days, policy.bankHolidays),
      };
      return [{ type: 'StatementLineQueried', data }];
    },
    AnswerStatementQuery(state, { queryId, outcome, reason }, { now, actor }) {
      const { statementId, providerId } = ensureKnown(state);
      const query = state.queries[queryId];
      ensure(query, 'QueryUnknown', { path: 'queryId' });
      ensure(!query.answered, 'QueryAlreadyAnswered', { path: 'queryId' });
      const { personId } = query;
      const answer = { outcome, reason, answeredBy: actor.id, answeredAt: now };
      const data = { statementId, providerId, queryId, personId, ...answer };
      return [{ type: 'StatementQueryAnswered', data }];
    },
  },
  evolve: evolveStatement,
};

function ensureKnown({ statementId, providerId }: StatementState) {
  ensure(statementId, 'StatementUnknown', { path: 'statementId' });
  return { statementId, providerId };
}
