import { systemActor, type Viewer } from '#kernel/actor.js';
import { isoWeekOf, weekAfter } from '#kernel/time.js';
import {
  adjustmentStep,
  explainExcused,
  explainLeg,
  pounds,
} from '#brokerage/statement/explain-line.rules.js';
import { daysOfAbsence } from '#brokerage/statement/pay-absence.rules.js';
import { TermsByDate } from '#brokerage/statement/pay-book.rules.js';
import type { PayVisit, PayWeek } from '#brokerage/statement/pay-week.rules.js';
import type { PayLine, StatedWeek } from '#brokerage/statement/statement.events.js';
import { legsToPay } from '#brokerage/statement/statement-lines.rules.js';
import { lineKeyOf } from '#brokerage/statement/statement-sums.rules.js';
import type { StatementRow } from '../pay/statement-rows.rules.js';
import { weeksOfAbsence, type PayReader } from '../pay/statement-lines.queries.js';
import { contractAt, weekAt, type Log } from './pay-at.queries.js';
import { lineView, statedOf } from './statements.queries.js';
import type { LineExplanation } from './statements.view.js';

/**
 * Why a line pays what it pays, from the log as the statement's position had it, so that it says the
 * same for ever (S2-18).
 */
export async function explainedLine(
  reader: PayReader,
  log: Log,
  viewer: Viewer,
  { statementId, lineKey }: { readonly statementId: string; readonly lineKey: string },
): Promise<LineExplanation | null> {
  const statement = reader.get(viewer, 'statements', statementId);
  if (!statement) return null;
  for (const week of statedOf(reader, viewer, statementId)) {
    const line = week.lines.find((each) => lineKeyOf(week, each) === lineKey);
    if (!line) continue;
    const steps = await stepsOf(reader, log, { statement, week, line });
    return {
      line: lineView(week, line),
      steps: [
        ...steps,
        ...(week.adjusts === undefined ? [] : [adjustmentStep(line, week.adjusts)]),
        `Rule set ${statement.rules}; the log was read to position ${statement.position}.`,
      ],
      ...{ rulesVersion: statement.rules, position: String(statement.position) },
    };
  }
  return null;
}

interface Asked {
  readonly statement: StatementRow;
  readonly week: StatedWeek;
  readonly line: PayLine;
}

async function stepsOf(reader: PayReader, log: Log, { statement, week, line }: Asked) {
  if (week.packageId === null) {
    return [`The block’s hours of ${week.week} cost ${pounds(line.pence)}, used or not (S2-4).`];
  }
  const { position } = statement;
  const packageWeek = await weekAt(log, week, position);
  const [visitKey = '', leg = ''] = line.line.split('/');
  const visit = packageWeek?.visits[visitKey];
  if (!packageWeek || !visit) return ['The visit is not in this provider’s plan any more.'];
  const contract = await contractAt(log, week.contractId, position);
  const policyChanges = reader
    .select(systemActor, 'policies')
    .filter(({ changedAt }) => changedAt <= position)
    .toSorted((a, b) => a.version - b.version);
  const contracts = contract ? { [week.contractId]: contract } : {};
  const terms = new TermsByDate({ contracts, policyChanges }).on(week.contractId, visit.on);
  if (leg === 'excused') {
    const weeks = await weeksOfAbsenceAt(log, week, statement);
    return excusedSteps({ packageWeek, weeks, visitKey, visit, line }, terms);
  }
  // A clash lies in another visit's log: the stated line says whether there was one.
  const clashes = line.heldBecause === 'two-homes-at-once';
  const legs = legsToPay(visitKey, packageWeek, visit, { clashing: new Set() });
  const found = legs.find(([name]) => name === leg);
  return found ? explainLeg({ ...found[1], clashes }, terms, line) : ['The leg was voided (X11).'];
}

function excusedSteps(
  {
    packageWeek,
    weeks,
    visitKey,
    visit,
    line,
  }: {
    packageWeek: PayWeek;
    weeks: readonly PayWeek[];
    visitKey: string;
    visit: PayVisit;
    line: PayLine;
  },
  terms: Parameters<typeof explainExcused>[1],
): string[] {
  const holder = visit.holder ?? packageWeek;
  const days = daysOfAbsence(holder.providerId, weeks);
  const dayOfAbsence = days.get(`${packageWeek.packageId}.${visitKey}`) ?? 1;
  const reason = visit.excused?.reason ?? '';
  return explainExcused({ ...visit, reason, dayOfAbsence }, terms, line);
}

/** The weeks that a day of absence is counted over: the line's own, and those that pay looked back on. */
async function weeksOfAbsenceAt(
  log: Log,
  stated: StatedWeek,
  { position, periodStartsOn }: StatementRow,
): Promise<PayWeek[]> {
  const first = isoWeekOf(stated.adjusts ?? periodStartsOn);
  const weeks: PayWeek[] = [];
  for (
    let back = weekAfter(first, -weeksOfAbsence);
    back <= stated.week;
    back = weekAfter(back, 1)
  ) {
    const found = await weekAt(log, { ...stated, week: back }, position);
    if (found) weeks.push(found);
  }
  return weeks;
}
