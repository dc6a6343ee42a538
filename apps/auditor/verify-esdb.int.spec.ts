import Database from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChainSeals, type ChainSeal } from '#eventstore/esdb/chain-seals.js';
import { esdbSettings } from '#eventstore/esdb/esdb-settings.js';
import { until } from '#eventstore/esdb/esdb-witness.js';
import { openEsdbStore, type EsdbStore } from '#eventstore/esdb/esdb.store.js';
import { LogSealer } from '#eventstore/esdb/log-sealer.js';
import { verifyEsdbLog } from '#eventstore/esdb/verify-esdb-log.js';
import { soleLease } from '#eventstore/lease.js';
import { AuditSigningKey } from '#eventstore/proof/audit-key.js';
import { fillWithTwelve } from '#eventstore/proof/audited.fixtures.js';
import { ChainBroken } from '#eventstore/proof/chained-log.js';
import { openEsdbChainedLog } from '#eventstore/proof/esdb-chained-log.js';
import { exportLog } from '#eventstore/proof/export-log.js';
import { proveInclusion } from '#eventstore/proof/inclusion.js';
import { LogInconsistent } from '#eventstore/proof/log-tree.js';
import { signNext, treeFileIn, type SignedNow } from '#eventstore/proof/next-checkpoint.js';
import { sampleEvents } from '#eventstore/sample-events.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { verifyLog } from '#eventstore/sqlite/verify-log.js';
import { EventStoreDouble } from '#eventstore/testing/double.js';
import { readConfig } from '#platform/config/config.js';
import { endOf, startCliWith } from '../cli/ran-cli.js';
import { saidByBoth, type BothSaid } from './both-verifiers.fixtures.js';
import { python } from './python.js';

describe('Both verifiers of a log on EventStoreDB', () => {
  let dataDir: string;
  let file: string;
  let double: EventStoreDouble;
  let store: EsdbStore;
  let key: AuditSigningKey;
  let signed: SignedNow;

  const sealed = async (count: number): Promise<void> => {
    // Segments of four and what is left, so that a fault lies within one.
    const sealer = new LogSealer(store, soleLease(), { withinMs: 10, mostEvents: 4 });
    await until('sealing', () => sealer.sealedEvents === count);
    await sealer.close();
  };
  const chained = () => openEsdbChainedLog(esdbSettings(double.url));
  const sign = async (time: string): Promise<SignedNow> => {
    const log = await chained();
    try {
      const now = await signNext(log, { dataDir, key, time });
      if (!now) throw new Error('nothing was signed');
      return now;
    } finally {
      await log.close();
    }
  };

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'verify-esdb-'));
    file = join(dataDir, 'double.db');
    double = await EventStoreDouble.start({ library: 'eventstore', file });
    store = await openEsdbStore(esdbSettings(double.url));
    key = AuditSigningKey.ofPem(AuditSigningKey.newPem());
    await fillWithTwelve(store);
    await sealed(12);
    signed = await sign('2026-11-01T03:00:00.000Z');
  });
  afterEach(async () => {
    await store.close();
    await double.stop();
    rmSync(dataDir, { recursive: true });
  });

  const both = (...checkpoints: readonly string[]): Promise<BothSaid> => {
    const config = readConfig({ DATA_DIR: dataDir, STORE: double.url });
    return saidByBoth(
      {
        place: { config, dataDir, logFile: '' },
        key: key.public,
        verify: (options) => verifyEsdbLog(esdbSettings(double.url), options),
        open: chained,
      },
      checkpoints,
    );
  };
  const tamper = (sql: string): void => {
    const db = new Database(file);
    db.exec(sql);
    db.close();
  };
  const at = (stream: string, revision: number): string =>
    `stream = '${stream}' AND revision = ${revision}`;
  const replaced = (column: string, from: string, to: string): string =>
    `${column} = CAST(replace(CAST(${column} AS TEXT), '${from}', '${to}') AS BLOB)`;

  it('prove what is sealed, and state what is not', async () => {
    await store.append('d-1', sampleEvents(3), 'none');
    const { ours, findings, theirs } = await both(signed.file);
    expect(ours).toMatchObject({ events: 15, unsealed: 3 });
    expect(findings).toMatchObject([{ ok: true, size: 12 }]);
    expect(theirs.stdout).toContain('The first 12 events are those that were signed');
    expect(theirs.stdout).toContain('12 events of log');
    expect(theirs.stdout).toContain('not sealed yet are not in the export');
    expect(theirs.exitCode).toBe(0);
    const log = await chained();
    expect(await exportLog(log, { file: join(dataDir, 'more.ndjson') })).toMatchObject({
      events: 12,
      unsealed: 3,
    });
    await log.close();
  });

  it('agree with the embedded store on the hash of each event', async () => {
    const embedded = join(dataDir, 'embedded', 'events.db');
    const twin = await openSqliteStore({ file: embedded });
    const same = sampleEvents(5);
    await twin.append('same-1', same, 'none');
    await twin.close();
    const other = await EventStoreDouble.start({ library: 'eventstore' });
    const shared = await openEsdbStore(esdbSettings(other.url));
    await shared.append('same-1', same, 'none');
    const sealer = new LogSealer(shared, soleLease(), { withinMs: 10 });
    await until('sealing', () => sealer.sealedEvents === 5);
    await sealer.close();
    const log = await openEsdbChainedLog(esdbSettings(other.url));
    const hashes: string[] = [];
    for await (const page of log.hashes(0)) hashes.push(...page.map((h) => h.toString('hex')));
    await log.close();
    await shared.close();
    await other.stop();
    const links: string[] = [];
    await verifyLog(embedded, { onLink: (hash) => links.push(hash.toString('hex')) });
    expect(hashes).toEqual(links);
  });

  it('go on with an export in the middle of a segment, after more was sealed', async () => {
    const exported = join(dataDir, 'log.ndjson');
    const write = async () => {
      const log = await chained();
      const result = await exportLog(log, { file: exported });
      await log.close();
      return result;
    };
    await write();
    const lines = readFileSync(exported, 'utf8').split('\n');
    writeFileSync(exported, `${lines.slice(0, 7).join('\n')}\n${lines[7]?.slice(0, 20)}`);
    await store.append('d-1', sampleEvents(3), 'none');
    await sealed(15);
    expect(await write()).toMatchObject({ events: 15, before: 6, cutBytes: 20 });
    expect(python('--export', exported).stdout).toContain('15 events of log');
  });

  it('prove one event, by its position or its id', async () => {
    const [third] = await store.read('b-1', { from: 2, limit: 1 });
    const log = await chained();
    const asked = { event: third?.id ?? '', note: signed.note };
    const proof = await proveInclusion(log, treeFileIn(dataDir), asked);
    const byPosition = { ...asked, event: third?.position ?? 0 };
    expect(await proveInclusion(log, treeFileIn(dataDir), byPosition)).toEqual(proof);
    await log.close();
    const [proofFile, keyFile] = [join(dataDir, 'proof.json'), join(dataDir, 'key.txt')];
    writeFileSync(proofFile, JSON.stringify(proof));
    writeFileSync(keyFile, key.public.pem);
    const { stdout, exitCode } = python('--proof', proofFile, '--public-key', keyFile);
    expect(stdout).toContain('revision 2 of b-1 is event number 6 of the 12');
    expect(exitCode).toBe(0);
  });

  it('are served by the command line', async () => {
    const run = (...args: readonly string[]) =>
      endOf(startCliWith({ STORE: double.url }, dataDir, ...args, '--json'));
    await store.append('d-1', sampleEvents(2), 'none');
    const made = await run('checkpoint', '--out', join(dataDir, 'own.txt'));
    // The key is another one than that of the checkpoint before, as after a change of keys.
    expect(JSON.parse(made.stdout)).toMatchObject({ ok: true, size: 12, unsealed: 2 });
    const verified = await run('verify', '--checkpoint', join(dataDir, 'own.txt'));
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, checkpoints: [{ ok: true }] });
    const [fifth] = await store.read('b-1', { from: 1, limit: 1 });
    const proven = await run('prove', String(fifth?.position), '--out', join(dataDir, 'own.json'));
    expect(JSON.parse(proven.stdout)).toMatchObject({ ok: true, stream: 'b-1', leafIndex: 4 });
    const exported = await run('export-log', '--out', join(dataDir, 'own.ndjson'));
    expect(JSON.parse(exported.stdout)).toMatchObject({ ok: true, events: 12, unsealed: 2 });
  }, 30_000);

  it.each<[string, string, string, number]>([
    [
      'a byte of data',
      `UPDATE events SET ${replaced('data', '“', '”')} WHERE ${at('a-1', 3)}`,
      ...(['a-1', 3] as const),
    ],
    [
      'a byte of metadata',
      `UPDATE events SET ${replaced('metadata', 'broker-1', 'broker-2')} WHERE ${at('c-1', 0)}`,
      ...(['c-1', 0] as const),
    ],
    [
      'a changed clock',
      `UPDATE events SET ${replaced('metadata', '09:00:00', '08:00:00')} WHERE ${at('c-1', 1)}`,
      ...(['c-1', 1] as const),
    ],
    [
      'a swapped pair',
      `UPDATE events SET data = (SELECT data FROM events o WHERE o.stream = 'b-1' AND
         o.revision = 3 - events.revision) WHERE stream = 'b-1' AND revision IN (1, 2)`,
      ...(['b-1', 1] as const),
    ],
    [
      'an inserted event',
      `INSERT INTO events SELECT position - 1, 'x-1', 0, '00000000-0000-4000-8000-000000000000', type,
         contentType, data, metadata, createdMs FROM events WHERE ${at('a-1', 3)}`,
      ...(['x-1', 0] as const),
    ],
    ['a deleted event', `DELETE FROM events WHERE ${at('b-1', 1)}`, 'b-1', 2],
  ])('name the place of %s', async (_, sql, stream, revision) => {
    tamper(sql);
    const { ours, theirs } = await both(signed.file);
    expect(ours.fault).toMatchObject({ stream, revision });
    expect(theirs.exitCode).toBe(1);
    const place = `position ${ours.fault?.position}, revision ${revision} of ${stream}`;
    expect(theirs.stdout).toContain(`The first bad event is at ${place}: `);
  });

  it('come after signing, which is refused for a log whose last event was altered', async () => {
    tamper(
      `UPDATE events SET ${replaced('metadata', '09:00:00', '08:00:00')} WHERE ${at('c-1', 1)}`,
    );
    await expect(sign('2026-11-02T03:00:00.000Z')).rejects.toThrow(ChainBroken);
  });

  it('notice a cut end with its seals by the checkpoint', async () => {
    const seals: ChainSeal[] = [];
    for await (const seal of new ChainSeals(store.parts.reads, store.logId).all()) seals.push(seal);
    const { segment = 0, upTo = 0, total = 0 } = seals.at(-2) ?? {};
    const isOfLog = "stream LIKE 'a-%' OR stream LIKE 'b-%' OR stream LIKE 'c-%'";
    tamper(`DELETE FROM events WHERE position > ${upTo} AND (${isOfLog})`);
    tamper(`DELETE FROM events WHERE stream = 'chain-${store.logId}' AND revision > ${segment}`);
    const { ours, findings, theirs } = await both(signed.file);
    expect(ours).not.toHaveProperty('fault');
    expect(findings[0]?.why).toBe(`the log proves ${total} events but had 12`);
    expect(theirs.stdout).toContain(`The log ends after event number ${total}, but had 12`);
    await expect(sign('2026-11-02T03:00:00.000Z')).rejects.toThrow(LogInconsistent);
  });

  it('notice a log whose end was written and sealed anew by the checkpoint, and say where', async () => {
    const [before] = [signed];
    tamper(`UPDATE events SET type = 'Other' WHERE ${at('c-1', 1)}`);
    tamper(`DELETE FROM events WHERE stream = 'chain-${store.logId}'`);
    await sealed(12);
    const alone = await both();
    expect(alone.ours).not.toHaveProperty('fault');
    expect(alone.theirs.exitCode).toBe(0);
    const { findings, theirs } = await both(before.file);
    expect(findings[0]).toMatchObject({ ok: false, first: { stream: 'c-1', revision: 1 } });
    expect(theirs.stdout).toContain('something from event number 1 to 12 was rewritten');
    await expect(sign('2026-11-02T03:00:00.000Z')).rejects.toThrow(LogInconsistent);
  });
});
