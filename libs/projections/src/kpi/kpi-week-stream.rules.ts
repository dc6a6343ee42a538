import { madeOf, type CountedStream } from '../figure-events/figure-events.queries.js';
import { RowTrace } from '../projector/row-trace.js';
import { holderOf, type JudgedVisit, type JudgedWeek } from './judged-week.rules.js';
import { kpi } from './kpi.projection.js';
import type { KpiEnvironment } from './kpi.rules.js';

/** As what a visit counts: by its own id, by windows', or not at all. */
export type CountedAs = (
  row: JudgedWeek,
  id: string,
  visit: JudgedVisit,
  packageId: string,
) => readonly string[];

/** The stream of a package's week. */
export const weekStream = (
  stream: string,
  environment: KpiEnvironment,
  countedAs: CountedAs,
  looked: (row: JudgedWeek, id: string) => unknown = ({ visits }, id) => visits[id],
): CountedStream => ({
  stream,
  madeBy(events) {
    const trace = new RowTrace(kpi, events, environment);
    const packageId = weekMark.exec(stream)?.[1] ?? '';
    const countedOf = memoisedByVisit((row, id, visit) => countedAs(row, id, visit, packageId));
    const row = trace.row<JudgedWeek>('weeks', stream);
    const made = Object.entries(row?.visits ?? {}).flatMap(([id, visit]) => {
      const items = row ? countedOf(row, id, visit) : [];
      if (items.length === 0) return [];
      const by = trace.eventsOf<JudgedWeek>('weeks', stream, (week) => looked(week, id));
      return items.map((item) => [item, by] as const);
    });
    const lost = trace.preventing<JudgedWeek>(
      'weeks',
      stream,
      ({ visits }) => visits,
      (week, id) => countedOf(week, id, week.visits[id] as JudgedVisit).length > 0,
    );
    return madeOf(made, lost);
  },
});

const weekMark = /^visitWeek-(.+)-\d{4}-W\d{2}$/;

/** A visit is the same object as long as no event concerns it. */
function memoisedByVisit(
  countedOf: (row: JudgedWeek, id: string, visit: JudgedVisit) => readonly string[],
): typeof countedOf {
  const known = new WeakMap<JudgedVisit, readonly string[]>();
  return (row, id, visit) => {
    let items = known.get(visit);
    if (!items) known.set(visit, (items = countedOf(row, id, visit)));
    return items;
  };
}

/** What a plan says of where a visit is counted: what happened to it does not matter. */
export const plan = (row: JudgedWeek, id: string): string | undefined => {
  const visit = row.visits[id];
  return visit && `${visit.on} ${holderOf(row, visit).providerId} ${row.patch}`;
};
