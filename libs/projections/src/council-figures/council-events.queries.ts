import { systemActor } from '#kernel/actor.js';
import type { CivilDate, IsoWeek } from '#kernel/time.js';
import { standardRateOn } from '../contract-register/contract-register.rules.js';
import { inOrder } from '../figure-events/counted-streams.rules.js';
import type { Counted, CountedStream } from '../figure-events/figure-events.queries.js';
import type { Projector } from '../read-side.js';
import type { CouncilFigureName } from './council-figures.names.view.js';
import type { AwardRow } from './council-figures.projection.js';
import { CouncilFiguresReads } from './council-figures.queries.js';
import {
  admissions,
  awardStream,
  cards,
  careStream,
  contractStream,
  delivered,
  deliveredMinutes,
  ends,
  frameworksOf,
  lifeOf,
  packageOf,
  person,
  planned,
  plannedMinutes,
  visitOf,
  weekStream,
  type Counting,
  type ItemOf,
} from './council-streams.rules.js';

/** A figure of the council, by what it was stated for. */
export interface CouncilFigureAsked {
  readonly figure: CouncilFigureName;
  readonly week: IsoWeek;
  readonly weekLastDay: CivilDate;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly today: CivilDate;
}

type Streams = (from: string) => AsyncIterable<CountedStream>;

/** What counts in the figures that a council states. */
export class CouncilFigureEvents {
  private readonly reads: CouncilFiguresReads;

  constructor(projector: Projector) {
    this.reads = new CouncilFiguresReads(projector);
  }

  counted(asked: CouncilFigureAsked): Counted {
    const { figure, week, from, to, today } = asked;
    return {
      list: JSON.stringify(['council', figure, week, from, to, today]),
      asOf: this.reads.reader.asOf(),
      streams: this.streams(asked),
    };
  }

  private streams(asked: CouncilFigureAsked): Streams {
    switch (asked.figure) {
      case 'planned-people':
        return this.weeks(asked.week, person, planned);
      case 'planned-visits':
        return this.weeks(asked.week, visitOf, planned);
      case 'planned-minutes':
        return this.weeks(asked.week, visitOf, plannedMinutes);
      case 'delivered-people':
        return this.weeks(asked.week, person, delivered);
      case 'delivered-visits':
        return this.weeks(asked.week, visitOf, delivered);
      case 'delivered-minutes':
        return this.weeks(asked.week, visitOf, deliveredMinutes);
      case 'full-cost-people':
        return this.fullCost(asked.week);
      case 'awarded-packages':
      case 'awarded-minutes':
        return this.awards(asked, ({ packageId }) => packageId);
      case 'awarded-people':
        return this.awards(asked, ({ personId }) => personId);
      case 'rates':
        return fromList(() => this.rates(asked.weekLastDay));
      case 'rates-average':
        return fromList(() => [
          ...this.weights(asked.weekLastDay),
          ...this.rates(asked.weekLastDay),
        ]);
      case 'packages-needing-transition':
        return fromList(() => this.transition(asked.today));
    }
  }

  /** Weeks under external contracts. */
  private weeks(
    week: IsoWeek,
    itemOf: ItemOf,
    counting: Counting,
    fundingStatus?: string,
  ): Streams {
    return async function* (this: CouncilFigureEvents, from: string) {
      for (const stream of this.weekKeys(week, fundingStatus).filter((key) => key >= from)) {
        yield weekStream(stream, itemOf, counting);
      }
      await Promise.resolve();
    }.bind(this);
  }

  /** The people of the week's visits, and the referrals that say who pays. */
  private fullCost(week: IsoWeek): Streams {
    const status = 'full-cost';
    const funded = this.weekKeys(week, status).map((key) =>
      careStream(
        packageOf(key),
        (row) => row.fundingStatus,
        ({ personId }) => personId,
      ),
    );
    const weeks = this.weeks(week, person, planned, status);
    return async function* (from: string) {
      yield* inOrder(funded, from);
      yield* weeks(from);
    };
  }

  private weekKeys(week: IsoWeek, fundingStatus?: string): string[] {
    const ofStatus = `AND body ->> '$.fundingStatus' = ?`;
    const found = this.reads.reader.query<{ key: string }>(systemActor, {
      sql: `SELECT key FROM weeks WHERE week = ? ${fundingStatus ? ofStatus : ''} ORDER BY key`,
      params: [week, ...(fundingStatus ? [fundingStatus] : [])],
      visibleTo: () => true,
    });
    return found.map(({ key }) => key);
  }

  private awards({ from, to }: CouncilFigureAsked, itemOf: (award: AwardRow) => string): Streams {
    return fromList(() =>
      this.reads.awards(systemActor, from, to).map((award) => awardStream(award, itemOf(award))),
    );
  }

  /** Contracts with a rate on a day, and the frameworks that decide whether they are in force. */
  private *rates(on: CivilDate): Generator<CountedStream> {
    const { register } = this.reads;
    const rated = register
      .frameworkContractsOn(systemActor, on)
      .filter((contract) => standardRateOn(contract, on) !== null);
    yield* frameworksOf(rated);
    for (const { contractId } of rated) yield contractStream(contractId, [cards, admissions, ends]);
  }

  /** Live packages under the contracts of the average: their hours are the weights. */
  private *weights(on: CivilDate): Generator<CountedStream> {
    const { register } = this.reads;
    const rated = new Set(
      register
        .frameworkContractsOn(systemActor, on)
        .filter((contract) => standardRateOn(contract, on) !== null)
        .map(({ contractId }) => contractId),
    );
    for (const { packageId, contractId } of this.reads.careOn(systemActor, on)) {
      if (!contractId || !rated.has(contractId)) continue;
      yield careStream(packageId, (row) => `${lifeOf(row)} ${row.weeklyMinutes}`);
    }
  }

  /** Live packages under contracts that are over, and what ended these. */
  private *transition(on: CivilDate): Generator<CountedStream> {
    const over = this.reads.register.contractsOverOn(systemActor, on);
    const care = this.reads
      .careOn(systemActor, on)
      .filter(({ contractId }) => contractId !== null && over.has(contractId));
    for (const { packageId } of care) yield careStream(packageId, lifeOf);
    const contractIds = new Set(care.flatMap(({ contractId }) => contractId ?? []));
    const contracts = this.reads.register.reader
      .getMany(systemActor, 'contracts', [...contractIds])
      .filter((contract) => contract !== undefined);
    yield* frameworksOf(contracts);
    for (const { contractId } of contracts) yield contractStream(contractId, [ends], []);
  }
}

const fromList = (streams: () => Iterable<CountedStream>): Streams =>
  async function* (from) {
    yield* inOrder([...streams()], from);
    await Promise.resolve();
  };
