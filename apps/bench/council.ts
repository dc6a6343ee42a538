import { systemActor, type Actor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import {
  addDays,
  civilDateOf,
  instantMs,
  isoWeekOf,
  mondayOf,
  type CivilDate,
  type Instant,
} from '#kernel/time.js';
import { visitDecider } from '#brokerage/visit/visit.decider.js';
import { visitIdOf } from '#brokerage/visit/visit.rules.js';
import { unplannedWeek } from '#brokerage/visit/visit.state.rules.js';
import { fold } from '#kernel/decider.js';
import { readConfig } from '#platform/config/config.js';
import { openRuntime } from '#runtime/open-runtime.js';
import type { RunningService } from '#runtime/running-service.js';
import { sideBySide } from '#platform/courtesy/side-by-side.js';
import { needsOf, referenceOf } from './needs.js';
import { nextId } from './sample-appends.js';

const startsOn = '2025-01-06';
const people = {
  author: actor('commissioner', 'commissioner'),
  approver: actor('second-commissioner', 'commissioner'),
  broker: actor('broker', 'broker'),
};

/** Legs of one package and week, as `recordVisits` takes them. */
export type WeekOfLegs = readonly object[];

/** A small council without invented people: one provider, one framework, as many packages as asked. */
export class Council {
  private constructor(
    readonly service: RunningService,
    readonly providerId: string,
    readonly contractId: string,
    readonly goLiveOn: CivilDate,
  ) {}

  /** Sets a council up in an empty data directory; visits are planned from some weeks ago. */
  static async open(dataDir: string, weeksOfVisits = 4): Promise<Council> {
    const service = await openRuntime(readConfig({ DATA_DIR: dataDir, DEMO: 'off' }));
    const thisMonday = mondayOf(isoWeekOf(civilDateOf(service.clock.now())));
    const goLiveOn = addDays(thisMonday, -7 * weeksOfVisits);
    const send = (name: string, fields: object, by = people.author) =>
      sent(service, name, fields, by);
    const change = nextId();
    const values = { ecmGoLiveOn: goLiveOn };
    await send('ChangePolicy', {
      ...{ commandId: change, effectiveOn: startsOn, reason: 'Monitoring goes live', values },
    });
    const changeId = deriveId(change, 'policyChange');
    await send('ApprovePolicyChange', { changeId }, people.approver);
    const frameworkId = await send('EstablishFramework', {
      ...{ name: 'Care at home', startsOn, lastDay: addDays(startsOn, 2_000) },
      lots: [{ lot: 'lot-1', name: 'Home care' }],
    });
    const opening = nextId();
    await send('OpenFramework', {
      ...{ commandId: opening, frameworkId, opensOn: startsOn, lots: ['lot-1'] },
    });
    const providerId = await send('RegisterProvider', {
      ...{ legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] },
    });
    const contractId = await send('OpenContract', {
      ...{ providerId, frameworkId, type: 'framework', startsOn },
    });
    await send('AdmitToLots', {
      ...{ contractId, openingId: deriveId(opening, 'opening') },
      ...{ lots: ['lot-1'], admittedOn: startsOn },
    });
    const rates = [{ dayKind: 'weekday-day', pencePerHour: 2100 }];
    await send('SetRateCard', { contractId, effectiveOn: startsOn, rates });
    return new Council(service, providerId, contractId, goLiveOn);
  }

  /** Takes packages on and lets the service plan their visits; answers their ids. */
  async takeOn(count: number): Promise<readonly string[]> {
    const { providerId, contractId } = this;
    const ids = Array.from({ length: count }, () => '');
    await sideBySide(ids.keys(), 64, async (index) => {
      ids[index] = await sent(
        this.service,
        'TakeOnPackage',
        {
          ...{ reference: referenceOf(`taken-on-${index}`), needs: needsOf(index, startsOn) },
          ...{ providerId, contractId, startedOn: addDays(startsOn, 28) },
        },
        people.broker,
      );
    });
    await this.service.settle();
    return ids;
  }

  /** Refers people over the last 90 days; their packages wait for care. */
  async refer(count: number): Promise<void> {
    const now = instantMs(this.service.clock.now());
    await sideBySide(Array(count).keys(), 64, async (index) => {
      const ago = ((index * 7919) % count) * Math.floor((90 * 86_400_000) / count);
      const simulatedNow: Instant = new Date(now - ago).toISOString();
      const needs = needsOf(index, addDays(civilDateOf(simulatedNow), 3));
      const fields = { commandId: nextId(), reference: referenceOf(`waiting-${index}`), needs };
      const { commands } = this.service;
      await commands.executeNamed('ReferPackage', fields, { actor: people.broker, simulatedNow });
    });
    await this.service.settle();
  }

  /** All legs of the past whole weeks of a package, a list for each week. */
  async pastLegs(packageId: string): Promise<readonly WeekOfLegs[]> {
    const weeks: WeekOfLegs[] = [];
    const today = civilDateOf(this.service.clock.now());
    for (let monday = this.goLiveOn; addDays(monday, 7) <= today; monday = addDays(monday, 7)) {
      const stream = `visitWeek-${packageId}-${isoWeekOf(monday)}`;
      const events = await this.service.store.read(stream);
      const { visits } = fold(visitDecider as never, events, unplannedWeek);
      weeks.push(Object.values(visits).map((visit) => legOf(packageId, visit)));
    }
    return weeks;
  }

  close(): Promise<void> {
    return this.service.close();
  }
}

const legOf = (
  packageId: string,
  { visit, startsAt, minutes }: { visit: string; startsAt: Instant; minutes: number },
) => ({
  visitId: visitIdOf(packageId, visit),
  ...{ carerLeg: 1, carerRef: 'C-1', loggedInAt: startsAt },
  loggedOutAt: new Date(instantMs(startsAt) + minutes * 60_000).toISOString(),
});

async function sent(
  { commands }: RunningService,
  name: string,
  fields: object,
  by: Actor = systemActor,
): Promise<string> {
  const command = { commandId: nextId(), ...fields };
  return (await commands.executeNamed(name, command, { actor: by })).id;
}

function actor(id: string, role: Actor['roles'][number]): Actor {
  return { id, roles: [role] };
}
