import type { EventStore, Position } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import { weekAfter, type IsoWeek } from '#kernel/time.js';
import type { PayBook } from '#brokerage/statement/pay-book.rules.js';
import { holderOfVisit } from '#brokerage/statement/pay-week.rules.js';
import type { StatedWeek } from '#brokerage/statement/statement.events.js';
import { statedWeeks } from '#brokerage/statement/statement-lines.rules.js';
import { adjustmentsOf } from '#brokerage/statement/statement-sums.rules.js';
import { payPeriodFrom, statementIdOf } from '#brokerage/statement/statement.rules.js';
import type {
  LinesAtPosition,
  StatementQuestion,
} from '#brokerage/statement/statement.preparer.js';
import type { ProjectionReader } from '../projector/reader.js';
import { settled, type Projector } from '../read-side.js';
import { pay } from './pay.projection.js';
import type { PayWeekRow } from './pay.tables.projection.js';
import type { StatementRow } from './statement-rows.rules.js';

export type PayReader = ProjectionReader<typeof pay.tables>;

/** How far back a retainer's days are counted: 28 days, and the week they began in. */
export const weeksOfAbsence = 5;

/** A provider's lines of a period and what they correct of closed ones, at one position (S2-18, X14). */
export async function statementLines(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  { providerId, periodStartsOn }: StatementQuestion,
): Promise<{ value: LinesAtPosition; position: Position }> {
  const reader = projector.reader(pay);
  await settled(reader, pay, store);
  const { position } = reader.asOf();
  const value = { weeks: linesNow(reader, { providerId, periodStartsOn }), position };
  return { value, position };
}

/** The same of a read model that has settled. */
export function linesNow(
  reader: PayReader,
  { providerId, periodStartsOn }: StatementQuestion,
): readonly StatedWeek[] {
  const book = payBook(reader);
  const own = withoutStatedElsewhere(
    reader,
    { providerId, periodStartsOn },
    periodLines(reader, book, { providerId, periodStartsOn }),
  );
  const closed = reader
    .select(systemActor, 'statements', { filter: { providerId, status: 'closed' } })
    .filter((statement) => statement.periodStartsOn !== periodStartsOn)
    .toSorted((a, b) => (a.periodStartsOn < b.periodStartsOn ? -1 : 1));
  const asked = statementIdOf(providerId, periodStartsOn);
  return [...own, ...closed.flatMap((each) => correctionsOf(reader, book, each, asked))];
}

/** A week that another statement has, of a period that the policy cut otherwise, is not stated twice. */
function withoutStatedElsewhere(
  reader: PayReader,
  { providerId, periodStartsOn }: StatementQuestion,
  lines: readonly StatedWeek[],
): readonly StatedWeek[] {
  const weeks = [...new Set(lines.map(({ week }) => week))];
  const own = statementIdOf(providerId, periodStartsOn);
  const elsewhere = new Set(
    reader
      .select(systemActor, 'stated', { filter: { providerId, week: weeks } })
      .filter(({ statementId, adjusts }) => statementId !== own && adjusts === undefined)
      .map(({ week }) => week),
  );
  return lines.filter(({ week }) => !elsewhere.has(week));
}

/** Providers that have visits in a period, or may have something to correct. */
export async function statementProviders(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  { periodStartsOn }: { readonly periodStartsOn: string },
): Promise<{ value: readonly string[]; position: Position }> {
  const reader = projector.reader(pay);
  await settled(reader, pay, store);
  const { position } = reader.asOf();
  const { weeks } = payPeriodFrom(periodStartsOn, policyChanges(reader));
  const filter = { week: { from: weeks[0], before: weekAfter(weeks.at(-1) ?? '', 1) } };
  const providers = new Set<string>();
  for (const row of reader.select(systemActor, 'weeks', { filter })) {
    for (const visit of Object.values(row.visits)) {
      const { providerId, contractType } = holderOfVisit(row, visit);
      if (contractType !== 'in-house') providers.add(providerId);
    }
  }
  return { value: [...providers].toSorted(), position };
}

/** Contracts and policy as pay reads them. */
export function payBook(reader: PayReader): PayBook {
  const contracts = reader.select(systemActor, 'contracts');
  return {
    contracts: Object.fromEntries(contracts.map((contract) => [contract.contractId, contract])),
    policyChanges: policyChanges(reader),
  };
}

const policyChanges = (reader: PayReader) =>
  reader.select(systemActor, 'policies').toSorted((a, b) => a.version - b.version);

/** A provider's own lines of a period. */
export function periodLines(
  reader: PayReader,
  book: PayBook,
  { providerId, periodStartsOn }: StatementQuestion,
): StatedWeek[] {
  const { weeks } = payPeriodFrom(periodStartsOn, book.policyChanges);
  return linesOfWeeks(reader, book, providerId, weeks);
}

/** A provider's own lines of some weeks in a row. */
export function linesOfWeeks(
  reader: PayReader,
  book: PayBook,
  providerId: string,
  weeks: readonly IsoWeek[],
): StatedWeek[] {
  const packageWeeks = weeksOfProvider(reader, providerId, weeksAround(book, providerId, weeks));
  return statedWeeks({ providerId, weeks, packageWeeks, book });
}

/** The weeks whose visits decide on lines of some weeks: clashes, and days of a retainer. */
function weeksAround({ contracts }: PayBook, providerId: string, weeks: readonly IsoWeek[]) {
  const retained = Object.values(contracts).some(
    (contract) =>
      contract.providerId === providerId &&
      contract.terms.some(({ excused }) => excused.some(({ upToDays }) => upToDays)),
  );
  const from = weekAfter(weeks[0] ?? '', retained ? -weeksOfAbsence : -1);
  return { from, before: weekAfter(weeks.at(-1) ?? '', 2) };
}

/** Package weeks that a provider has visits in: opened for it, or taken over from another. */
export function weeksOfProvider(
  reader: PayReader,
  providerId: string,
  week: { readonly from: IsoWeek; readonly before: IsoWeek },
): PayWeekRow[] {
  const own = reader.select(systemActor, 'weeks', { filter: { providerId, week } });
  const shared = reader
    .select(systemActor, 'weeks', { filter: { shared: true, week } })
    .filter((row) => row.providerId !== providerId)
    .filter(({ visits }) =>
      Object.values(visits).some(({ holder }) => holder?.providerId === providerId),
    );
  return [...own, ...shared];
}

/**
 * What later facts change of a closed statement, beside what other statements, closed or not, have
 * adjusted of it already: the same difference stands once. Nothing is read where none came (X14).
 */
function correctionsOf(
  reader: PayReader,
  book: PayBook,
  statement: StatementRow,
  asked: string,
): StatedWeek[] {
  const { providerId, periodStartsOn, position } = statement;
  const { weeks } = payPeriodFrom(periodStartsOn, book.policyChanges);
  if (!hasChangedSince(reader, book, { providerId, position, weeks })) return [];
  const now = periodLines(reader, book, { providerId, periodStartsOn });
  const own = statementIdOf(providerId, periodStartsOn);
  const before = reader
    .select(systemActor, 'stated', { filter: { providerId, week: rangeOf(weeks) } })
    .filter(({ statementId }) => statementId !== asked)
    .filter(({ statementId, adjusts }) => statementId === own || adjusts === periodStartsOn)
    .toSorted((a, b) => (a.statementId < b.statementId ? -1 : 1))
    .map(({ statementId: _, providerId: __, ...week }) => week);
  return adjustmentsOf(periodStartsOn, now, before);
}

const rangeOf = (weeks: readonly IsoWeek[]) => ({
  from: weeks[0] ?? '',
  before: weekAfter(weeks.at(-1) ?? '', 1),
});

/** Whether anything that lines of some weeks are made of has changed since a position. */
export function hasChangedSince(
  reader: PayReader,
  book: PayBook,
  {
    providerId,
    position,
    weeks,
  }: Pick<StatementRow, 'providerId' | 'position'> & {
    readonly weeks: readonly IsoWeek[];
  },
): boolean {
  const later = ({ changedAt }: { readonly changedAt: number }) => changedAt > position;
  if (reader.select(systemActor, 'contracts', { filter: { providerId } }).some(later)) return true;
  if (reader.select(systemActor, 'policies').some(later)) return true;
  const week = weeksAround(book, providerId, weeks);
  const changed = { week, changedAt: { from: position + 1 } };
  return [{ providerId }, { shared: true }].some(
    (of) =>
      reader.select(systemActor, 'weeks', { filter: { ...of, ...changed }, limit: 1 }).length > 0,
  );
}
