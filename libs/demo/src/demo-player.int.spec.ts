import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '#eventstore/event-store.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { policies } from '#brokerage/policies.js';
import { slices } from '#brokerage/slices.js';
import { Explainer } from '#platform/replay/explanation.js';
import { eventsOf } from '#runtime/stored-samples.js';
import { SimulatedClock } from '#platform/commands/clock.js';
import { replaysOf } from '#platform/replay/replay.fixtures.js';
import { readConfig } from '#platform/config/config.js';
import { AwaitingCareReads } from '#projections/awaiting-care/awaiting-care.queries.js';
import { CouncilFiguresReads } from '#projections/council-figures/council-figures.queries.js';
import { openRuntime } from '#runtime/open-runtime.js';
import type { RunningService } from '#runtime/running-service.js';
import { demoLoad } from './demo-load.js';
import { awardedAt } from './demo-package.js';
import { planDemoCouncil, type DemoPlan } from './demo-plan.js';
import type { WaitingStage } from './demo-scale.js';
import { playDemoCouncil, playMoments, type DemoPlayed } from './demo-player.js';

const commissioner = { id: 'commissioner', roles: ['commissioner'] } as const;
const directories: string[] = [];
const services: RunningService[] = [];

const directory = () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'demo-'));
  directories.push(dataDir);
  return dataDir;
};

async function opened(store: 'embedded' | 'memory', dataDir = directory()) {
  const service = await openRuntime(readConfig({ DATA_DIR: dataDir, STORE: store, DEMO: 'off' }));
  services.push(service);
  return service;
}

async function closed(service: RunningService) {
  services.splice(services.indexOf(service), 1);
  await service.close();
}

afterAll(async () => {
  await Promise.all(services.map((service) => service.close()));
  for (const dataDir of directories) rmSync(dataDir, { recursive: true, force: true });
});

const planned = (asOfOn: string, seed = 1) => planDemoCouncil({ seed, asOfOn, scale: 'small' });

async function figuresOf(service: RunningService, { calendar }: DemoPlan) {
  await service.readModels.caughtUp();
  const figures = new CouncilFiguresReads(service.readModels);
  return figures.figures(commissioner, {}, calendar.endsAt);
}

/** What the plan says the read side answers. */
const expectedFigures = ({ expected }: DemoPlan) => ({
  ...{ week: expected.referenceWeek, from: expected.from, to: expected.to, days: expected.days },
  planned: {
    ...{ people: expected.people, visits: expected.visits },
    ...{ carerMinutes: expected.carerMinutes, visitMinutes: expected.visitMinutes },
  },
  awarded: {
    ...{ people: expected.awardedPeople, packages: expected.awardedPeople },
    weeklyMinutes: expected.awardedWeeklyMinutes,
    ...{ hoursPerWeek: expected.hoursPerWeek, hoursPerPerson: expected.hoursPerPerson },
  },
  fullCost: { people: expected.fullCostPeople, ofPeople: expected.people },
  rates: {
    contracts: 31,
    lowestPencePerHour: expected.lowestRatePence,
    highestPencePerHour: expected.highestRatePence,
  },
  packagesNeedingTransition: expected.needsTransition,
});

/** Where the list shows a waiting package. */
const stageOf = {
  ...{ 'just-referred': 'awaiting-request', refused: 'awaiting-request' },
  ...{ 'request-open': 'request-open', 'request-closed': 'request-closed' },
  ...{ unanswered: 'request-closed', 'offers-presented': 'offers-presented' },
  ...{ 'fell-through': 'offers-presented', 'choice-recorded': 'choice-recorded' },
  'awaiting-start': 'awaiting-start',
} as const satisfies Record<WaitingStage, string>;

async function typesOf(service: RunningService): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let after = 0, caughtUp = false; !caughtUp;) {
    const page = await service.store.readAll({ after });
    for (const { type } of page.events) counts.set(type, (counts.get(type) ?? 0) + 1);
    ({ upTo: after, caughtUp } = page);
  }
  return counts;
}

describe('A demo council', () => {
  const plan = planned('2026-11-22');
  const progress: DemoPlayed[] = [];
  let service: RunningService;

  beforeAll(async () => {
    service = await opened('embedded');
    await playDemoCouncil(plan, service, (played) => progress.push(played));
  }, 120_000);

  it('gives its figures exactly, from the read side (S1-1, S1-2, S1-14, S2-1, S3-3)', async () => {
    expect(await figuresOf(service, plan)).toMatchObject(expectedFigures(plan));
  });

  it('has packages that await care at every stage (S2-20)', async () => {
    await service.readModels.caughtUp();
    const { reader } = new AwaitingCareReads(service.readModels, service.clock);
    const stages = reader.select(commissioner, 'waiting', {}).map(({ stage }) => stage);
    const fromCasework = ['awaiting-request', 'awaiting-panel'] as const;
    expect(stages).toHaveLength(plan.expected.awaitingCare + fromCasework.length);
    const planned = [
      ...plan.packages.flatMap(({ waiting }) => (waiting ? stageOf[waiting] : [])),
      ...fromCasework,
    ];
    expect(stages.toSorted()).toEqual(planned.toSorted());
  });

  it('leaves no work undone and no read model behind', async () => {
    await service.readModels.caughtUp();
    expect(service.workItems.list()).toEqual([]);
    expect(service.projections().filter(({ state }) => state !== 'live')).toEqual([]);
  });

  it('has every event of a life of care (S1-10, S2-14, X9, X11)', async () => {
    const types = await typesOf(service);
    for (const type of [
      ...[
        'PackageReferred',
        'PackageTakenOn',
        'RequestIssued',
        'OfferSubmitted',
        'RequestDeclined',
      ],
      ...['RequestClosed', 'OffersPresented', 'OfferChosen', 'OffersRefused', 'PackageAwarded'],
      ...['AwardFellThrough', 'AwardConfirmed', 'PackageStarted', 'StartConfirmed', 'PackageEnded'],
      ...['DirectPaymentTaken', 'WeekPlanned', 'VisitsRecorded', 'VisitExcused'],
      ...['VisitMissReported', 'FrameworkExtended', 'ContractEnded', 'ProviderSuspended'],
    ]) {
      expect([type, (types.get(type) ?? 0) > 0]).toEqual([type, true]);
    }
    expect(types.get('PackageTakenOn')).toBe(36 + 2);
    expect(types.get('AwardConfirmed')).toBe(plan.expected.awardedPeople);
  });

  it('starts packages by confirmation before monitoring and by a first visit after (X24, S2-20)', async () => {
    const evidence = new Set<string>();
    for (const { packageId, care, rounds, waiting, intake } of plan.packages) {
      if (intake === 'taken-on' || rounds.length === 0 || waiting || !care) continue;
      const events = await service.store.read(`carePackage-${packageId}`);
      const started = events.find(({ type }) => type === 'PackageStarted');
      const how = care.startOn < plan.calendar.goLiveOn ? 'provider-confirmation' : 'first-visit';
      expect(started?.data).toMatchObject({ evidence: how });
      evidence.add(how);
    }
    expect(evidence.size).toBe(2);
  });

  it('lies in one chronological order and says that it is simulated', async () => {
    let last = '';
    for (let after = 0, caughtUp = false; !caughtUp;) {
      const page = await service.store.readAll({ after });
      for (const { metadata } of page.events) {
        expect(metadata.recordedAt >= last && metadata.simulated === true).toBe(true);
        last = metadata.recordedAt;
      }
      ({ upTo: after, caughtUp } = page);
    }
    expect(last).toBe(plan.calendar.endsAt);
  });

  it('tells its progress to the end', () => {
    const percents = progress.map(({ percent }) => percent);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(percents.at(-1)).toBe(100);
  });

  it('gives the same events when every decision is made again', async () => {
    const replays = await replaysOf(slices, service.store);
    const other = replays.filter(({ result }) => result.outcome !== 'same');
    expect(other.map(({ append, result }) => [append[0]?.type, result])).toEqual([]);
    const altered = replays.flatMap(({ append, facts }) =>
      facts.filter(({ finding }) => finding === 'altered').map((fact) => [append[0]?.type, fact]),
    );
    expect(altered).toEqual([]);
    expect(replays.length).toBeGreaterThan(2_000);
  });

  it('tells how a decision of each kind came about, without a word about a person', async () => {
    const explainer = new Explainer({
      ...{ slices, policies, log: service.store, sealed: service.store.sealed },
      policyStream: councilPolicyStream,
    });
    const kinds = new Map<string, StoredEvent>();
    const names = new Set<string>();
    for await (const event of eventsOf(service.store)) {
      const { command } = event.metadata;
      if (command && !kinds.has(command.name)) kinds.set(command.name, event);
      const { identity } = event.data as { identity?: { name: string } };
      if (identity) names.add(identity.name);
    }
    for (const [name, event] of kinds) {
      const told = await explainer.explain(event);
      expect([name, told?.outcome]).toEqual([name, 'same']);
      const text = JSON.stringify(told);
      expect([name, [...names].filter((each) => text.includes(each))]).toEqual([name, []]);
    }
    expect(kinds.size).toBeGreaterThan(20);
    expect(names.size).toBeGreaterThan(0);
  });

  it('changes nothing when it is played again', async () => {
    const head = await service.store.head();
    await playDemoCouncil(plan, service);
    expect(await service.store.head()).toBe(head);
    const clock = new SimulatedClock(plan.calendar.endsAt);
    service.clock.simulate(clock);
    await playMoments(plan, service, {
      clock: { now: () => '', advanceTo: () => undefined } as unknown as SimulatedClock,
    });
    service.clock.resume();
    expect(await service.store.head()).toBe(head);
  });
});

describe('An interrupted demo council', () => {
  it('goes on where it stopped and gives the same figures', async () => {
    const plan = planned('2026-03-29', 7);
    const dataDir = directory();
    for (const percent of [15, 45, 80]) {
      const stop = new AbortController();
      const service = await opened('embedded', dataDir);
      const stopAt = (played: DemoPlayed) => played.percent >= percent && stop.abort();
      await expect(playDemoCouncil(plan, service, stopAt, stop.signal)).rejects.toThrow(/abort/i);
      const load = await demoLoad(service.store);
      expect(load).toMatchObject({ state: 'loading', request: { seed: 7, asOfOn: '2026-03-29' } });
      await closed(service);
    }
    const service = await opened('embedded', dataDir);
    await expect(playDemoCouncil(planned('2026-03-29', 8), service)).rejects.toThrow(RangeError);
    await playDemoCouncil(plan, service);
    expect(await demoLoad(service.store)).toMatchObject({ state: 'loaded' });
    expect(await figuresOf(service, plan)).toMatchObject(expectedFigures(plan));
  }, 120_000);
});

describe.each([
  ['the last day of the first framework', '2025-10-12'],
  ['the first days of the successor', '2025-10-16'],
  ['the autumn clock change', '2025-10-26'],
  ['half a year of the successor', '2026-03-02'],
])('A demo council on %s', (_, asOfOn) => {
  it(`gives its figures exactly, ${asOfOn} (S1-7, S2-1)`, async () => {
    const plan = planned(asOfOn);
    const service = await opened('memory');
    await playDemoCouncil(plan, service);
    expect(await figuresOf(service, plan)).toMatchObject(expectedFigures(plan));
    expect(service.workItems.list()).toEqual([]);
    const waiting = plan.packages.filter((carePackage) => carePackage.waiting);
    expect(waiting.some((carePackage) => awardedAt(carePackage))).toBe(true);
  }, 60_000);
});
