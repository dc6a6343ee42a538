import { systemActor, type Viewer } from '#kernel/actor.js';
import { weekAfter } from '#kernel/time.js';
import type { PayBook, PayContract } from '#brokerage/statement/pay-book.rules.js';
import { holderOfVisit, type PayWeek } from '#brokerage/statement/pay-week.rules.js';
import type { PayLine, StatedWeek, StatementEvent } from '#brokerage/statement/statement.events.js';
import { statedWeeks } from '#brokerage/statement/statement-lines.rules.js';
import { lineKeyOf } from '#brokerage/statement/statement-sums.rules.js';
import { payPeriodFrom } from '#brokerage/statement/statement.rules.js';
import type { StatementRow } from '../pay/statement-rows.rules.js';
import { weeksOfAbsence, weeksOfProvider, type PayReader } from '../pay/statement-lines.queries.js';
import { contractAt, weekAt, type Log } from './pay-at.queries.js';
import type { LineDifference, StatementReproduction } from './statements.view.js';

const shownDifferences = 100;

/**
 * Works a statement's own lines out again from the log up to the statement's position, and compares
 * them with those that were recorded: each line with all that it says (S2-18). What it corrects of
 * closed statements is as recorded.
 */
export async function reproducedStatement(
  reader: PayReader,
  log: Log,
  viewer: Viewer,
  statementId: string,
): Promise<StatementReproduction | null> {
  const statement = reader.get(viewer, 'statements', statementId);
  if (!statement) return null;
  const events = await eventsOf(log, statementId);
  const recorded = byKey(recordedWeeks(events, statement));
  const of = {
    statement,
    recorded: [...recorded.values()],
    approved: approvedAt(events, statement),
  };
  const again = byKey(await weeksAgain(reader, log, of));
  const differences: LineDifference[] = [];
  for (const lineKey of new Set([...recorded.keys(), ...again.keys()])) {
    const [before, now] = [recorded.get(lineKey)?.line, again.get(lineKey)?.line];
    if (JSON.stringify(before) === JSON.stringify(now)) continue;
    differences.push({
      lineKey,
      ...(before && { recordedPence: before.pence }),
      ...(now && { reproducedPence: now.pence }),
    });
  }
  return {
    ...{ statementId, position: String(statement.position), same: differences.length === 0 },
    ...{ lineCount: recorded.size, recordedPence: sumOf(recorded), reproducedPence: sumOf(again) },
    ...{ differenceCount: differences.length, differences: differences.slice(0, shownDifferences) },
  };
}

interface KeyedLine {
  readonly week: StatedWeek;
  readonly line: PayLine;
}

const byKey = (weeks: readonly StatedWeek[]): Map<string, KeyedLine> =>
  new Map(
    weeks.flatMap((week) =>
      week.lines.map((line) => [lineKeyOf(week, line), { week, line }] as const),
    ),
  );

const sumOf = (lines: ReadonlyMap<string, KeyedLine>): number =>
  [...lines.values()].reduce((sum, { line }) => sum + line.pence, 0);

type Placed = StatementEvent & { readonly position: number };

const eventsOf = async (log: Log, statementId: string): Promise<Placed[]> =>
  (await log.read(`statement-${statementId}`, { limit: 10_000 })) as unknown as Placed[];

/** As the last preparation recorded them: what was approved later is not in them. */
const recordedWeeks = (events: readonly Placed[], { run }: StatementRow): StatedWeek[] =>
  events.flatMap(({ type, data }) =>
    type === 'StatementLinesAdded' && data.run === run
      ? data.weeks.filter(({ adjusts }) => adjusts === undefined)
      : [],
  );

/** Held minutes that were approved before the position, by package and week. */
function approvedAt(events: readonly Placed[], { position }: StatementRow) {
  const approved = new Map<string, Record<string, number>>();
  for (const { type, data, ...event } of events) {
    if (type !== 'HeldPayApproved' || event.position > position) continue;
    const key = `${data.packageId}/${data.week}`;
    approved.set(key, { ...approved.get(key), [data.line]: data.approvedMinutes });
  }
  return approved;
}

interface Again {
  readonly statement: StatementRow;
  readonly recorded: readonly KeyedLine[];
  readonly approved: ReturnType<typeof approvedAt>;
}

async function weeksAgain(
  reader: PayReader,
  log: Log,
  { statement, recorded, approved }: Again,
): Promise<StatedWeek[]> {
  const { providerId, periodStartsOn, position } = statement;
  const policyChanges = reader
    .select(systemActor, 'policies')
    .filter(({ changedAt }) => changedAt <= position)
    .toSorted((a, b) => a.version - b.version);
  const { weeks } = payPeriodFrom(periodStartsOn, policyChanges);
  const from = weekAfter(weeks[0] ?? '', -weeksOfAbsence);
  const before = weekAfter(weeks.at(-1) ?? '', 2);
  const places = new Map<string, { packageId: string | null; week: string }>();
  for (const place of [
    ...recorded.map(({ week }) => week),
    ...weeksOfProvider(reader, providerId, { from, before }),
  ]) {
    if (place.packageId !== null) places.set(`${place.packageId}/${place.week}`, place);
  }
  const packageWeeks: PayWeek[] = [];
  for (const [key, place] of places) {
    const packageWeek = await weekAt(log, place, position);
    if (packageWeek) packageWeeks.push({ ...packageWeek, approved: approved.get(key) ?? {} });
  }
  const contractIds = reader
    .select(systemActor, 'contracts')
    .filter((contract) => contract.providerId === providerId)
    .map(({ contractId }) => contractId);
  const held = packageWeeks.flatMap((packageWeek) =>
    Object.values(packageWeek.visits).map((visit) => holderOfVisit(packageWeek, visit).contractId),
  );
  const book: PayBook = {
    contracts: await contractsAt(log, new Set([...contractIds, ...held]), position),
    policyChanges,
  };
  const stated = new Set(recorded.map(({ week }) => week.week));
  return statedWeeks({ providerId, weeks, packageWeeks, book }).filter(
    ({ week }) => stated.size === 0 || stated.has(week),
  );
}

async function contractsAt(
  log: Log,
  contractIds: ReadonlySet<string>,
  position: number,
): Promise<Record<string, PayContract>> {
  const contracts: Record<string, PayContract> = {};
  for (const contractId of contractIds) {
    const contract = await contractAt(log, contractId, position);
    if (contract) contracts[contractId] = contract;
  }
  return contracts;
}
