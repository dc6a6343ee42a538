import { systemActor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { addDays } from '#kernel/time.js';
import { readConfig } from '#platform/config/config.js';
import { openRuntime } from '#runtime/open-runtime.js';
import { sideBySide } from '#platform/courtesy/side-by-side.js';
import { patches } from './needs.js';
import { nextId } from './sample-appends.js';

export const startsOn = '2025-01-06';

export interface RegisterSize {
  readonly providers: number;
  readonly contracts: number;
  /** Of so many contracts one is a framework contract, the others spot. Default 1: all of them. */
  readonly frameworkEvery?: number;
}

/** A register of so many providers, each with names, and their contracts with lots and prices. */
export async function registerOfThousands(
  dataDir: string,
  { providers, contracts, frameworkEvery = 1 }: RegisterSize,
): Promise<void> {
  const service = await openRuntime(readConfig({ DATA_DIR: dataDir, DEMO: 'off' }));
  const send = async (name: string, fields: object): Promise<string> => {
    const command = { commandId: nextId(), ...fields };
    return (await service.commands.executeNamed(name, command, { actor: systemActor })).id;
  };
  try {
    const frameworkId = await send('EstablishFramework', {
      ...{ name: 'Care at home', startsOn, lastDay: addDays(startsOn, 2_000) },
      lots: lots.map((lot) => ({ lot, name: lot })),
    });
    const commandId = nextId();
    await send('OpenFramework', { commandId, frameworkId, opensOn: startsOn, lots });
    const openingId = deriveId(commandId, 'opening');
    const providerIds = Array.from({ length: providers }, () => '');
    await sideBySide(providerIds.keys(), 64, async (index) => {
      const providerId = await send('RegisterProvider', namesOf(index));
      providerIds[index] = providerId;
      if (index % 20 === 0) {
        await send('SuspendProvider', { providerId, reason: 'Quality.', fromOn: startsOn });
      }
    });
    await sideBySide(Array(contracts).keys(), 64, async (index) => {
      const providerId = providerIds[index % providers] ?? '';
      const framework = index % frameworkEvery === 0;
      const terms = framework
        ? { type: 'framework', frameworkId, admissions: [admission(openingId, index)] }
        : { type: 'spot', spotReason: 'No framework offer.', lastDay: lastDay(index) };
      const own = { patches: patches.slice(0, index % patches.length) };
      const contractId = await send('OpenContract', { providerId, startsOn, ...own, ...terms });
      const rates = rateKinds.map((dayKind, at) => ({ dayKind, pencePerHour: 2_000 + 100 * at }));
      await send('SetRateCard', { contractId, effectiveOn: startsOn, rates });
    });
    await service.settle();
  } finally {
    await service.close();
  }
}

const lots = ['lot-1', 'lot-2', 'lot-3', 'lot-4'];
const rateKinds = ['weekday-day', 'evening', 'night', 'weekend', 'bank-holiday'];
const words = ['Larkspur', 'Oakmoor', 'Moss', 'Fern', 'Birch', 'Hazel', 'Juniper', 'Willow'];

const namesOf = (index: number) => ({
  legalName: `${words[index % words.length]} Care ${index}`,
  tradingNames: [`${words[(index + 3) % words.length]} at Home`],
  aliases: [`Known as ${index}`],
  cqcLocationIds: [],
});

const admission = (openingId: string, index: number) => ({
  openingId,
  lots: lots.slice(0, 1 + (Math.floor(index / 3) % lots.length)),
  admittedOn: addDays(startsOn, index % 300),
});

const lastDay = (index: number): string => addDays(startsOn, 200 + (index % 600));
