import { systemActor } from '#kernel/actor.js';
import type { PolicyChange } from '#kernel/council-policy.js';
import { weekAfter, type CivilDate, type IsoWeek } from '#kernel/time.js';
import type { PayBook, PayContract } from '#brokerage/statement/pay-book.rules.js';
import { holderOfVisit, type PayWeek } from '#brokerage/statement/pay-week.rules.js';
import type { StatedWeek } from '#brokerage/statement/statement.events.js';
import { statedWeeks } from '#brokerage/statement/statement-lines.rules.js';
import { adjustmentsOf } from '#brokerage/statement/statement-sums.rules.js';
import { payPeriodFrom } from '#brokerage/statement/statement.rules.js';
import type { StatementRow } from '../pay/statement-rows.rules.js';
import {
  hasChangedSince,
  payBook,
  weeksOfAbsence,
  weeksOfProvider,
  type PayReader,
} from '../pay/statement-lines.queries.js';
import { contractAt, weekAt, type Log } from './pay-at.queries.js';
import { packageWeekKey, statementAt, type StatementAt } from './stated-at.queries.js';

type Place = Pick<StatedWeek, 'packageId' | 'week'>;

/**
 * A provider's lines, folded from the log itself up to one position. The read model only tells which
 * streams there are, and where nothing has changed since a statement was closed.
 */
export class LinesAt {
  private readonly packageWeeks = new Map<string, Promise<PayWeek | undefined>>();
  private readonly contracts: Record<string, PayContract> = {};
  private readonly policyChanges: readonly PolicyChange[];

  private constructor(
    private readonly reader: PayReader,
    private readonly log: Log,
    private readonly asked: StatementRow,
    private readonly statements: readonly StatementAt[],
  ) {
    this.policyChanges = reader
      .select(systemActor, 'policies')
      .filter(({ changedAt }) => changedAt <= asked.position)
      .toSorted((a, b) => a.version - b.version);
  }

  static async open(reader: PayReader, log: Log, asked: StatementRow): Promise<LinesAt> {
    const { providerId, position } = asked;
    const rows = reader
      .select(systemActor, 'statements', { filter: { providerId } })
      .toSorted((a, b) => (a.statementId < b.statementId ? -1 : 1));
    const statements: StatementAt[] = [];
    for (const row of rows) statements.push(await statementAt(log, row, position));
    return new LinesAt(reader, log, asked, statements);
  }

  /** The statement's lines, and what they correct of closed ones (S2-18, X14). */
  async all(recorded: readonly Place[]): Promise<StatedWeek[]> {
    const { periodStartsOn, statementId } = this.asked;
    const others = this.statements.filter((each) => each.statementId !== statementId);
    const elsewhere = new Set(
      others.flatMap(({ weeks }) =>
        weeks.filter(({ adjusts }) => adjusts === undefined).map(({ week }) => week),
      ),
    );
    const own = await this.linesOf(periodStartsOn, recorded);
    const closed = others
      .filter((each) => each.closed)
      .toSorted((a, b) => (a.periodStartsOn < b.periodStartsOn ? -1 : 1));
    const corrections: StatedWeek[] = [];
    for (const each of closed) corrections.push(...(await this.correctionsOf(each, others)));
    return [...own.filter(({ week }) => !elsewhere.has(week)), ...corrections];
  }

  private async correctionsOf(
    { statementId, periodStartsOn, readUpTo }: StatementAt,
    others: readonly StatementAt[],
  ): Promise<StatedWeek[]> {
    const { providerId } = this.asked;
    const { weeks } = payPeriodFrom(periodStartsOn, this.policyChanges);
    const since = { providerId, position: readUpTo, weeks };
    if (!hasChangedSince(this.reader, payBook(this.reader), since)) return [];
    const before = others.flatMap((other) =>
      other.weeks
        .filter(({ week }) => weeks.includes(week))
        .filter(({ adjusts }) => other.statementId === statementId || adjusts === periodStartsOn),
    );
    return adjustmentsOf(periodStartsOn, await this.linesOf(periodStartsOn, before), before);
  }

  /** Lines of a period; `known`: places that had lines, whoever holds them by now. */
  private async linesOf(periodStartsOn: CivilDate, known: readonly Place[]): Promise<StatedWeek[]> {
    const { providerId } = this.asked;
    const { weeks } = payPeriodFrom(periodStartsOn, this.policyChanges);
    const packageWeeks = await this.packageWeeksOf(weeks, known);
    const own = this.reader.select(systemActor, 'contracts', { filter: { providerId } });
    const held = packageWeeks.flatMap((packageWeek) =>
      Object.values(packageWeek.visits).map((visit) => holderOfVisit(packageWeek, visit)),
    );
    await this.readContracts([...own, ...held].map(({ contractId }) => contractId));
    const book: PayBook = { contracts: this.contracts, policyChanges: this.policyChanges };
    return statedWeeks({ providerId, weeks, packageWeeks, book });
  }

  private async packageWeeksOf(
    weeks: readonly IsoWeek[],
    known: readonly Place[],
  ): Promise<PayWeek[]> {
    const from = weekAfter(weeks[0] ?? '', -weeksOfAbsence);
    const before = weekAfter(weeks.at(-1) ?? '', 2);
    const now = weeksOfProvider(this.reader, this.asked.providerId, { from, before });
    const places = new Map<string, Place>();
    for (const place of [...known, ...now]) {
      if (place.packageId === null || place.week < from || place.week >= before) continue;
      places.set(packageWeekKey(place.packageId, place.week), place);
    }
    const found: PayWeek[] = [];
    for (const [key, place] of places) {
      const packageWeek = await this.weekAt(key, place);
      if (packageWeek) found.push(packageWeek);
    }
    return found;
  }

  private weekAt(key: string, place: Place): Promise<PayWeek | undefined> {
    let week = this.packageWeeks.get(key);
    if (!week) {
      const approved = Object.fromEntries(
        this.statements.flatMap((each) => Object.entries(each.approved[key] ?? {})),
      );
      week = weekAt(this.log, place, this.asked.position).then(
        (found) => found && { ...found, approved },
      );
      this.packageWeeks.set(key, week);
    }
    return week;
  }

  private async readContracts(contractIds: readonly string[]): Promise<void> {
    for (const contractId of new Set(contractIds)) {
      if (this.contracts[contractId]) continue;
      const contract = await contractAt(this.log, contractId, this.asked.position);
      if (contract) this.contracts[contractId] = contract;
    }
  }
}
