import type { Viewer } from '#kernel/actor.js';
import type { PayLine, StatedWeek } from '#brokerage/statement/statement.events.js';
import { lineKeyOf } from '#brokerage/statement/statement-sums.rules.js';
import type { PayReader } from '../pay/statement-lines.queries.js';
import type { StatementRow } from '../pay/statement-rows.rules.js';
import { LinesAt } from './lines-at.queries.js';
import type { Log } from './pay-at.queries.js';
import { eventsOfStatement } from './stated-at.queries.js';
import type { LineDifference, StatementReproduction } from './statements.view.js';

const shownDifferences = 100;

/**
 * Works all of a statement's lines out again from the log up to the statement's position, those that
 * correct closed statements too, and compares them with those that were recorded: each line with all
 * that it says (S2-18, X14).
 */
export async function reproducedStatement(
  reader: PayReader,
  log: Log,
  viewer: Viewer,
  statementId: string,
): Promise<StatementReproduction | null> {
  const statement = reader.get(viewer, 'statements', statementId);
  if (!statement) return null;
  const weeks = await recordedWeeks(log, statement);
  const recorded = byKey(weeks);
  const again = byKey(await (await LinesAt.open(reader, log, statement)).all(weeks));
  const differences: LineDifference[] = [];
  for (const key of new Set([...recorded.keys(), ...again.keys()])) {
    const [before, now] = [recorded.get(key), again.get(key)];
    if (JSON.stringify(before?.line) === JSON.stringify(now?.line)) continue;
    const { week, line } = (before ?? now) as KeyedLine;
    differences.push({
      lineKey: lineKeyOf(week, line),
      ...(week.adjusts !== undefined && { adjusts: week.adjusts }),
      ...(before && { recordedPence: before.line.pence }),
      ...(now && { reproducedPence: now.line.pence }),
    });
  }
  return {
    ...{ statementId, position: String(statement.position), same: differences.length === 0 },
    ...{ lineCount: recorded.size, recordedPence: sumOf(recorded), reproducedPence: sumOf(again) },
    adjustmentCount: [...recorded.values()].filter(({ week }) => week.adjusts !== undefined).length,
    ...{ differenceCount: differences.length, differences: differences.slice(0, shownDifferences) },
  };
}

interface KeyedLine {
  readonly week: StatedWeek;
  readonly line: PayLine;
}

/** A line may be corrected under two contracts, and of another period. */
const byKey = (weeks: readonly StatedWeek[]): Map<string, KeyedLine> =>
  new Map(
    weeks.flatMap((week) =>
      week.lines.map((line): [string, KeyedLine] => {
        const key = `${week.adjusts ?? ''}/${week.contractId}/${lineKeyOf(week, line)}`;
        return [key, { week, line }];
      }),
    ),
  );

const sumOf = (lines: ReadonlyMap<string, KeyedLine>): number =>
  [...lines.values()].reduce((sum, { line }) => sum + line.pence, 0);

/** As the last preparation recorded them: what was approved later is not in them. */
const recordedWeeks = async (
  log: Log,
  { statementId, run }: StatementRow,
): Promise<readonly StatedWeek[]> =>
  (await eventsOfStatement(log, statementId)).flatMap(({ type, data }) =>
    type === 'StatementLinesAdded' && data.run === run ? data.weeks : [],
  );
