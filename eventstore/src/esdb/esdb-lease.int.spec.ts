import { LeaseLost } from '../lease.js';
import { EventStoreDouble } from '../testing/double.js';
import { EsdbLeases } from './esdb-lease.js';
import { esdbSettings } from './esdb-settings.js';
import { openEsdbStore, type EsdbStore } from './esdb.store.js';

/** A hundredth of the usual times. */
const times = { renewEveryMs: 40, validMs: 200, takeOverMs: 300 };
const forEver = new AbortController().signal;

describe('A lease on EventStoreDB', () => {
  let double: EventStoreDouble;
  let nodes: EsdbStore[];

  const leasesOf = async (holder: string) => {
    const limits = { appendDeadlineMs: 300, patienceMs: 300, readSilenceMs: 300 };
    const store = await openEsdbStore({ ...esdbSettings(double.url), ...limits });
    nodes.push(store);
    return new EsdbLeases(store, holder, times);
  };

  beforeEach(async () => {
    double = await EventStoreDouble.start({ library: 'eventstore', proxied: true });
    nodes = [];
  });
  afterEach(async () => {
    for (const store of nodes) await store.close();
    await double.stop();
  });

  const aborted = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => {
        resolve();
      });
    });

  it('is one holder’s; who waits gets it when it is given back', async () => {
    const [one, other] = [await leasesOf('one'), await leasesOf('other')];
    const lease = await one.acquire('worker', forEver);
    lease.ensureHeld();
    let second = false;
    const waiting = other.acquire('worker', forEver).then((got) => {
      second = true;
      return got;
    });
    await new Promise((resolve) => setTimeout(resolve, times.takeOverMs * 3));
    expect([second, await other.holderOf('worker')]).toEqual([false, 'one']);
    await lease.release();
    const taken = await waiting;
    expect(await one.holderOf('worker')).toBe('other');
    expect(() => {
      lease.ensureHeld();
    }).toThrow(LeaseLost);
    await taken.release();
  });

  it('passes to who waits when its holder is cut off, and its holder knows before', async () => {
    const one = await leasesOf('one');
    const lease = await one.acquire('worker', forEver);
    double.proxy?.refuse(true);
    await aborted(lease.ended);
    expect(() => {
      lease.ensureHeld();
    }).toThrow(LeaseLost);
    double.proxy?.refuse(false);
    const other = await leasesOf('other');
    const taken = await other.acquire('worker', forEver);
    taken.ensureHeld();
    expect(await other.holderOf('worker')).toBe('other');
    await taken.release();
  });

  it('is refused to a holder that slept while another one took it', async () => {
    const [one, other] = [await leasesOf('one'), await leasesOf('other')];
    const lease = await one.acquire('worker', forEver);
    const stream = 'storeLease-worker';
    const [last] = await nodes[0]!.parts.reads.records(stream, {
      direction: 'backwards',
      limit: 1,
    });
    await nodes[1]!.parts.appends.append(
      stream,
      [{ ...last!, id: crypto.randomUUID(), ...asEvent('other') }],
      Number(last!.revision),
    );
    await aborted(lease.ended);
    expect(await other.holderOf('worker')).toBe('other');
  });

  it('is not waited for any more when nobody wants it', async () => {
    const [one, other] = [await leasesOf('one'), await leasesOf('other')];
    const lease = await one.acquire('worker', forEver);
    const stop = new AbortController();
    const waiting = other.acquire('worker', stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow(LeaseLost);
    await lease.release();
  });
});

const asEvent = (holder: string) => ({
  ...{ contentType: 'application/json' as const, metadata: new Uint8Array(), data: { holder } },
});
