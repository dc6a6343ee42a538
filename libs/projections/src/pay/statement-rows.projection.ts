import type { StatementEvent } from '#brokerage/statement/statement.events.js';
import type { Handlers, TableFold } from '../projector/definition.js';
import type { payTables, StatedRow } from './pay.tables.projection.js';
import {
  approvedTotals,
  openedRow,
  withApprovedLine,
  type StatementRow,
} from './statement-rows.rules.js';

const six = (at: number): string => String(at).padStart(6, '0');

/** Statements as they were prepared, approved and closed; a new preparation voids the lines before. */
export const statementHandlers: Handlers<StatementEvent, typeof payTables, undefined> = {
  StatementOpened: ({ data, tables }) => {
    for (const { key } of tables.stated.find('statementId', data.statementId)) {
      tables.stated.change(key, () => undefined);
    }
    tables.statements.change(data.statementId, (before) => openedRow(data, before));
  },
  StatementLinesAdded: ({ data: { statementId, providerId, from, weeks }, tables }) => {
    for (const [at, week] of weeks.entries()) {
      const row: StatedRow = { statementId, providerId, ...week };
      tables.stated.change(`${statementId}/${six(from + at)}`, () => row);
    }
    const parts = from + weeks.length;
    change(tables.statements, statementId, (row) => ({ ...row, parts }));
  },
  StatementPrepared: ({ data, tables }) => {
    const { statementId, rules, totals, preparedBy, preparedAt } = data;
    const prepared = { status: 'prepared' as const, rules, totals, preparedBy, preparedAt };
    change(tables.statements, statementId, (row) => ({ ...row, ...prepared }));
  },
  HeldPayApproved: ({ event, data, tables }) => {
    const { statementId, packageId, contractId, week, line, approvedMinutes, later } = data;
    tables.weeks.change(
      `visitWeek-${packageId}-${week}`,
      (row) =>
        row && {
          ...row,
          approved: { ...row.approved, [line]: approvedMinutes },
          changedAt: event.position,
        },
    );
    if (later) return;
    let settled = false;
    for (const { key, row } of tables.stated.find('statementId', statementId)) {
      const same = row.packageId === packageId && row.week === week;
      if (!same || row.contractId !== contractId) continue;
      const next = withApprovedLine(row, data);
      settled = next.lines.some((each) => each.line === line && !each.heldMinutes);
      tables.stated.change(key, () => next);
    }
    change(tables.statements, statementId, (row) => ({
      ...row,
      totals: approvedTotals(row.totals, data, settled),
    }));
  },
  StatementApproved: ({ data: { statementId, approvedBy, approvedAt }, tables }) => {
    const approved = { status: 'approved' as const, approvedBy, approvedAt };
    change(tables.statements, statementId, (row) => ({ ...row, ...approved }));
  },
  StatementClosed: ({ data: { statementId, closedBy, closedAt }, tables }) => {
    const closed = { status: 'closed' as const, closedBy, closedAt };
    change(tables.statements, statementId, (row) => ({ ...row, ...closed }));
  },
  StatementLineQueried: ({ event, data, tables }) => {
    const { statementId, providerId, queryId, lineKey, queriedBy, queriedAt, dueOn } = data;
    tables.queries.change(queryId, () => ({
      ...{ queryId, statementId, providerId, lineKey, queriedBy, queriedAt, dueOn },
      queriedPosition: event.position,
    }));
    change(tables.statements, statementId, (row) => ({ ...row, openQueries: row.openQueries + 1 }));
  },
  StatementQueryAnswered: ({ event, data, tables }) => {
    const { statementId, queryId, outcome, answeredBy, answeredAt } = data;
    const answer = { outcome, answeredBy, answeredAt, answeredPosition: event.position };
    tables.queries.change(queryId, (row) => row && { ...row, ...answer });
    change(tables.statements, statementId, (row) => ({ ...row, openQueries: row.openQueries - 1 }));
  },
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the columns do not matter here
type Statements = TableFold<StatementRow, any>;

const change = (
  statements: Statements,
  statementId: string,
  to: (row: StatementRow) => StatementRow,
): void => statements.change(statementId, (row) => row && to(row));
