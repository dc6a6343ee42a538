import { createMemoryStore } from '#eventstore/memory.store.js';
import { systemActor } from '#kernel/actor.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { contractId, providerId } from '../care.fixtures.js';
import { kpi } from '../kpi/kpi.projection.js';
import { PastProjector } from './past-projector.js';
import { givenEvents, storedFrom, type SpecEvent } from './projection-spec.js';

const week = '2026-W11';
const days = ['2026-03-09', '2026-03-10', '2026-03-11'] as const;
const ofPackage = (packageId: string, type: string, data: object): SpecEvent => ({
  ...{ type, stream: `visitWeek-${packageId}-${week}` },
  data: { packageId, personId: packageId, week, providerId, ...data },
});
const planned = (packageId: string) =>
  ofPackage(packageId, 'WeekPlanned', {
    ...{ contractId, contractType: 'framework', patch: 'north' },
    visits: days.map((on) => ({
      ...{ visit: `${on}.1.1`, on, agreedStart: '08:00', startsAt: `${on}T08:00:00.000Z` },
      ...{ minutes: 30, carers: 1, critical: false },
    })),
  });
const logged = (packageId: string, on: string, time: string, carerId: string) =>
  ofPackage(packageId, 'VisitsRecorded', {
    legs: [
      {
        ...{ visit: `${on}.1.1`, leg: 1, carerId, method: 'app', outAt: null },
        inAt: `${on}T${time}:00.000Z`,
      },
    ],
  });
const tolerance = (standard: number): SpecEvent => ({
  ...{ type: 'PolicyChangeApproved', stream: councilPolicyStream },
  data: {
    ...{ changeId: 'k', version: 1, effectiveOn: '2026-01-01' },
    values: { punctualityToleranceMinutes: { standard, critical: 5 } },
  },
});

const log: readonly SpecEvent[] = [
  planned('p1'),
  logged('p1', days[0], '08:10', 'A'),
  planned('p2'),
  logged('p2', days[0], '08:40', 'B'),
  tolerance(5),
  logged('p1', days[1], '08:00', 'C'),
  ofPackage('p1', 'VisitCorrected', {
    ...{ visit: `${days[0]}.1.1`, leg: 1, carerId: 'A', correctionId: 'k', outAt: null },
    inAt: `${days[0]}T08:00:00.000Z`,
  }),
  logged('p1', days[2], '08:00', 'A'),
];

describe('Read models as they were', () => {
  it.each(log.map((_, at) => at + 1))('at position %i are what was folded up to it', async (at) => {
    const store = createMemoryStore();
    const revisions = new Map<string, number>();
    for (const [index, event] of log.entries()) {
      const { stream, revision: _, position: __, ...plain } = storedFrom(event, index + 1);
      const before = revisions.get(stream);
      await store.append(stream, [plain], before ?? 'none');
      revisions.set(stream, (before ?? -1) + 1);
    }
    const past = await PastProjector.at(store, at, [kpi], {
      ...{ categories: ['councilPolicy'] },
      streams: ['p1', 'p2'].map((id) => `visitWeek-${id}-${week}`),
    });
    const folded = givenEvents(kpi).given(...log.slice(0, at));
    const { figures } = past.reader(kpi);
    expect(figures.counters(systemActor, { prefix: '' })).toEqual(
      folded.reader.figures.counters(systemActor, { prefix: '' }),
    );
    expect(figures.sets(systemActor, { prefix: '' })).toEqual(
      folded.reader.figures.sets(systemActor, { prefix: '' }),
    );
    expect(past.reader(kpi).select(systemActor, 'weeks')).toEqual(
      folded.reader.select(systemActor, 'weeks'),
    );
    expect(past.reader(kpi).asOf().position).toBe(at);
    past.close();
  });
});
