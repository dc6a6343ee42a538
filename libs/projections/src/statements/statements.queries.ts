import type { Position } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import { addDays } from '#kernel/time.js';
import type { PayLine, StatedWeek } from '#brokerage/statement/statement.events.js';
import { lineKeyOf } from '#brokerage/statement/statement-sums.rules.js';
import type { Connection } from '#platform/graphql/connection.js';
import { connectionFrom } from '#platform/graphql/connection.js';
import { asOf } from '#platform/graphql/paging.view.js';
import type { StatedRow } from '../pay/pay.tables.projection.js';
import type { StatementRow } from '../pay/statement-rows.rules.js';
import type { PayReader } from '../pay/statement-lines.queries.js';
import { BadCursor } from '../projector/errors.js';
import type { Statement, StatementLine } from './statements.view.js';

/** Which lines of a statement. */
export type LineKind = 'own' | 'adjustments' | 'held';

export const statementView = (row: StatementRow): Statement => {
  const { statementId, providerId, periodStartsOn, endsBefore, totals, rules, run, status } = row;
  const { preparedBy, preparedAt, approvedBy, approvedAt, closedBy, closedAt } = row;
  return {
    ...{ statementId, providerId, periodStartsOn, lastDay: addDays(endsBefore, -1), status, run },
    ...{ position: String(row.position), rulesVersion: rules, openQueries: row.openQueries },
    ...{ lineCount: totals.lines, pence: totals.pence, totalPence: totals.totalPence },
    ...{ adjustmentCount: totals.adjustmentLines, adjustmentPence: totals.adjustmentPence },
    ...{ heldCount: totals.heldLines, heldPence: totals.heldPence },
    ...(preparedBy && preparedAt && { preparedBy, preparedAt }),
    ...(approvedBy && approvedAt && { approvedBy, approvedAt }),
    ...(closedBy && closedAt && { closedBy, closedAt }),
  };
};

export const lineView = (week: StatedWeek, line: PayLine): StatementLine => {
  const { packageId, personId, contractId, adjusts } = week;
  const { line: _, minutes, statedMinutes: __, short, ...paid } = line;
  return {
    ...{ lineKey: lineKeyOf(week, line), contractId, week: week.week },
    ...(packageId !== null && { packageId }),
    ...(personId !== null && { personId }),
    ...(minutes !== undefined && { attendedMinutes: minutes }),
    ...paid,
    shortVisit: short ?? false,
    ...(adjusts !== undefined && { adjusts }),
  };
};

/** All lines of a statement in the order in which they were stated. */
export function linesOf(
  reader: PayReader,
  viewer: Viewer,
  statementId: string,
  kind?: LineKind,
  asOf?: Position,
): StatementLine[] {
  return statedOf(reader, viewer, statementId, asOf)
    .filter(({ adjusts }) => kind === undefined || kind === 'held' || isKind(adjusts, kind))
    .flatMap((week) =>
      week.lines
        .filter(({ heldMinutes }) => kind !== 'held' || heldMinutes !== undefined)
        .map((line) => lineView(week, line)),
    );
}

const isKind = (adjusts: string | undefined, kind: LineKind): boolean =>
  (adjusts === undefined) === (kind === 'own');

export const statedOf = (
  reader: PayReader,
  viewer: Viewer,
  statementId: string,
  asOf?: Position,
): readonly StatedRow[] => reader.select(viewer, 'stated', { filter: { statementId }, asOf });

/** A page of lines; the cursor is the place of a line, which a closed statement keeps for ever. */
export function linesPage(
  reader: PayReader,
  viewer: Viewer,
  asked: {
    statementId: string;
    kind?: LineKind | undefined;
    first: number;
    cursor?: string | undefined;
    asOf?: Position | undefined;
  },
): Connection<StatementLine> {
  const { statementId, kind, first, cursor } = asked;
  const lines = linesOf(reader, viewer, statementId, kind, asked.asOf);
  const after = cursor === undefined ? 0 : placeOf(cursor);
  const edges = lines
    .slice(after, after + first)
    .map((node, at) => ({ node, cursor: `line-${after + at + 1}` }));
  const hasNextPage = after + first < lines.length;
  const page = { edges, hasNextPage, hasPreviousPage: after > 0, totalCount: lines.length };
  return connectionFrom({ ...page, asOf: asOf(reader.asOf()) });
}

function placeOf(cursor: string): number {
  const [, place] = /^line-(\d{1,7})$/.exec(cursor) ?? [];
  if (place === undefined) throw new BadCursor();
  return Number(place);
}
