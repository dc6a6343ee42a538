import type { StatementEvent } from './statement.events.js';
import {
  initialStatement,
  knownLines,
  type KnownLine,
  type StatementState,
} from './statement.rules.js';
import { lineKeyOf, withWeeks } from './statement-sums.rules.js';

type Evolve = {
  readonly [Type in StatementEvent['type']]: (
    state: StatementState,
    data: Extract<StatementEvent, { type: Type }>['data'],
  ) => StatementState;
};

/** Folds a statement. A new preparation forgets the lines of the one before, never its queries. */
export const evolveStatement: Evolve = {
  StatementOpened: (state, { statementId, providerId, run, position, openedBy, requestId }) => ({
    ...initialStatement,
    ...{ statementId, providerId, run, position, openedBy, requestId },
    queries: state.queries,
  }),
  StatementLinesAdded: (state, { weeks }) => ({
    ...state,
    weeks: state.weeks + weeks.length,
    totals: withWeeks(state.totals, weeks),
    lines: { ...state.lines, ...Object.fromEntries(knownLines(weeks)) },
  }),
  StatementPrepared: (state, { totals }) => ({ ...state, status: 'prepared', totals }),
  HeldPayApproved: (state, data) => {
    const { packageId, personId, contractId, week, line: name, minutes, later } = data;
    const key = lineKeyOf({ packageId, personId, contractId, week, lines: [] }, { line: name });
    const line = state.lines[key];
    if (!line) return state;
    const heldMinutes = line.heldMinutes - minutes;
    const approved: KnownLine = {
      ...line,
      paidMinutes: line.paidMinutes + minutes,
      ...{ heldMinutes, approvedMinutes: data.approvedMinutes },
    };
    const lines = { ...state.lines, [key]: approved };
    return later ? { ...state, lines } : { ...state, lines, totals: withApproved(state, data) };
  },
  StatementApproved: (state) => ({ ...state, status: 'approved' }),
  StatementClosed: (state) => ({ ...state, status: 'closed' }),
  StatementLineQueried: (state, { queryId, lineKey, personId }) => ({
    ...state,
    queries: { ...state.queries, [queryId]: { lineKey, personId, answered: false } },
  }),
  StatementQueryAnswered: (state, { queryId, personId }) => ({
    ...state,
    queries: {
      ...state.queries,
      [queryId]: { lineKey: '', ...state.queries[queryId], personId, answered: true },
    },
  }),
};

/** The totals with held pay approved; an unpaid rest stays held. */
function withApproved(
  { totals, lines }: StatementState,
  data: Extract<StatementEvent, { type: 'HeldPayApproved' }>['data'],
) {
  const { packageId, personId, contractId, week, minutes, pence } = data;
  const key = lineKeyOf({ packageId, personId, contractId, week, lines: [] }, data);
  const settled = lines[key]?.heldMinutes === minutes;
  return {
    ...totals,
    pence: totals.pence + pence,
    totalPence: totals.totalPence + pence,
    heldPence: totals.heldPence - pence,
    heldLines: totals.heldLines - (settled ? 1 : 0),
  };
}
