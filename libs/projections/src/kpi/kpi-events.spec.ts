import type { CouncilPolicyValues } from '#kernel/council-policy.js';
import type { PlannedVisit } from '#kernel/schedule.js';
import { commissioner, contractId, otherProviderId, providerId } from '../care.fixtures.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { eventsOf, eventsPage } from '../figure-events/figure-events.queries.js';
import type { FigureEvent } from '../figure-events/figure-events.view.js';
import { givenEvents, storedFrom, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { KpiFigureEvents } from './kpi-events.queries.js';
import { figureParts, kpiFigures, type FigurePart, type KpiFigure } from './kpi-figures.view.js';
import { isOfWindows, measure } from './kpi-measure.rules.js';
import { summed, type Counts } from './kpi-shares.rules.js';
import { kpi } from './kpi.projection.js';
import { KpiReads } from './kpi.queries.js';

const month = '2026-03';
const today = '2026-05-01';
const day = (at: number) => `2026-03-${String(9 + at).padStart(2, '0')}`;
const visit = (at: number, over: Partial<PlannedVisit> = {}): PlannedVisit => ({
  ...{ visit: `${day(at)}.1.1`, on: day(at), agreedStart: '08:00', minutes: 30, carers: 1 },
  ...{ startsAt: `${day(at)}T08:00:00.000Z`, critical: false, ...over },
});

/** A package's week, its stream named as the log names it. */
function weekOf(packageId: string, provider: string, patch: string) {
  const week = '2026-W11';
  const stream = `visitWeek-${packageId}-${week}`;
  const inWeek = { packageId, personId: `person of ${packageId}`, week };
  const holder = { providerId: provider, contractId, contractType: 'framework', patch };
  const event = (type: string, data: object): SpecEvent => ({ type, stream, data });
  return {
    planned: (...visits: PlannedVisit[]) => event('WeekPlanned', { ...inWeek, ...holder, visits }),
    logged: (at: number, time: string, carerId = 'A', leg = 1, method = 'app') =>
      event('VisitsRecorded', {
        ...{ ...inWeek, providerId: provider },
        legs: [
          {
            ...{ visit: `${day(at)}.1.1`, leg, carerId, method },
            ...{ inAt: `${day(at)}T${time}:00.000Z`, outAt: null },
          },
        ],
      }),
    corrected: (at: number, time: string) =>
      event('VisitCorrected', {
        ...{ ...inWeek, visit: `${day(at)}.1.1`, leg: 1, carerId: 'A' },
        ...{ inAt: `${day(at)}T${time}:00.000Z`, outAt: null },
      }),
    excused: (at: number) =>
      event('VisitExcused', { ...inWeek, visit: `${day(at)}.1.1`, reason: 'hospital' }),
    missReported: (at: number, by: string) =>
      event('VisitMissReported', { visit: `${day(at)}.1.1`, by, at: '2026-03-12T09:00:00.000Z' }),
    detected: (at: number) =>
      event('VisitMissDetected', {
        ...{ visit: `${day(at)}.1.1`, reportDueBy: '2026-03-14T00:00:00.000Z' },
      }),
    withdrawn: (at: number) => event('VisitDetectionWithdrawn', { visit: `${day(at)}.1.1` }),
  };
}

const policyIs = (values: CouncilPolicyValues, version = 1): SpecEvent => ({
  ...{ type: 'PolicyChangeApproved', stream: councilPolicyStream },
  data: {
    ...{ changeId: `k${version}`, effectiveOn: '2026-01-01', values, reason: 'r' },
    ...{ proposedBy: 'a', approvedBy: 'b', version },
  },
});

const own = weekOf('p1', providerId, 'north');
const neighbour = weekOf('p2', providerId, 'south');
const others = weekOf('p3', otherProviderId, 'north');

/** Every figure has something that counts in it, and something that does not. */
const months: readonly SpecEvent[] = [
  policyIs({ punctualityToleranceMinutes: { standard: 20, critical: 10 } }),
  policyIs({ lateCutOffMinutes: 120 }, 2),
  own.planned(
    visit(0),
    visit(1, { critical: true }),
    visit(2, { carers: 2 }),
    visit(3),
    visit(4, { minutes: 15, shortAgreed: true }),
    visit(5),
    visit(6),
  ),
  own.logged(0, '08:25'),
  own.logged(1, '08:05', 'B'),
  own.logged(2, '08:00', 'C', 1, 'manual'),
  own.corrected(0, '08:19'),
  own.detected(3),
  own.excused(5),
  own.missReported(6, 'provider'),
  own.detected(6),
  neighbour.planned(visit(0), visit(1, { carers: 2 }), visit(2), visit(3), visit(4)),
  neighbour.logged(0, '11:00', 'D'),
  neighbour.logged(1, '08:00', 'D'),
  neighbour.logged(1, '08:01', 'unknown', 2),
  neighbour.missReported(2, 'council'),
  neighbour.detected(3),
  neighbour.withdrawn(3),
  others.planned(visit(0), visit(1)),
  others.logged(0, '08:00', 'Z'),
  others.detected(1),
];

const stored = (events: readonly SpecEvent[]) =>
  events.map((event, at) => storedFrom(event, at + 1));

function givenMonth(events: readonly SpecEvent[]) {
  const log = stored(events);
  const { projector } = projectorOver({
    kpi: givenEvents(kpi).given(...events),
    'contract-register': givenEvents(contractRegister),
    'council-policy': givenEvents(councilPolicy),
  });
  const read = (name: string) => Promise.resolve(log.filter(({ stream }) => stream === name));
  const figures = new KpiFigureEvents(projector);
  const counted = (figure: KpiFigure, part: FigurePart = 'required', of: object = { providerId }) =>
    figures.counted({ ...{ month, today, figure, part }, ...of });
  return {
    reads: new KpiReads(projector),
    counted,
    log: { read },
    events: async (figure: KpiFigure, part?: FigurePart, of?: object): Promise<FigureEvent[]> => {
      const listed: FigureEvent[] = [];
      for await (const event of eventsOf({ read }, counted(figure, part, of))) listed.push(event);
      return listed;
    },
  };
}

/** A provider's counts in a log, as they are stored. */
const countsIn = (events: readonly SpecEvent[]): Counts =>
  summed(
    givenMonth(events)
      .reads.figures(commissioner, month, today)
      .filter((each) => each.providerId === providerId),
  );
const valueIn = (events: readonly SpecEvent[], figure: KpiFigure, part: FigurePart): number =>
  measure(countsIn(events), figure, part);

const whole = countsIn(months);
const eachLeftOut = months.map((left) => countsIn(months.filter((event) => event !== left)));

const isListed = (listed: readonly FigureEvent[]) => (_: SpecEvent, at: number) =>
  listed.some(({ position }) => position === String(at + 1));
/** The listed events, and of the visits that they plan those that they are listed for. */
const onlyOf = (figure: KpiFigure, listed: readonly FigureEvent[]): SpecEvent[] =>
  months.filter(isListed(listed)).map((event) => {
    const { packageId, visits } = event.data as { packageId: string; visits?: PlannedVisit[] };
    if (!visits || isOfWindows(figure)) return event;
    const concerned = visits.filter((each) => items(listed).has(`${packageId}.${each.visit}`));
    return { ...event, data: { ...(event.data as object), visits: concerned } };
  });
const items = (listed: readonly FigureEvent[]) =>
  new Set(listed.flatMap(({ concerns }) => concerns));
const places = (listed: readonly FigureEvent[]) => listed.map(({ position }) => Number(position));

describe('The events behind a month’s figures', () => {
  const cases = kpiFigures.flatMap((figure) => figureParts.map((part) => [figure, part] as const));

  it.each(cases)('of %s (%s) give the same number alone (S2-10)', async (figure, part) => {
    const listed = await givenMonth(months).events(figure, part);
    const value = measure(whole, figure, part);
    expect(valueIn(onlyOf(figure, listed), figure, part)).toBe(value);
    if (value === 0) expect(items(listed).size).toBe(0);
  });

  it.each(cases)('of %s (%s) leave nothing when they are gone (S2-10)', async (figure, part) => {
    const listed = await givenMonth(months).events(figure, part);
    const made = listed.filter(({ concerns }) => concerns.length > 0);
    const without = months.filter((event, at) => !isListed(made)(event, at));
    expect(valueIn(without, figure, part)).toBe(0);
  });

  const ofVisits = cases.filter(([figure]) => !isOfWindows(figure));
  it.each(ofVisits)(
    'of %s (%s) are all without which it is another (S2-10)',
    async (figure, part) => {
      const listed = await givenMonth(months).events(figure, part);
      const telling = months.flatMap((event, at) => {
        const without = measure(eachLeftOut[at] ?? {}, figure, part);
        return without === measure(whole, figure, part) || isListed(listed)(event, at)
          ? []
          : [event];
      });
      expect(telling).toEqual([]);
    },
  );

  it.each(kpiFigures.filter((figure) => figure !== 'electronic-logs'))(
    'of %s concern as many different things as the figure counts (S2-10)',
    async (figure) => {
      const listed = await givenMonth(months).events(figure);
      expect(items(listed).size).toBe(measure(whole, figure, 'required'));
      if (isOfWindows(figure)) expect([...items(listed)][0]).toMatch(/^2026-\d\d-\d\d\/.+\/person/);
    },
  );

  it.each(kpiFigures)('of %s measure what the row shows (S2-10)', (figure) => {
    const { reads } = givenMonth(months);
    const [row] = reads.providerKpis(commissioner, month, today, providerId).rows;
    const name = figure.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const shown = (row as unknown as Record<string, number | { kept: number; required: number }>)[
      name
    ];
    const { kept, required } = typeof shown === 'object' ? shown : { kept: shown, required: shown };
    expect(measure(whole, figure, 'kept')).toBe(kept);
    expect(measure(whole, figure, 'required')).toBe(required);
  });

  it('of missed visits are their plans, reports and detections, not those of the week’s others (S2-12)', async () => {
    const listed = await givenMonth(months).events('missed');
    const own = listed.filter(({ stream }) => stream.includes('-p1-'));
    expect(own.map(({ type, concerns }) => [type, concerns])).toEqual([
      ['WeekPlanned', [`p1.${day(3)}.1.1`, `p1.${day(6)}.1.1`]],
      ['VisitMissDetected', [`p1.${day(3)}.1.1`]],
      ['VisitMissReported', [`p1.${day(6)}.1.1`]],
      ['VisitMissDetected', [`p1.${day(6)}.1.1`]],
    ]);
  });

  it('hold the policy that decided what counts, and none that decides on something else (S2-9)', async () => {
    const month = givenMonth(months);
    expect(places(await month.events('late')).slice(0, 2)).toEqual([1, 2]);
    expect(places(await month.events('missed'))[0]).toBe(2);
    expect(places(await month.events('planned'))[0]).toBe(3);
  });

  it('are those of one provider, patch, or all together as the row says (S2-10)', async () => {
    const month = givenMonth(months);
    const planned = async (of: object) => items(await month.events('planned', 'required', of)).size;
    expect(await planned({ providerId })).toBe(12);
    expect(await planned({ providerId, patch: 'south' })).toBe(5);
    expect(await planned({ patch: 'north' })).toBe(9);
    expect(await planned({})).toBe(14);
  });

  it('of an unreported miss are listed from the day its report is too late, not the day before (S2-12)', async () => {
    const month = givenMonth(months);
    const on = async (today: string) => {
      const of = { providerId: otherProviderId, today };
      return items(await month.events('missed-unreported', 'required', of)).size;
    };
    expect([await on('2026-03-13'), await on('2026-03-14')]).toEqual([0, 1]);
  });

  it('come in pages that together are the whole list, and are counted', async () => {
    const { log, counted, events } = givenMonth(months);
    const whole = await events('planned');
    const paged: FigureEvent[] = [];
    for (let after: string | undefined; ;) {
      const page = await eventsPage(log, counted('planned'), { first: 2, after });
      expect(await page.totalCount).toBe(whole.length);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== undefined);
      paged.push(...page.edges.map(({ node }) => node));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(paged).toEqual(whole);
  });

  it('refuse a cursor of another figure', async () => {
    const { log, counted } = givenMonth(months);
    const page = await eventsPage(log, counted('planned'), { first: 1 });
    const after = page.pageInfo.endCursor;
    await expect(eventsPage(log, counted('late'), { first: 1, after })).rejects.toThrow(
      'start from the first',
    );
  });

  it('say nothing of a person but ids', async () => {
    const [first] = await givenMonth(months).events('planned');
    expect(Object.keys(first ?? {}).toSorted()).toEqual([
      'concerns',
      'eventId',
      'position',
      'recordedAt',
      'revision',
      'stream',
      'type',
    ]);
  });
});
