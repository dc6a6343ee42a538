import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NewEvent, StoredEvent } from '../event-store.js';
import { freshStream, sampleEvent, sampleEvents } from '../sample-events.js';
import { EventStoreDouble } from '../testing/double.js';
import type { Fault } from '../testing/faults.js';
import { TcpProxy } from '../testing/tcp-proxy.js';
import { esdbSettings, type EsdbLibrary } from './esdb-settings.js';
import { openEsdbStore, type EsdbStore } from './esdb.store.js';

/** Short, so that a spec waits for a deadline and not for a minute. */
const limits = { appendDeadlineMs: 400, patienceMs: 10_000, readSilenceMs: 600 };
/** Within so many milliseconds after the network is whole again followers have everything. */
const caughtUpWithinMs = 8_000;

/** What networks and servers do, and that no acknowledged event is lost by it and none doubled. */
export function esdbFaultsContract(library: EsdbLibrary): void {
  const directory = mkdtempSync(join(tmpdir(), 'esdb-faults-'));
  let double: EventStoreDouble;
  let store: EsdbStore;
  let seen: string[];
  let acknowledged: string[];
  let unhandled: unknown[];
  let stop: AbortController;
  let following: Promise<void>;
  let opened = 0;

  const note = (error: unknown): void => void unhandled.push(error);
  const opening = (url = double.url) =>
    openEsdbStore({ ...esdbSettings(url, { library }), ...limits });

  async function follow(from: number): Promise<void> {
    for await (const page of store.subscribe(from, { signal: stop.signal })) {
      seen.push(...page.events.map(({ id }) => id));
    }
  }

  async function append(events: readonly NewEvent[] = sampleEvents(2), stream = freshStream()) {
    const result = await store.append(stream, events, 'none');
    acknowledged.push(...events.map(({ id }) => id));
    return { ...result, stream };
  }

  const appendMany = (count: number) => Promise.all(Array.from({ length: count }, () => append()));

  async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (const began = Date.now(); !(await isSo()); await pause(20)) {
      if (Date.now() - began > caughtUpWithinMs) throw new Error(`${what} did not happen`);
    }
  }

  async function wholeLog(): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (let after = 0, caughtUp = false; !caughtUp;) {
      const page = await store.readAll({ after });
      events.push(...page.events);
      ({ upTo: after, caughtUp } = page);
    }
    return events;
  }

  /** Everything acknowledged is in the log, once; the follower has the log, in its order. */
  async function nothingLostOrDoubled(): Promise<void> {
    const ids = (await wholeLog()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const inLog = new Set(ids);
    expect(acknowledged.filter((id) => !inLog.has(id))).toEqual([]);
    await until('the follower’s catching up', () => seen.length >= ids.length);
    expect(seen).toEqual(ids);
    expect(store.health()).toEqual({ writable: true });
    expect(unhandled).toEqual([]);
  }

  beforeEach(async () => {
    [seen, acknowledged, unhandled] = [[], [], []];
    process.on('unhandledRejection', note);
    const file = join(directory, `${(opened += 1)}.db`);
    double = await EventStoreDouble.start({ library, file, proxied: true });
    store = await opening();
    stop = new AbortController();
    following = follow(0);
    await append();
  });

  afterEach(async () => {
    stop.abort();
    await following;
    await store.close();
    await double.stop();
    process.off('unhandledRejection', note);
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  describe('an append', () => {
    it.each<readonly [string, Fault]>([
      ['the connection is cut before it is kept', { kind: 'cut-before' }],
      ['the connection is cut after it was kept', { kind: 'cut-after' }],
      ['its answer comes late', { kind: 'late', ms: 150 }],
      ['its answer comes after its deadline', { kind: 'late', ms: 1_500 }],
      ['it is kept only after its deadline', { kind: 'late-commit', ms: 1_500 }],
      ['it is answered twice', { kind: 'twice' }],
      ['the server hangs, with nothing kept', { kind: 'hang' }],
      ['the server hangs once it is kept', { kind: 'hang-after' }],
      ['the server is unavailable', { kind: 'unavailable' }],
      ['the server is not ready', { kind: 'not-ready' }],
    ])('succeeds, once, when %s', async (_, fault) => {
      double.faults.plan('append', fault);
      const events = sampleEvents(3);
      const { stream } = await append(events);
      expect(double.faults.happened('append')).toBe(1);
      expect((await store.read(stream)).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      await appendMany(5);
      await nothingLostOrDoubled();
    });

    it.each<readonly [string, Fault]>([
      ['unavailable', { kind: 'unavailable' }],
      ['not ready, as while it starts', { kind: 'not-ready' }],
    ])('waits for a server that stays %s for a while', async (_, fault) => {
      double.faults.plan('append', ...Array.from({ length: 6 }, () => fault));
      await append();
      expect(double.faults.happened('append')).toBe(6);
      await nothingLostOrDoubled();
    });

    it('is refused with what happened when the server stays away, and writes go on afterwards', async () => {
      const impatient = await openEsdbStore({
        ...esdbSettings(double.url, { library }),
        ...{ ...limits, patienceMs: 700 },
      });
      double.proxy?.refuse(true);
      const stream = freshStream();
      const events = sampleEvents(1);
      await expect(impatient.append(stream, events, 'none')).rejects.toMatchObject({
        name: 'StoreUnavailable',
      });
      expect(impatient.health().writable).toBe(false);
      double.proxy?.refuse(false);
      await until('the append', async () => {
        const appended = await impatient.append(stream, events, 'none').catch(() => undefined);
        return appended?.revision === 0;
      });
      expect(impatient.health()).toEqual({ writable: true });
      await impatient.close();
      await append();
      await nothingLostOrDoubled();
    });

    it('that is not allowed any more is refused at once, whatever came before', async () => {
      const { stream } = await append();
      double.faults.plan('append', { kind: 'unavailable' });
      await expect(store.append(stream, sampleEvents(1), 'none')).rejects.toMatchObject({
        ...{ name: 'WrongExpectedRevision', actual: 1 },
      });
      await nothingLostOrDoubled();
    });

    it('of many large ones under back-pressure survives a cut', async () => {
      const large = () => [sampleEvent({ data: { words: 'x'.repeat(60_000) } })];
      const appends = Array.from({ length: 64 }, () => append(large()));
      await pause(15);
      double.proxy?.cut();
      await Promise.all(appends);
      await nothingLostOrDoubled();
    });

    it('goes to the leader that a follower names', async () => {
      const leader = await TcpProxy.before(double.innerPort);
      double.faults.plan('append', {
        ...({ kind: 'not-leader', host: '127.0.0.1', port: leader.port } as const),
      });
      await append();
      expect(double.faults.happened('append')).toBe(1);
      await appendMany(5);
      await nothingLostOrDoubled();
      await leader.close();
    });
  });

  describe('a cluster', () => {
    it('with a new leader in its gossip is found again, by writes, reads and followers', async () => {
      const [first, second] = [double.proxy, await TcpProxy.before(double.innerPort)];
      const ports = [double.port, second.port] as const;
      const members = (leader: number) =>
        ports.map((port) => ({
          port,
          state: port === leader ? ('LEADER' as const) : ('FOLLOWER' as const),
          isAlive: port === leader,
        }));
      double.members = members(ports[0]);
      const url = `esdb://127.0.0.1:${ports[0]},127.0.0.1:${ports[1]}?tls=false`;
      const cluster = await opening(url);
      const followed: string[] = [];
      const ended = new AbortController();
      const tail = (async () => {
        for await (const page of cluster.subscribe(0, { signal: ended.signal })) {
          followed.push(...page.events.map(({ id }) => id));
        }
      })();
      const stream = freshStream();
      await cluster.append(stream, sampleEvents(1), 'none');
      first?.refuse(true);
      double.members = members(ports[1]);
      await cluster.append(stream, sampleEvents(1), 0);
      expect(await cluster.read(stream)).toHaveLength(2);
      const ids = (await cluster.readAll({ limit: 5_000 })).events.map(({ id }) => id);
      await until('the follower’s catching up', () => followed.length >= ids.length);
      expect(followed).toEqual(ids);
      ended.abort();
      await tail;
      await cluster.close();
      double.members = [];
      first?.refuse(false);
      await append();
      await nothingLostOrDoubled();
      await second.close();
    });

    it('that nobody can discover is waited for', async () => {
      const url = `esdb://127.0.0.1:${double.port},127.0.0.1:1?tls=false`;
      const cluster = await opening(url);
      const { stream } = await append();
      double.proxy?.refuse(true);
      setTimeout(() => double.proxy?.refuse(false), 1_200);
      const [result, read] = await Promise.all([
        cluster.append(stream, sampleEvents(1), 1),
        cluster.read(stream, { limit: 2 }),
      ]);
      expect([result.revision, read.length]).toEqual([2, 2]);
      await cluster.close();
      await nothingLostOrDoubled();
    });
  });

  describe('a read', () => {
    it.each<readonly [string, Fault]>([
      ['is cut', { kind: 'cut-before' }],
      ['is unavailable', { kind: 'unavailable' }],
      ['is not ready', { kind: 'not-ready' }],
      ['hangs', { kind: 'hang' }],
    ])('is begun again when it %s', async (_, fault) => {
      const { stream } = await append();
      double.faults.plan('read', fault, fault);
      expect(await store.read(stream)).toHaveLength(2);
      expect(double.faults.happened('read')).toBe(2);
      await nothingLostOrDoubled();
    });

    it('goes on after the server was away for a while, on the same store', async () => {
      const { stream } = await append();
      double.proxy?.refuse(true);
      const reading = store.read(stream);
      await pause(1_000);
      double.proxy?.refuse(false);
      expect(await reading).toHaveLength(2);
      await nothingLostOrDoubled();
    });

    it('may be the first one, with the server down', async () => {
      double.proxy?.refuse(true);
      const late = opening();
      await pause(1_000);
      double.proxy?.refuse(false);
      const lateStore = await late;
      expect((await lateStore.readAll()).events.length).toBeGreaterThan(0);
      await lateStore.close();
      await nothingLostOrDoubled();
    });
  });

  describe('a follower', () => {
    it.each<readonly [string, Fault]>([
      ['is unavailable', { kind: 'unavailable' }],
      ['is not ready', { kind: 'not-ready' }],
      ['is cut', { kind: 'cut-before' }],
    ])('goes on when its subscription is cut and %s several times', async (_, fault) => {
      double.faults.plan('subscription', ...Array.from({ length: 4 }, () => fault));
      double.proxy?.cut();
      await until('the faults', () => double.faults.happened('subscription') === 4);
      await appendMany(10);
      await nothingLostOrDoubled();
    });

    it('has no gap and no duplicate over many cuts', async () => {
      for (let round = 0; round < 8; round += 1) {
        await appendMany(10);
        double.proxy?.cut();
      }
      await appendMany(10);
      await nothingLostOrDoubled();
    });

    it('that reads slowly misses nothing', async () => {
      double.faults.slow(3);
      await appendMany(100);
      await nothingLostOrDoubled();
    });

    it('finds out that a subscription is silent though nothing was closed', async () => {
      double.proxy?.stall();
      await pause(700);
      double.proxy?.flow();
      double.faults.plan('subscription', { kind: 'hang' });
      double.proxy?.cut();
      await until('the fault', () => double.faults.happened('subscription') === 1);
      await appendMany(3);
      await nothingLostOrDoubled();
    });
  });

  it('loses and doubles nothing through a network that is cut and stalled at random', async () => {
    const appends: Promise<unknown>[] = [];
    for (let round = 0; round < 12; round += 1) {
      appends.push(appendMany(10));
      await pause(Math.random() * 60);
      if (round % 3 === 0) double.proxy?.cut();
      if (round % 3 === 1) {
        double.proxy?.stall();
        await pause(Math.random() * 300);
        double.proxy?.flow();
      }
    }
    await Promise.all(appends);
    await nothingLostOrDoubled();
  });
}
