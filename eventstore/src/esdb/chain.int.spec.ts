import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCheckpointFile, writeCheckpointFile } from '../checkpoint-file.js';
import type { EventStore } from '../event-store.js';
import { soleLease, type Lease } from '../lease.js';
import { LogCut, type VerifyOptions } from '../log-verification.js';
import { sampleEvent, sampleEvents } from '../sample-events.js';
import { openSqliteStore } from '../sqlite/sqlite.store.js';
import { verifyLog } from '../sqlite/verify-log.js';
import { EventStoreDouble } from '../testing/double.js';
import { esdbSettings } from './esdb-settings.js';
import { until } from './esdb-witness.js';
import { openEsdbStore, type EsdbStore } from './esdb.store.js';
import { LogSealer } from './log-sealer.js';
import { ensureChainNotCut, verifyEsdbLog } from './verify-esdb-log.js';

const limits = { appendDeadlineMs: 400, patienceMs: 5_000, readSilenceMs: 600 };
const altered = 'it, or an event before it, is not what was sealed here';

const texts = sampleEvents(3);
const later = [sampleEvent({ data: { text: 'odd \ufffd “sign”', 10: 1.5e300, 2: -0 } })];
const others = sampleEvents(4);
const full = sampleEvents(2, { metadata: { ...sampleEvent().metadata, rules: 3 } });

/** Ten events in five appends: streams `a-1` (0 to 3), `b-1` (0 to 3), `c-1` (0, 1). */
async function fill(store: EventStore): Promise<void> {
  await store.append('a-1', texts, 'none');
  await store.append('b-1', others, 'none');
  await store.append('a-1', later, 2);
  await store.append('c-1', full, 'none');
}

describe('The chain of a log on EventStoreDB', () => {
  let directory: string;
  let file: string;
  let checkpointFile: string;
  let double: EventStoreDouble;
  let store: EsdbStore;
  let sealers: LogSealer[];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'chain-'));
    [file, checkpointFile] = [join(directory, 'double.db'), join(directory, 'checkpoint.json')];
    double = await EventStoreDouble.start({ library: 'eventstore', file, proxied: true });
    store = await openEsdbStore({ ...esdbSettings(double.url), ...limits });
    sealers = [];
  });
  afterEach(async () => {
    for (const sealer of sealers) await sealer.close();
    await store.close();
    await double.stop();
    rmSync(directory, { recursive: true });
  });

  const sealer = (lease: Lease = soleLease(), withinMs = 10) => {
    const begun = new LogSealer(store, lease, { withinMs, mostEvents: 4, checkpointFile });
    sealers.push(begun);
    return begun;
  };
  const verified = (options: VerifyOptions = {}) =>
    verifyEsdbLog(esdbSettings(double.url), { checkpointFile, ...options });
  const sealed = async () => {
    await fill(store);
    const begun = sealer();
    await until('sealing', () => begun.sealedEvents === 10);
    await begun.close();
  };
  const tamper = (change: (db: Database.Database) => void) => {
    const db = new Database(file);
    change(db);
    db.close();
  };

  const at = (stream: string, revision: number) =>
    `stream = '${stream}' AND revision = ${revision}`;

  it('ends with the hash that the embedded store has for the same events', async () => {
    await sealed();
    const embedded = join(directory, 'embedded', 'events.db');
    const twin = await openSqliteStore({ file: embedded });
    await fill(twin);
    await twin.close();
    const found = await verified();
    expect(found).toMatchObject({ logId: store.logId, events: 10, unsealed: 0 });
    expect(found).not.toHaveProperty('fault');
    expect(found.hash).toBe((await verifyLog(embedded)).hash);
    expect(found.position).toBe(await store.head());
    expect(found.checkpoint).toMatchObject({ count: 10, hash: found.hash });
  });

  it('states what is not sealed yet, and nothing about an empty log', async () => {
    expect(await verified()).toMatchObject({ events: 0, unsealed: 0, position: 0 });
    await sealed();
    await store.append('d-1', sampleEvents(3), 'none');
    const found = await verified();
    expect(found).toMatchObject({ events: 13, unsealed: 3, checkpoint: { count: 10 } });
    expect(found).not.toHaveProperty('fault');
  });

  it('checks of what is not sealed yet that no stream has a gap', async () => {
    await sealed();
    await store.append('d-1', sampleEvents(3), 'none');
    tamper((db) => db.exec(`DELETE FROM events WHERE ${at('d-1', 1)}`));
    const why = 'it follows revision 0 of its stream';
    expect((await verified()).fault).toMatchObject({ stream: 'd-1', revision: 2, why });
  });

  it('goes on where it stopped, and seals what is left when it is closed', async () => {
    await sealed();
    await store.append('d-1', sampleEvents(3), 'none');
    const begun = sealer(soleLease(), 60_000);
    await begun.close();
    expect(begun.sealedEvents).toBe(13);
    expect(await verified()).toMatchObject({ events: 13, unsealed: 0 });
    const progress: number[] = [];
    const { position } = await verified({ onProgress: ({ checked }) => progress.push(checked) });
    expect(progress.at(-1)).toBe(13);
    const [last] = await store.read('d-1', { direction: 'backwards', limit: 1 });
    expect(position).toBe(last?.position);
  });

  it('is gone on with by who has the lease now, from what the one before has sealed', async () => {
    await sealed();
    const [lost, held] = [soleLease(), soleLease()];
    const [before, now] = [sealer(lost), sealer(held)];
    await lost.release();
    await store.append('d-1', sampleEvents(6), 'none');
    await until('sealing', () => now.sealedEvents === 16);
    await before.close();
    expect(before.sealedEvents).not.toBe(16);
    expect(await verified()).toMatchObject({ events: 16, unsealed: 0 });
  });

  it('is not gone on with by who has lost the lease', async () => {
    await fill(store);
    const lost = soleLease();
    const begun = sealer(lost, 60_000);
    await lost.release();
    await begun.close();
    expect(await verified()).toMatchObject({ events: 10, unsealed: 10 });
  });

  it('has each segment once where two believe to have the lease', async () => {
    const both = [sealer(), sealer()];
    await fill(store);
    await until('sealing', () => both.every(({ sealedEvents }) => sealedEvents === 10));
    expect(await verified()).toMatchObject({ events: 10, unsealed: 0 });
    expect(await verified()).not.toHaveProperty('fault');
  });

  it('is sealed once the server is back', async () => {
    await fill(store);
    double.proxy?.cut();
    double.proxy?.stall();
    const begun = sealer();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(begun.sealedEvents).toBe(0);
    double.proxy?.flow();
    await until('sealing', () => begun.sealedEvents === 10);
    expect(await verified()).not.toHaveProperty('fault');
  }, 20_000);

  const bytes = (from: string, to: string) =>
    `CAST(replace(CAST(data AS TEXT), '${from}', '${to}') AS BLOB)`;

  it.each<[string, string, string, number, string]>([
    [
      'altered data',
      `UPDATE events SET data = ${bytes('“', '”')} WHERE ${at('a-1', 3)}`,
      'a-1',
      3,
      altered,
    ],
    [
      'altered metadata',
      `UPDATE events SET metadata = CAST(replace(CAST(metadata AS TEXT), 'broker', 'Broker') AS BLOB) WHERE ${at('b-1', 2)}`,
      'b-1',
      2,
      'its metadata is not that of its append',
    ],
    [
      'a changed clock',
      `UPDATE events SET metadata = CAST(replace(CAST(metadata AS TEXT), '09:00:00', '08:00:00') AS BLOB) WHERE ${at('c-1', 1)}`,
      'c-1',
      1,
      altered,
    ],
    ['another type', `UPDATE events SET type = 'Other' WHERE ${at('a-1', 1)}`, 'a-1', 1, altered],
    [
      'another id',
      `UPDATE events SET id = '00000000-0000-4000-8000-000000000000' WHERE ${at('b-1', 0)}`,
      'b-1',
      0,
      altered,
    ],
    ['a missing event', `DELETE FROM events WHERE ${at('b-1', 1)}`, 'b-1', 2, altered],
    [
      'an inserted event',
      `INSERT INTO events SELECT position - 1, 'x-1', 0, '00000000-0000-4000-8000-000000000000', type, contentType, data, metadata, createdMs FROM events WHERE ${at('a-1', 3)}`,
      'x-1',
      0,
      altered,
    ],
    [
      'a swapped pair',
      `UPDATE events SET data = (SELECT data FROM events o WHERE o.stream = 'b-1' AND o.revision = 1 - events.revision) WHERE stream = 'b-1' AND revision < 2`,
      'b-1',
      0,
      altered,
    ],
  ])('shows %s, and where', async (_, sql, stream, revision, why) => {
    await sealed();
    tamper((db) => db.exec(sql));
    const { fault } = await verified();
    expect(fault).toMatchObject({ stream, revision, why });
  });

  it('shows events that are missing at the end of what was sealed', async () => {
    await sealed();
    tamper((db) => db.exec(`DELETE FROM events WHERE stream = 'c-1'`));
    const { fault, position } = await verified();
    expect(fault?.why).toBe('2 events that were sealed are missing at the end');
    expect(position).toBeLessThan(fault?.position ?? 0);
  });

  it('shows a segment that does not follow, and one with another hash', async () => {
    await sealed();
    const stream = `chain-${store.logId}`;
    tamper((db) => {
      const hash = `json_replace(CAST(data AS TEXT), '$.hash', '${'0'.repeat(64)}')`;
      db.exec(`UPDATE events SET data = CAST(${hash} AS BLOB) WHERE ${at(stream, 1)}`);
    });
    expect((await verified()).fault?.why).toBe('segment 1 ends with another hash');
    tamper((db) => {
      const gone = `json_replace(CAST(data AS TEXT), '$.total', 99)`;
      db.exec(`UPDATE events SET data = CAST(${gone} AS BLOB) WHERE ${at(stream, 1)}`);
    });
    const why = 'segment 1 of the chain does not follow segment 0';
    expect((await verified()).fault?.why).toBe(why);
  });

  it('shows a log that was cut with its seals, or written anew, by what lies outside it', async () => {
    await sealed();
    const stream = `chain-${store.logId}`;
    await expect(ensureChainNotCut(store, checkpointFile)).resolves.toBeUndefined();
    tamper((db) => db.exec(`DELETE FROM events WHERE stream = 'c-1' OR ${at(stream, 2)}`));
    const { fault } = await verified();
    expect(fault?.why).toMatch(/^the log is sealed for \d+ events but had 10, up to position \d+$/);
    await expect(ensureChainNotCut(store, checkpointFile)).rejects.toThrow(LogCut);
    const known = readCheckpointFile(checkpointFile);
    if (!known) throw new Error('there was a checkpoint');
    writeCheckpointFile(checkpointFile, { ...known, logId: 'another' });
    await expect(ensureChainNotCut(store, checkpointFile)).rejects.toThrow(
      `the server holds log ${store.logId}, the checkpoint is of another`,
    );
    expect((await verified()).fault?.why).toContain('the checkpoint is of another');
  });

  it('shows a log whose end was written anew with a chain that fits', async () => {
    await sealed();
    tamper((db) => {
      db.exec(`UPDATE events SET type = 'Other' WHERE ${at('c-1', 1)}`);
      db.exec(`DELETE FROM events WHERE stream = 'chain-${store.logId}'`);
    });
    const known = readCheckpointFile(checkpointFile);
    const forger = sealer();
    await until('sealing', () => forger.sealedEvents === 10);
    await forger.close();
    if (known) writeCheckpointFile(checkpointFile, known);
    const { fault } = await verified();
    expect(fault?.why).toMatch(/^the hash at position \d+ is not the one of the checkpoint$/);
    expect(await verifyEsdbLog(esdbSettings(double.url))).not.toHaveProperty('fault');
  });

  it('can be checked from a position on, what lies before being taken on trust', async () => {
    await sealed();
    tamper((db) => db.exec(`UPDATE events SET type = 'Other' WHERE ${at('a-1', 1)}`));
    const from = await store.head();
    const found = await verified({ from });
    expect(found.position).toBe(from);
    expect(found.events).toBeLessThan(6);
    expect(found).not.toHaveProperty('fault');
    expect((await verified()).fault).toMatchObject({ stream: 'a-1', revision: 1 });
  });
});
