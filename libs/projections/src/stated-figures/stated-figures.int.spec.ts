import type { EventStore } from '#eventstore/event-store.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import type { FigureAsked } from '#brokerage/stated-figure/stated-figure.facts.js';
import {
  awarded,
  contractId,
  needs,
  offerId,
  providerId,
  referred,
  takenOn,
} from '../care.fixtures.js';
import { kpi } from '../kpi/kpi.projection.js';
import { givenEvents, storedFrom, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { restated } from './restated.queries.js';
import { workedOutFigure } from './worked-out-figure.queries.js';

const week = '2026-W11';
const today = '2026-05-01';
const stream = `visitWeek-p1-${week}`;
const days = ['2026-03-09', '2026-03-10', '2026-03-11'] as const;
const visits = days.map((on) => ({
  ...{ visit: `${on}.1.1`, on, agreedStart: '08:00', startsAt: `${on}T08:00:00.000Z` },
  ...{ minutes: 30, carers: 1, critical: false },
}));
const inWeek = { packageId: 'p1', personId: 'person', week };
const inStream = (type: string, data: object): SpecEvent => ({ type, stream, data });
const logged = (on: string, time: string): SpecEvent =>
  inStream('VisitsRecorded', {
    ...{ ...inWeek, providerId },
    legs: [
      {
        ...{ visit: `${on}.1.1`, leg: 1, carerId: 'A', method: 'app' },
        ...{ inAt: `${on}T${time}:00.000Z`, outAt: `${on}T08:55:00.000Z` },
      },
    ],
  });
const corrected = (on: string, time: string): SpecEvent =>
  inStream('VisitCorrected', {
    ...{ ...inWeek, visit: `${on}.1.1`, leg: 1, carerId: 'A', correctionId: 'k' },
    ...{ inAt: `${on}T${time}:00.000Z`, outAt: `${on}T08:55:00.000Z` },
  });
const contract = (type: string, data: object): SpecEvent => ({
  ...{ type, stream: `providerContract-${contractId}` },
  data: { contractId, providerId, frameworkId: 'f1', ...data },
});
const rateFrom = (effectiveOn: string, pencePerHour: number): SpecEvent =>
  contract('RateCardSet', { effectiveOn, rates: [{ dayKind: 'weekday-day', pencePerHour }] });
const policy = (standard: number, version: number): SpecEvent[] => {
  const values = { punctualityToleranceMinutes: { standard, critical: 5 } };
  const data = { changeId: `k${version}`, effectiveOn: '2026-01-01', values, reason: 'r' };
  return [
    {
      ...{ type: 'PolicyChangeProposed', stream: councilPolicyStream },
      data: { ...data, proposedBy: 'a' },
    },
    {
      ...{ type: 'PolicyChangeApproved', stream: councilPolicyStream },
      data: { ...data, proposedBy: 'a', approvedBy: 'b', version },
    },
  ];
};

const before: readonly SpecEvent[] = [
  {
    ...{ type: 'ProviderRegistered', stream: `provider-${providerId}` },
    data: { providerId, legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] },
  },
  {
    ...{ type: 'FrameworkEstablished', stream: 'framework-f1' },
    data: {
      ...{ frameworkId: 'f1', name: 'F', startsOn: '2017-10-09', endsBefore: '2030-01-01' },
      lots: [{ lot: 'lot-1', name: 'Lot 1' }],
    },
  },
  contract('ContractOpened', {
    ...{ type: 'framework', patches: [], startsOn: '2017-10-09', endsBefore: null },
  }),
  contract('ContractAdmitted', { openingId: 'o1', lots: ['lot-1'], admittedOn: '2017-10-09' }),
  rateFrom('2025-10-13', 2_087),
  { ...takenOn({ packageId: 'p1', personId: 'person' }), stream: 'carePackage-p1' },
  { ...referred({ packageId: 'p2', personId: 'other', needs }), stream: 'carePackage-p2' },
  {
    ...awarded({ packageId: 'p2', personId: 'other', contractId, offerId }),
    stream: 'carePackage-p2',
  },
  inStream('WeekPlanned', {
    ...{ ...inWeek, providerId, contractId, contractType: 'framework', patch: 'north', visits },
  }),
  logged(days[0], '08:00'),
  logged(days[1], '08:35'),
];

/** What came to be known later, and would have changed the answer. */
const later: readonly SpecEvent[] = [
  logged(days[2], '08:00'),
  corrected(days[1], '08:02'),
  rateFrom('2025-11-01', 2_500),
  {
    ...{ type: 'PackageVaried', stream: 'carePackage-p2' },
    data: { packageId: 'p2', kind: 'permanent', weeklyMinutes: 6_000, fromOn: '2026-03-02' },
  },
  ...policy(60, 1),
];

/** A log in memory and a read model that follows it; `add` records further events. */
async function givenLog(...first: readonly SpecEvent[]) {
  const store: EventStore = createMemoryStore();
  const weeks = givenEvents(kpi);
  const revisions = new Map<string, number>();
  let count = 0;
  const add = async (...events: readonly SpecEvent[]) => {
    for (const event of events) {
      const { stream: name = '', revision: _, position: __, ...plain } = storedFrom(event, ++count);
      const at = revisions.get(name);
      await store.append(name, [plain], at ?? 'none');
      revisions.set(name, (at ?? -1) + 1);
    }
    weeks.given(...events);
  };
  await add(...first);
  const { projector } = projectorOver({ kpi: weeks });
  const source = { projector, log: store };
  const worked = async (asked: Omit<FigureAsked, 'today'>) =>
    (await workedOutFigure(projector, store, { today, ...asked })).value;
  return { add, source, worked };
}

const questions: readonly Omit<FigureAsked, 'today'>[] = [
  { query: 'provider-kpis', month: '2026-03' },
  { query: 'provider-kpis', month: '2026-03', by: 'council' },
  { query: 'provider-league', month: '2026-03' },
  { query: 'council-figures', week, from: '2026-03-01', to: '2026-03-31' },
];

describe('A figure that was released', () => {
  it.each(questions)(
    'is given again identical after a file, a rate, a variation and a policy came later: %j',
    async (asked) => {
      const { add, source, worked } = await givenLog(...before);
      const { query, answer, position } = await worked(asked);
      const given = { query: query.name, asked: query.arguments, answer: answer ?? '' };
      const figure = { ...given, position: String(position), statedOn: today };
      await add(...later);
      expect((await worked(asked)).answer).not.toBe(answer);
      expect(await restated(source, figure)).toMatchObject({
        outcome: 'same',
        answer,
        differences: [],
      });
    },
  );

  it('is different, field by field, when today’s software works it out otherwise', async () => {
    const { source, worked } = await givenLog(...before);
    const { query, answer, position } = await worked({ query: 'provider-kpis', month: '2026-03' });
    const otherwise = (answer ?? '').replace('"late":1', '"late":2');
    expect(otherwise).not.toBe(answer);
    const given = { query: query.name, asked: query.arguments, answer: otherwise };
    const figure = { ...given, position: String(position), statedOn: today };
    expect(await restated(source, figure)).toMatchObject({
      ...{ outcome: 'different', answer },
      differences: [{ path: 'rows.0.late', recorded: '2', decided: '1' }],
    });
  });

  it('is asked for with every argument, those too that nobody gave', async () => {
    const { worked } = await givenLog(...before);
    expect((await worked({ query: 'provider-kpis' })).query).toEqual({
      ...{ name: 'provider-kpis', arguments: { by: 'provider', month: '2026-04' } },
    });
    expect((await worked({ query: 'council-figures' })).query.arguments).toEqual({
      ...{ from: '2025-05-02', to: '2026-05-01', week: '2026-W17' },
    });
  });

  it.each([
    { query: 'statement', statementId: 'none' },
    { query: 'council-figures', week: '2026-W54' },
    { query: 'council-figures', from: '2026-02-30' },
    { query: 'council-figures', from: '2026-03-02', to: '2026-03-01' },
  ] as const)('is not worked out where there is none: %j', async (asked) => {
    const { worked } = await givenLog(...before);
    expect((await worked(asked)).answer).toBeNull();
  });

  it('has its fields in order of their names, whatever order made them', async () => {
    const { worked } = await givenLog(...before);
    const { answer } = await worked({ query: 'provider-kpis', month: '2026-03' });
    const names = Object.keys(JSON.parse(answer ?? '{}') as object);
    expect(names).toEqual(names.toSorted());
  });
});
