import { systemActor, type Actor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { addDays, civilDateOf } from '#kernel/time.js';
import { readConfig } from '#platform/config/config.js';
import { openRuntime } from '#runtime/open-runtime.js';
import type { RunningService } from '#runtime/running-service.js';
import { sideBySide } from '#platform/courtesy/side-by-side.js';
import { needsOf, referenceOf } from './needs.js';
import { nextId } from './sample-appends.js';

const startsOn = '2025-01-06';

/** Sends a command and answers the id of what it made. */
type Send = (name: string, fields: object, by?: Actor) => Promise<string>;

/**
 * A council with so many requests, each with an offer of every provider before the person, whom one of
 * them cared for before. Answers the requests' ids.
 */
export async function presentedOffers(
  dataDir: string,
  people: number,
  offers: number,
): Promise<readonly string[]> {
  const service = await openRuntime(readConfig({ DATA_DIR: dataDir, DEMO: 'off' }));
  try {
    const send = senderOf(service);
    const providers = await admittedProviders(send, offers);
    const requestIds: string[] = [];
    await sideBySide(Array(people).keys(), 64, async (index) => {
      const before = providers[index % providers.length];
      if (!before) return;
      const linkedTo = await caredFor(send, index, before);
      const today = civilDateOf(service.clock.now());
      requestIds.push(await presented(send, index, providers, { today, linkedTo }));
    });
    await service.settle();
    return requestIds;
  } finally {
    await service.close();
  }
}

const senderOf =
  ({ commands }: RunningService): Send =>
  async (name, fields, actor = systemActor) =>
    (await commands.executeNamed(name, { commandId: nextId(), ...fields }, { actor })).id;

interface Admitted {
  readonly providerId: string;
  readonly contractId: string;
}

async function admittedProviders(send: Send, count: number): Promise<readonly Admitted[]> {
  const frameworkId = await send('EstablishFramework', {
    ...{ name: 'Care at home', startsOn, lastDay: addDays(startsOn, 2_000) },
    lots: [{ lot: 'lot-1', name: 'Home care' }],
  });
  const commandId = nextId();
  await send('OpenFramework', { commandId, frameworkId, opensOn: startsOn, lots: ['lot-1'] });
  const openingId = deriveId(commandId, 'opening');
  const admitted: Admitted[] = [];
  for (let index = 0; index < count; index += 1) {
    const names = { legalName: `Larkspur Care ${index}`, tradingNames: [], cqcLocationIds: [] };
    const providerId = await send('RegisterProvider', names);
    const terms = { providerId, frameworkId, type: 'framework', startsOn };
    const contractId = await send('OpenContract', terms);
    await send('AdmitToLots', { contractId, openingId, lots: ['lot-1'], admittedOn: startsOn });
    const rates = [{ dayKind: 'weekday-day', pencePerHour: 2_100 + index }];
    await send('SetRateCard', { contractId, effectiveOn: startsOn, rates });
    admitted.push({ providerId, contractId });
  }
  return admitted;
}

const referenceFor = (index: number, referralRef: string) => ({
  ...referenceOf(String(index)),
  referralRef: `${referralRef}-${index}`,
});

/** A package of the same person that ended. */
async function caredFor(send: Send, index: number, by: Admitted): Promise<string> {
  const packageId = await send('TakeOnPackage', {
    ...{ reference: referenceFor(index, 'before'), needs: needsOf(index, startsOn) },
    ...{ ...by, startedOn: addDays(startsOn, 28) },
  });
  const lastDay = addDays(startsOn, 100);
  await send('EndPackage', { packageId, lastDay, outcome: 'ended-as-planned' });
  return packageId;
}

async function presented(
  send: Send,
  index: number,
  providers: readonly Admitted[],
  { today, linkedTo }: { today: string; linkedTo: string },
): Promise<string> {
  const needs = { ...needsOf(index, addDays(today, 3)), fundingStatus: 'part' };
  const reference = referenceFor(index, 'now');
  const packageId = await send('ReferPackage', {
    ...{ reference, needs, linkedTo: { packageId: linkedTo, reason: 'Care again' } },
  });
  const commandId = nextId();
  await send('IssueRequest', { commandId, packageId });
  const requestId = deriveId(commandId, 'request');
  const times = needs.schedule.map(({ start }, at) => ({ line: at + 1, start }));
  for (const { providerId } of providers) {
    const user: Actor = { id: providerId, roles: ['provider'], organisation: providerId };
    await send('SubmitOffer', { requestId, startOn: needs.startOn, times }, user);
  }
  await send('PresentOffers', { packageId });
  return requestId;
}
