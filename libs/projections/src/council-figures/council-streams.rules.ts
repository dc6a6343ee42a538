import { visitIdOf } from '#brokerage/visit/visit.rules.js';
import type { StoredEvent } from '#eventstore/event-store.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import type { Contract, Framework } from '../contract-register/contract-register.view.js';
import { madeOf, type CountedStream } from '../figure-events/figure-events.queries.js';
import { RowTrace } from '../projector/row-trace.js';
import {
  awardKey,
  councilFigures,
  type AwardRow,
  type CareRow,
} from './council-figures.projection.js';
import type { VisitFigures, WeekFiguresRow } from './council-figures.rules.js';

/** How visits count in a figure. */
export interface Counting {
  readonly counts: (visit: VisitFigures) => boolean;
  /** What of a visit the figure is made of: an event that leaves it the same made none of it. */
  readonly looked: (visit: VisitFigures) => unknown;
}
interface Item {
  readonly row: WeekFiguresRow;
  readonly packageId: string;
  readonly id: string;
}
export type ItemOf = (item: Item) => string;

export const person: ItemOf = ({ row }) => row.personId;
export const visitOf: ItemOf = ({ packageId, id }) => visitIdOf(packageId, id);
const isDelivered = ({ legs }: VisitFigures): boolean => Object.keys(legs).length > 0;
export const planned: Counting = { counts: () => true, looked: () => true };
export const plannedMinutes: Counting = {
  counts: () => true,
  looked: ({ minutes, carers }) => `${minutes} ${carers}`,
};
export const delivered: Counting = { counts: isDelivered, looked: isDelivered };
export const deliveredMinutes: Counting = { counts: isDelivered, looked: ({ legs }) => legs };

const weekMark = /^visitWeek-(.+)-\d{4}-W\d{2}$/;
export const packageOf = (stream: string): string => weekMark.exec(stream)?.[1] ?? '';

const traceOf = (events: readonly StoredEvent[]): RowTrace =>
  new RowTrace(councilFigures, events, undefined);

export const weekStream = (
  stream: string,
  itemOf: ItemOf,
  { counts, looked }: Counting,
): CountedStream => ({
  stream,
  madeBy(events) {
    const trace = traceOf(events);
    const of = (row: WeekFiguresRow, id: string) =>
      itemOf({ row, id, packageId: packageOf(stream) });
    const row = trace.row<WeekFiguresRow>('weeks', stream);
    const made = Object.entries(row?.visits ?? {}).flatMap(([id, visit]) => {
      if (!row || !counts(visit)) return [];
      const by = trace.eventsOf<WeekFiguresRow>('weeks', stream, ({ visits }) => {
        const then = visits[id];
        return then && looked(then);
      });
      return [[of(row, id), by] as const];
    });
    const counted = new Set(made.map(([item]) => item));
    const lost = trace.preventing<WeekFiguresRow>(
      'weeks',
      stream,
      ({ visits }) => visits,
      (then, id) => counts(then.visits[id] as VisitFigures) && !counted.has(of(then, id)),
    );
    return madeOf(made, lost);
  },
});

/** Under which contract, from when to when. */
export const lifeOf = ({ contractId, startOn, endsBefore }: CareRow): string =>
  `${contractId} ${startOn} ${endsBefore}`;

export const careStream = (
  packageId: string,
  looked: (row: CareRow) => unknown,
  itemOf: (row: CareRow) => string = () => packageId,
): CountedStream => ({
  stream: `carePackage-${packageId}`,
  madeBy(events) {
    const trace = traceOf(events);
    const row = trace.row<CareRow>('care', packageId);
    return row ? madeOf([[itemOf(row), trace.eventsOf('care', packageId, looked)]]) : new Map();
  },
});

export const cards = ({ rateCards }: Contract): unknown => rateCards;
export const admissions = (row: Contract): unknown => row.admissions;
export const ends = ({ agreedEndsBefore, endedBefore }: Contract): string =>
  `${agreedEndsBefore} ${endedBefore}`;

export const contractStream = (
  contractId: string,
  looks: readonly ((row: Contract) => unknown)[],
  items: readonly string[] = [contractId],
): CountedStream => ({
  stream: `providerContract-${contractId}`,
  madeBy(events) {
    const trace = new RowTrace(contractRegister, events, undefined);
    const made = looks.flatMap((looked) => trace.eventsOf('contracts', contractId, looked));
    return new Map(made.map((event) => [event, items] as const));
  },
});

/** When a framework ends decides on its contracts; it counts in nothing itself. */
export function* frameworksOf(contracts: readonly Contract[]): Generator<CountedStream> {
  for (const frameworkId of new Set(contracts.flatMap((each) => each.frameworkId ?? []))) {
    yield {
      stream: `framework-${frameworkId}`,
      madeBy(events) {
        const trace = new RowTrace(contractRegister, events, undefined);
        const lastDay = (row: Framework) => row.lastDay;
        const made = trace.eventsOf<Framework>('frameworks', frameworkId, lastDay);
        return new Map(made.map((event) => [event, []] as const));
      },
    };
  }
}

/** The award that stands of a package; `item` is as what it counts. */
export const awardStream = (award: AwardRow, item: string): CountedStream => ({
  stream: `carePackage-${award.packageId}`,
  madeBy: (events) => madeOf([[item, traceOf(events).eventsOf('awards', awardKey(award))]]),
});
