import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { StoreUnavailable } from '#eventstore/event-store.js';
import { EventStoreDouble } from '#eventstore/testing/double.js';
import { deliveryDecider } from '#brokerage/delivery/delivery.decider.js';
import { invitationDeliveryId } from '#brokerage/delivery/delivery.rules.js';
import { deliveryStream } from '#brokerage/delivery/delivery.slice.js';
import { needs } from '#brokerage/package/package.fixtures.js';
import { readConfig } from '#platform/config/config.js';
import { packages } from '#projections/package/package.projection.js';
import { openRuntime } from './open-runtime.js';
import type { RunningService } from './running-service.js';

const broker: Actor = { id: 'broker', roles: ['broker'] };
const commissioner: Actor = { id: 'commissioner', roles: ['commissioner'] };
const identity = {
  ...{ name: 'Wren Attwater', bornOn: '1941-03-04', postcode: 'ZZ7 1AB' },
  addressLines: ['7 Sorrel Walk'],
};
const source = '0193a000-0000-7000-8000-000000000007';
const takeOverWithinMs = 15_000;

/** Behind an outage there is a lease that has to be seen standing still. */
const backWithinMs = 45_000;

async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs = takeOverWithinMs,
): Promise<void> {
  for (const began = Date.now(); !(await isSo());) {
    if (Date.now() - began > withinMs) throw new Error(`${what} took too long`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('Two processes on one EventStoreDB', () => {
  let double: EventStoreDouble;
  let directory: string;
  let nodes: RunningService[];
  let sent = 0;

  const open = async (environment: Record<string, string> = {}, limits: object = {}) => {
    const DATA_DIR = join(directory, String(nodes.length));
    const config = readConfig({
      ...{ NODE_ENV: 'test', DEMO: 'off', MASTER_KEY: 'ab'.repeat(32) },
      ...{ STORE: double.url, DATA_DIR, ...environment },
    });
    const esdb = config.esdb && { ...config.esdb, ...limits };
    const service = await openRuntime({ ...config, ...(esdb && { esdb }) }, process.stderr);
    nodes.push(service);
    service.begin();
    return service;
  };
  const send = (node: RunningService, name: string, fields: object, actor = commissioner) => {
    const commandId = deriveId(source, (sent += 1));
    return node.commands.executeNamed(name, { commandId, ...fields }, { actor });
  };

  beforeEach(async () => {
    double = await EventStoreDouble.start({ library: 'eventstore', proxied: true });
    directory = mkdtempSync(join(tmpdir(), 'shared-log-'));
    nodes = [];
  });
  afterEach(async () => {
    for (const node of nodes) await node.close();
    await double.stop();
    rmSync(directory, { recursive: true });
  });

  it('show each other’s events at the position that either answers', async () => {
    const [one, other] = [await open(), await open({ WORKER: 'off' })];
    expect(other.logId).toBe(one.logId);
    const names = { legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] };
    const { id, position } = await send(one, 'RegisterProvider', names);
    const reader = other.readModels.reader(packages);
    await reader.waitFor(position);
    expect(reader.get(commissioner, 'providers', id)).toMatchObject({ legalName: 'Larkspur Care' });
    // And a stream that one has written is gone on with by the other.
    const alias = { providerId: id, alias: 'Larkspur at Home' };
    expect((await send(other, 'AddProviderAlias', alias)).id).toBe(id);
  });

  it('find an event by its id, and ask what another policy would have changed', async () => {
    const [one, other] = [await open(), await open({ WORKER: 'off' })];
    const names = { legalName: 'Sorrel Care', tradingNames: [], cqcLocationIds: [] };
    const { position } = await send(one, 'RegisterProvider', names);
    const event = await other.store.at(position);
    expect(await other.findEvent(event?.id ?? '')).toBe(position);
    expect(await other.findEvent(event?.metadata.commandId ?? '')).toBe(position);
    const period = { from: '2000-01-01T00:00:00.000Z', before: '2999-01-01T00:00:00.000Z' };
    const found = await other.whatIf({ draft: {}, ...period, after: 0 });
    expect(found).toMatchObject({ decisions: 1, affected: 0, unclear: 0 });
  });

  it('read what either sealed of a person (X29)', async () => {
    const [one, other] = [await open(), await open({ WORKER: 'off' })];
    const reference = { system: 'case-system', personRef: 'P-1', referralRef: 'R-1' };
    const { id } = await send(one, 'ReferPackage', { reference, needs }, broker);
    const [referred] = await other.store.read(`carePackage-${id}`);
    const { personId } = referred?.data as { readonly personId: string };
    await send(one, 'RecordIdentity', { personId, identity }, broker);
    const stream = `serviceUser-${personId}`;
    expect(JSON.stringify(await other.store.sealed.read(stream))).not.toContain(identity.name);
    expect(JSON.stringify(await other.store.read(stream))).toContain(identity.name);
    const late = { ...identity, name: 'Wren Attwater-Voss' };
    const correct = { personId, identity: late, reason: 'Married.' };
    await send(other, 'CorrectIdentity', correct, broker);
    expect(JSON.stringify(await one.store.read(stream))).toContain(late.name);
  });

  it('answer at once where the demo council is for another one to load', async () => {
    const silent = await open({ WORKER: 'off', DEMO: 'small' });
    expect([silent.demo().state, await silent.store.head()]).toEqual(['none', 0]);
  }, 20_000);

  it('can be closed while they begin to work', async () => {
    for (let ms = 0; ms < 60; ms += 6) {
      const node = await open();
      await new Promise((resolve) => setTimeout(resolve, ms));
      await expect(node.close()).resolves.toBeUndefined();
    }
    nodes = [];
  }, 20_000);

  it('end before anybody loses patience, though their server is away', async () => {
    const one = await open();
    await until('the first one’s work', () => one.isWorking);
    await double.stop();
    await one.close();
    nodes = [];
    // Docker waits ten seconds before it kills.
  }, 10_000);

  it('go on after an outage that outlasts all patience, and every lease', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', note);
    const short = { patienceMs: 500, appendDeadlineMs: 200, readSilenceMs: 300 };
    const one = await open({}, short);
    await until('its work', () => one.isWorking);
    let [accepted, refused, isEnough] = [0, 0, false];
    const keepReferring = async () => {
      while (!isEnough) {
        const reference = {
          system: 'case-system',
          personRef: `P-${sent}`,
          referralRef: `R-${sent}`,
        };
        try {
          const { id } = await send(one, 'ReferPackage', { reference, needs }, broker);
          // A policy has something to do.
          await send(one, 'WithdrawReferral', { packageId: id, reason: 'Moved away.' }, broker);
          accepted += 1;
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
          refused += 1;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const referring = keepReferring();
    await until('referrals', () => accepted > 3);
    double.proxy?.stall();
    double.proxy?.cut();
    await until('the loss of the lease', () => refused > 3 && !one.isWorking, backWithinMs);
    double.proxy?.flow();
    const before = accepted;
    await until('its work', () => one.isWorking && accepted > before + 3, backWithinMs);
    isEnough = true;
    await referring;
    await one.readModels.caughtUp();
    await one.settle();
    const reader = one.readModels.reader(packages);
    await reader.waitFor(await one.store.head());
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  }, 120_000);

  it('work one at a time; another one goes on when the first ends', async () => {
    const one = await open();
    await until('the first one’s work', () => one.isWorking);
    const other = await open();
    const silent = await open({ WORKER: 'off' });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect([one.isWorking, other.isWorking, silent.isWorking]).toEqual([true, false, false]);
    await one.close();
    await until('taking over', () => other.isWorking);
    expect(silent.isWorking).toBe(false);
    const { position } = await send(silent, 'RegisterProvider', {
      ...{ legalName: 'Teasel Care', tradingNames: [], cqcLocationIds: [] },
    });
    await other.readModels.caughtUp();
    await other.settle();
    expect(await other.store.head()).toBeGreaterThanOrEqual(position);
  }, 60_000);

  it('send a request by mail once, though another one takes over (S1-9)', async () => {
    const [one, silent] = [await open(), await open({ WORKER: 'off' })];
    await until('the first one’s work', () => one.isWorking);
    const mails = (node: number) => {
      const folder = join(directory, String(node), 'mail');
      return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : [];
    };
    const { packageId, deliveryId } = await requested(silent);
    await until('the mail', async () => (await statusOf(silent, deliveryId)) === 'sent');
    await one.close();
    const other = await open();
    await until('taking over', () => other.isWorking);
    await send(silent, 'CancelRequest', { packageId, reason: 'needs-changed' }, broker);
    await other.readModels.caughtUp();
    await other.settle();
    expect([mails(0).length, mails(1).length, mails(2).length]).toEqual([1, 0, 0]);
    expect(await statusOf(other, deliveryId)).toBe('sent');
  }, 60_000);

  /** A request to a provider with a mailbox. */
  async function requested(node: RunningService) {
    const startsOn = '2020-01-06';
    const { id: frameworkId } = await send(node, 'EstablishFramework', {
      ...{ name: 'Care at home', startsOn, lastDay: '2099-12-31' },
      ...{ lots: [{ lot: 'lot-1', name: 'Home care' }] },
    });
    await send(node, 'OpenFramework', { frameworkId, opensOn: startsOn, lots: ['lot-1'] });
    const [, opening] = await node.store.read(`framework-${frameworkId}`);
    const { openingId } = opening?.data as { readonly openingId: string };
    const names = { legalName: 'Acorn Homecare', tradingNames: [], cqcLocationIds: [] };
    const { id: providerId } = await send(node, 'RegisterProvider', names);
    await send(node, 'RecordProviderProfile', {
      ...{ providerId, carerGenders: [], skills: [], languages: [], patches: [] },
      requestMailbox: 'requests@acorn.example',
    });
    const terms = { providerId, frameworkId, type: 'framework', startsOn };
    const { id: contractId } = await send(node, 'OpenContract', terms);
    const admission = { contractId, openingId, lots: ['lot-1'], admittedOn: startsOn };
    await send(node, 'AdmitToLots', admission);
    const reference = { system: 'case-system', personRef: 'P-9', referralRef: 'R-9' };
    const directPayment = { outcome: 'not-wanted' };
    const referral = { reference, needs, directPayment };
    const { id: packageId } = await send(node, 'ReferPackage', referral, broker);
    const { position } = await send(node, 'IssueRequest', { packageId }, broker);
    const { data } = (await node.store.at(position)) ?? {};
    const { requestId } = data as { readonly requestId: string };
    return { packageId, deliveryId: invitationDeliveryId(requestId, providerId) };
  }

  const statusOf = async ({ commands }: RunningService, deliveryId: string) =>
    (await commands.reader.folded(deliveryDecider, deliveryStream(deliveryId))).state.status;
});
