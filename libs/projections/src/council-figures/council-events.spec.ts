import type { PlannedVisit } from '#kernel/schedule.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import {
  awarded,
  broker,
  contractId,
  fellThrough,
  needs,
  offerId,
  otherContractId,
  otherOfferId,
  providerId,
  takenOn,
  referred,
} from '../care.fixtures.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { eventsOf } from '../figure-events/figure-events.queries.js';
import type { FigureEvent } from '../figure-events/figure-events.view.js';
import { givenEvents, storedFrom, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { CouncilFigureEvents } from './council-events.queries.js';
import { councilFigureNames, type CouncilFigureName } from './council-figures.names.view.js';
import { councilFigures } from './council-figures.projection.js';
import { CouncilFiguresReads } from './council-figures.queries.js';
import type { CouncilFigures } from './council-figures.view.js';

const week = '2026-W11';
const today = '2026-03-20T12:00:00.000Z';
const wanted = { week, from: '2026-03-01', to: '2026-03-14' };

const ofPackage = (event: PackageEvent): SpecEvent => ({
  ...event,
  stream: `carePackage-${(event.data as { packageId: string }).packageId}`,
});
const visit = (on: string, carers = 1, minutes = 45): PlannedVisit => ({
  ...{ visit: `${on}.1.1`, on, agreedStart: '08:00', startsAt: `${on}T08:00:00.000Z` },
  ...{ minutes, carers, critical: false },
});
const planned = (packageId: string, personId: string, contractType = 'framework'): SpecEvent => ({
  ...{ type: 'WeekPlanned', stream: `visitWeek-${packageId}-${week}` },
  data: {
    ...{ packageId, personId, week, providerId, contractId, contractType, patch: 'north' },
    visits: [visit('2026-03-09', 2), visit('2026-03-10'), visit('2026-03-11')],
  },
});
const replanned = (packageId: string, change: object): SpecEvent => ({
  ...{ type: 'VisitsReplanned', stream: `visitWeek-${packageId}-${week}` },
  data: {
    ...{ packageId, week, providerId, contractId, contractType: 'framework', patch: 'north' },
    ...{ personId: packageId, added: [], changed: [], withdrawn: [], because: 'variation' },
    ...change,
  },
});
const logged = (packageId: string, on: string, leg = 1): SpecEvent => ({
  ...{ type: 'VisitsRecorded', stream: `visitWeek-${packageId}-${week}` },
  data: {
    ...{ packageId, week, providerId },
    legs: [
      {
        ...{ visit: `${on}.1.1`, leg, carerId: 'C1', method: 'app' },
        ...{ inAt: `${on}T08:00:00.000Z`, outAt: `${on}T08:40:00.000Z` },
      },
    ],
  },
});
const contract = (id: string, type: string, data: object): SpecEvent => ({
  ...{ type, stream: `providerContract-${id}` },
  data: { contractId: id, providerId, frameworkId: 'f1', ...data },
});
const opened = (id: string, endsBefore: string | null = null): SpecEvent[] => [
  contract(id, 'ContractOpened', {
    ...{ type: 'framework', patches: [], startsOn: '2017-10-09', endsBefore },
  }),
  contract(id, 'ContractAdmitted', {
    ...{ openingId: 'o1', lots: ['lot-1'], admittedOn: '2017-10-09' },
  }),
];
const rated = (id: string, pencePerHour: number): SpecEvent =>
  contract(id, 'RateCardSet', {
    ...{ effectiveOn: '2025-10-13', rates: [{ dayKind: 'weekday-day', pencePerHour }] },
  });

const care = { contractType: 'framework', startOn: '2026-03-02', endsBefore: null };
const fullCost = { ...needs, fundingStatus: 'full-cost' as const };
const log: readonly SpecEvent[] = [
  {
    ...{ type: 'FrameworkEstablished', stream: 'framework-f1' },
    data: {
      ...{ frameworkId: 'f1', name: 'F', startsOn: '2017-10-09', endsBefore: '2030-01-01' },
      lots: [{ lot: 'lot-1', name: 'Lot 1' }],
    },
  },
  ...opened(contractId),
  rated(contractId, 2_087),
  ...opened(otherContractId),
  rated(otherContractId, 2_195),
  ...opened('over'),
  contract('over', 'ContractEnded', { endsBefore: '2026-03-15' }),
  ...[
    takenOn({ packageId: 'p1', personId: 'ann' }),
    takenOn({ packageId: 'p2', personId: 'ben', needs: fullCost, contractId: otherContractId }),
    takenOn({ packageId: 'p3', personId: 'ann', contractId: 'over' }),
    referred({ packageId: 'p4', personId: 'cas' }),
    awarded({ packageId: 'p4', personId: 'cas', ...care, contractId, offerId }),
    fellThrough({ packageId: 'p4', offerId }),
    awarded({ packageId: 'p4', personId: 'cas', ...care, contractId, offerId: otherOfferId }),
    fellThrough({ packageId: 'p4', offerId: otherOfferId }),
    awarded({ packageId: 'p4', personId: 'cas', ...care, contractId, offerId: otherOfferId }),
    referred({ packageId: 'p5', personId: 'dee' }),
  ].map(ofPackage),
  planned('p1', 'ann'),
  planned('p2', 'ben'),
  planned('p3', 'ann'),
  planned('p5', 'dee', 'in-house'),
  logged('p1', '2026-03-09'),
  logged('p1', '2026-03-09', 2),
  logged('p2', '2026-03-10'),
  replanned('p2', { withdrawn: ['2026-03-11.1.1'] }),
  replanned('p3', { changed: [visit('2026-03-09', 1, 60)] }),
];

function given(events: readonly SpecEvent[]) {
  const stored = events.map((event, at) => storedFrom(event, at + 1));
  const { projector } = projectorOver({
    'council-figures': givenEvents(councilFigures).given(...events),
    'contract-register': givenEvents(contractRegister).given(...events),
  });
  const read = (name: string) => Promise.resolve(stored.filter(({ stream }) => stream === name));
  const figures = new CouncilFiguresReads(projector).figures(broker, wanted, today);
  return {
    figures,
    events: async (figure: CouncilFigureName): Promise<FigureEvent[]> => {
      const { weekLastDay, from, to, statedOn } = figures;
      const asked = { ...{ figure, week, weekLastDay, from, to, today: statedOn } };
      const listed: FigureEvent[] = [];
      const counted = new CouncilFigureEvents(projector).counted(asked);
      for await (const event of eventsOf({ read }, counted)) listed.push(event);
      return listed;
    },
  };
}

const values: Readonly<Record<CouncilFigureName, (figures: CouncilFigures) => unknown>> = {
  'planned-people': ({ planned: { people } }) => people,
  'planned-visits': ({ planned: { visits } }) => visits,
  'planned-minutes': ({ planned: { visitMinutes, carerMinutes } }) => [visitMinutes, carerMinutes],
  'delivered-people': ({ delivered: { people } }) => people,
  'delivered-visits': ({ delivered: { visits } }) => visits,
  'delivered-minutes': ({ delivered: { carerMinutes } }) => carerMinutes,
  'awarded-packages': ({ awarded: { packages } }) => packages,
  'awarded-people': ({ awarded: { people } }) => people,
  'awarded-minutes': ({ awarded: { weeklyMinutes } }) => weeklyMinutes,
  'full-cost-people': ({ fullCost: { people } }) => people,
  rates: ({ rates: { contracts, lowestPencePerHour: low, highestPencePerHour: high } }) => [
    ...[contracts, low, high],
  ],
  'rates-average': ({ rates: { averagePencePerHour } }) => averagePencePerHour,
  'packages-needing-transition': ({ packagesNeedingTransition }) => packagesNeedingTransition,
};

const positions = (listed: readonly FigureEvent[]) =>
  listed.map(({ position }) => Number(position));
const items = (listed: readonly FigureEvent[]) =>
  new Set(listed.flatMap(({ concerns }) => concerns)).size;

describe('The events behind the council’s figures', () => {
  it.each(councilFigureNames)('of %s give the same number alone (S2-1, S1-1)', async (name) => {
    const { figures, events } = given(log);
    const listed = new Set(positions(await events(name)));
    const alone = given(log.filter((_, at) => listed.has(at + 1)));
    expect(values[name](alone.figures)).toEqual(values[name](figures));
    expect(values[name](figures)).not.toEqual(values[name](given([]).figures));
  });

  it.each(councilFigureNames)(
    'of %s leave nothing when they are gone (S2-1, S1-1)',
    async (name) => {
      const listed = (await given(log).events(name)).filter(({ concerns }) => concerns.length > 0);
      const without = log.filter((_, at) => !positions(listed).includes(at + 1));
      expect(values[name](given(without).figures)).toEqual(values[name](given([]).figures));
    },
  );

  it.each(councilFigureNames.filter((name) => /^(planned|delivered)/.test(name)))(
    'of %s are all without which it is another (S2-1)',
    async (name) => {
      const { figures, events } = given(log);
      const listed = new Set(positions(await events(name)));
      const unlisted = log.filter((_, at) => !listed.has(at + 1));
      for (const left of unlisted) {
        const without = given(log.filter((event) => event !== left)).figures;
        expect([left.type, values[name](without)]).toEqual([left.type, values[name](figures)]);
      }
    },
  );

  it.each([
    ['planned-people', 2],
    ['planned-visits', 8],
    ['delivered-people', 2],
    ['delivered-visits', 2],
    ['awarded-packages', 1],
    ['awarded-people', 1],
    ['full-cost-people', 1],
    ['rates', 2],
    ['packages-needing-transition', 1],
  ] as const)('of %s concern as many things as it counts: %i (S2-1, S1-1)', async (name, count) => {
    expect(items(await given(log).events(name))).toBe(count);
  });

  it('of planned visits leave out what happened to them, of minutes what changed none (S2-1)', async () => {
    const { events } = given(log);
    const types = async (name: CouncilFigureName) =>
      (await events(name)).map(({ type, stream }) => `${type} ${stream.slice(10, 12)}`);
    expect(await types('planned-visits')).toEqual([
      ...['WeekPlanned p1', 'WeekPlanned p2', 'VisitsReplanned p2', 'WeekPlanned p3'],
    ]);
    expect(await types('planned-minutes')).toEqual([
      ...['WeekPlanned p1', 'WeekPlanned p2', 'VisitsReplanned p2', 'WeekPlanned p3'],
      'VisitsReplanned p3',
    ]);
  });

  it('of an award that fell through and was made again are the standing one alone (S1-1)', async () => {
    const listed = await given(log).events('awarded-packages');
    const last = log.findLastIndex(({ type }) => type === 'PackageAwarded');
    expect(positions(listed)).toEqual([last + 1]);
  });

  it('of people who pay in full tell who said so (S3-3)', async () => {
    const listed = await given(log).events('full-cost-people');
    expect(listed.map(({ type }) => type)).toEqual(['PackageTakenOn', 'WeekPlanned']);
  });
});
