import { fold, type AnyDecider, type Event } from '#kernel/decider.js';
import { planVisits, type PlannedVisit, type ScheduleLine } from '#kernel/schedule.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { deriveId } from '#kernel/ids.js';
import type { IsoWeek } from '#kernel/time.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { LegInput } from '#brokerage/visit/visit.commands.js';
import { visitDecider } from '#brokerage/visit/visit.decider.js';
import { visitSlice } from '#brokerage/visit/visit.slice.js';
import type { PackagePlan } from '#brokerage/visit/visit.plan.rules.js';
import { visitIdOf } from '#brokerage/visit/visit.rules.js';
import { unplannedWeek } from '#brokerage/visit/visit.state.rules.js';
import { Commands } from '#platform/commands/commands.js';
import { systemClock } from '#platform/commands/clock.js';
import type { Slice } from '#platform/commands/slice.js';
import { nextId } from './sample-appends.js';

export const goLiveOn = '2026-01-05';

/** 17 visits a week, the reference council's mean: mornings, evenings, lunch on three days. */
export const schedule: readonly ScheduleLine[] = [
  { line: 1, days: [1, 2, 3, 4, 5, 6, 7], start: '08:30', minutes: 45, carers: 1, critical: false },
  { line: 2, days: [1, 2, 3, 4, 5, 6, 7], start: '19:00', minutes: 30, carers: 1, critical: true },
  { line: 3, days: [1, 3, 5], start: '12:30', minutes: 30, carers: 1, critical: false },
];

const holder = {
  providerId: deriveId(nextId(), 'provider'),
  contractId: deriveId(nextId(), 'providerContract'),
  contractType: 'framework',
  patch: 'north',
};

const personOf = (packageId: string) => deriveId(packageId, 'person');

const planOf = (packageId: string): PackagePlan => {
  const { patch, ...held } = holder;
  const span = { ...held, fromOn: goLiveOn, endsBefore: '2027-01-04', schedule };
  return { personId: personOf(packageId), patch, holder: held, spans: [span] };
};

const planned = { stream: 'carePackage-01932e1c-0000-7000-8000-00000000c001', revision: 9 };

/** As the service has it: a package's visits of one week share a stream. */
const weekSlice: Slice = {
  ...visitSlice,
  commands: {
    ...(visitSlice.commands as Slice['commands']),
    PlanWeek: {
      id: visitSlice.commands.PlanWeek.id as never,
      facts: (command) =>
        Promise.resolve({
          plan: { value: planOf((command as Week).packageId), ...planned },
        }),
    },
  },
};

interface Week {
  readonly packageId: string;
  readonly week: IsoWeek;
}

interface PlanVisit extends Week {
  readonly planned: PlannedVisit;
}

/** The alternative: the same rules, and each visit a stream of its own, with a smaller fact. */
const visitAloneDecider: AnyDecider = {
  initial: unplannedWeek,
  decide: {
    PlanVisit: (state: typeof unplannedWeek, { packageId, week, planned: visit }: PlanVisit) => {
      const data = { packageId, personId: personOf(packageId), week, ...holder, visits: [visit] };
      return state.packageId === null ? [{ type: 'WeekPlanned', data }] : [];
    },
    RecordVisit: visitDecider.decide.RecordVisit,
  },
  evolve: visitDecider.evolve,
};

const visitSliceAlone: Slice = {
  category: 'visit',
  decider: visitAloneDecider,
  commands: {
    PlanVisit: {
      id: (command) => {
        const { packageId, planned: visit } = command as PlanVisit;
        return visitIdOf(packageId, visit.visit);
      },
      facts: (command) =>
        Promise.resolve({ plan: { value: planOf((command as Week).packageId), ...planned } }),
    },
    RecordVisit: { id: (command) => (command as { leg: LegInput }).leg.visitId },
  },
};

const provider = {
  id: `provider:${holder.providerId}`,
  roles: ['provider'] as const,
  organisation: holder.providerId,
};

const commandsOver = (store: EventStore, slice: Slice): Commands =>
  new Commands({
    store,
    slices: [slice],
    clock: systemClock,
    lists: () => Promise.reject(new Error('no list is asked for')),
    policyChanges: () =>
      Promise.resolve([
        { version: 1, effectiveOn: goLiveOn, values: { ...shippedPolicy, ecmGoLiveOn: goLiveOn } },
      ]),
    software: 'care-brokerage@bench',
    versionOf: () => 1,
    commandVersionOf: () => 1,
  });

/** A way to keep the visits of a package's week. */
export interface VisitLayout {
  readonly name: string;
  /** Plans and records one package's week through the real handler. */
  playWeek(commands: Commands, packageId: string, week: IsoWeek): Promise<void>;
  commandsOver(store: EventStore): Commands;
  streamsOf(packageId: string, week: IsoWeek): readonly string[];
}

export const layouts: readonly VisitLayout[] = [
  {
    name: 'stream per week, recorded by file',
    commandsOver: (store) => commandsOver(store, weekSlice),
    streamsOf: (packageId, week) => [`visitWeek-${packageId}-${week}`],
    async playWeek(commands, packageId, week) {
      await send(commands, 'PlanWeek', { packageId, week });
      await send(commands, 'RecordVisits', { legs: visitsOf(week).map(legFor(packageId)) });
    },
  },
  {
    name: 'stream per week, recorded one by one',
    commandsOver: (store) => commandsOver(store, weekSlice),
    streamsOf: (packageId, week) => [`visitWeek-${packageId}-${week}`],
    async playWeek(commands, packageId, week) {
      await send(commands, 'PlanWeek', { packageId, week });
      for (const leg of visitsOf(week).map(legFor(packageId))) {
        await send(commands, 'RecordVisit', { leg });
      }
    },
  },
  {
    name: 'stream per visit',
    commandsOver: (store) => commandsOver(store, visitSliceAlone),
    streamsOf: (packageId, week) =>
      visitsOf(week).map(({ visit }) => `visit-${visitIdOf(packageId, visit)}`),
    async playWeek(commands, packageId, week) {
      const visits = visitsOf(week);
      // Independent streams: nothing makes one visit wait for another.
      await Promise.all(
        visits.map(async (visit) => {
          await send(commands, 'PlanVisit', { packageId, week, planned: visit });
          await send(commands, 'RecordVisit', { leg: legFor(packageId)(visit) });
        }),
      );
    },
  },
];

/** Visits with a recorded leg among the streams' states. */
export async function attendedIn(store: EventStore, streams: readonly string[]): Promise<number> {
  let attended = 0;
  for (const stream of streams) {
    const events = (await store.read(stream)) as readonly Event[];
    const { visits } = fold(visitDecider as never, events, unplannedWeek);
    for (const { legs } of Object.values(visits)) if (legs.length > 0) attended += 1;
  }
  return attended;
}

const weeks = new Map<IsoWeek, readonly PlannedVisit[]>();

function visitsOf(week: IsoWeek): readonly PlannedVisit[] {
  const known = weeks.get(week) ?? planVisits(schedule, week, { from: goLiveOn });
  weeks.set(week, known);
  return known;
}

const legFor =
  (packageId: string) =>
  ({ visit, startsAt, minutes }: PlannedVisit): LegInput => ({
    visitId: visitIdOf(packageId, visit),
    carerLeg: 1,
    carerRef: 'C-20417',
    loggedInAt: startsAt,
    loggedOutAt: new Date(Date.parse(startsAt) + minutes * 60_000).toISOString(),
    logMethod: 'app',
  });

const send = (commands: Commands, name: string, fields: object) =>
  commands.executeNamed(name, { commandId: nextId(), ...fields }, { actor: provider });
