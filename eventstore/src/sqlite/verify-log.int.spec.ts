import Database from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chainHash } from '../hash-chain.js';
import { freshStream, sampleEvent, sampleEvents } from '../sample-events.js';
import { LogCut } from '../log-verification.js';
import { idOfHex } from './log-schema.js';
import { openSqliteStore } from './sqlite.store.js';
import { verifyLog } from './verify-log.js';

const directory = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

let made = 0;

/** A closed log: stream `sample-a` at positions 1, 2, 3, 5, `sample-b` at 4, 6, and 14 others. */
async function closedLog(): Promise<string> {
  const file = join(directory, String((made += 1)), 'events.db');
  const store = await openSqliteStore({ file });
  await store.append('sample-a', sampleEvents(3), 'none');
  await store.append('sample-b', sampleEvents(1), 'none');
  await store.append('sample-a', [sampleEvent({ data: { text: 'findable text' } })], 2);
  await store.append('sample-b', [sampleEvent({ data: { text: 'odd \ufffd sign' } })], 0);
  await store.append(freshStream(), sampleEvents(14), 'none');
  await store.close();
  return file;
}

/** Changes a log as someone would who can write the file and takes the triggers away. */
function tamper(file: string, change: (db: Database.Database) => void): void {
  const db = new Database(file);
  const triggers = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
  for (const name of triggers.pluck().all()) db.exec(`DROP TRIGGER ${name}`);
  db.pragma('foreign_keys = OFF');
  change(db);
  db.close();
}

/** Gives every event a hash that fits, as a forger would who knows the chain. */
function rechain(db: Database.Database): void {
  const rows = db.prepare<[], Record<string, string | number>>(
    `SELECT position, s.name AS stream, revision, t.name AS type, version, lower(hex(id)) AS id,
       data, metadata FROM events e JOIN streams s ON s.key = stream JOIN types t ON t.key = type`,
  );
  const update = db.prepare('UPDATE events SET hash = unhex(?) WHERE position = ?');
  let hash = '0'.repeat(64);
  for (const row of rows.all()) {
    const event = { ...row, id: idOfHex(String(row['id'])) } as unknown;
    hash = chainHash(hash, event as Parameters<typeof chainHash>[1]);
    update.run(hash, row['position']);
  }
}

describe('Verifying a log', () => {
  it('proves an untouched one and counts its events', async () => {
    const file = await closedLog();
    const progress: number[] = [];
    const result = await verifyLog(file, { onProgress: ({ checked }) => progress.push(checked) });
    expect(result).toMatchObject({ events: 20, position: 20, checkpoint: { position: 20 } });
    expect(result.hash).toBe(result.checkpoint?.hash);
    expect(result).not.toHaveProperty('fault');
    expect(progress.at(-1)).toBe(20);
  });

  it('proves an empty one', async () => {
    const file = join(directory, 'empty', 'events.db');
    await (await openSqliteStore({ file })).close();
    const result = await verifyLog(file);
    expect(result).toMatchObject({ events: 0, position: 0 });
    expect(result).not.toHaveProperty('fault');
  });

  it('reads beside a service that is appending', async () => {
    const store = await openSqliteStore({ file: join(directory, 'busy', 'events.db') });
    let stop = false;
    const appending = (async () => {
      while (!stop) await store.append(freshStream(), sampleEvents(5), 'none');
    })();
    while ((await store.head()) < 100) await store.append(freshStream(), sampleEvents(5), 'none');
    const result = await verifyLog(join(directory, 'busy', 'events.db'));
    stop = true;
    await appending;
    await store.close();
    expect(result.events).toBeGreaterThanOrEqual(100);
    expect(result).not.toHaveProperty('fault');
  });

  const altered = 'its content or the hash before it was altered';
  const swap = (column: string, one: number, two: number): string =>
    `UPDATE events SET ${column} = (SELECT ${column} FROM events o WHERE o.position =
       CASE events.position WHEN ${one} THEN ${two} ELSE ${one} END) WHERE position IN (${one}, ${two})`;

  it.each([
    ['altered data', "UPDATE events SET data = '{}' WHERE position = 5", 5, altered],
    ['altered metadata', "UPDATE events SET metadata = '2' WHERE position = 2", 2, altered],
    ['another id', 'UPDATE events SET id = zeroblob(16) WHERE position = 3', 3, altered],
    ['another version', 'UPDATE events SET version = 2 WHERE position = 3', 3, altered],
    ['another revision', 'UPDATE events SET revision = 9 WHERE position = 5', 5, altered],
    ['an altered hash', 'UPDATE events SET hash = zeroblob(32) WHERE position = 7', 7, altered],
    ['another stream', 'UPDATE events SET stream = 1, revision = 7 WHERE position = 4', 4, altered],
    [
      'a renamed stream',
      "UPDATE streams SET name = 'sample-x' WHERE name = 'sample-b'",
      4,
      altered,
    ],
    ['a renamed type', "UPDATE types SET name = 'Other'", 1, altered],
    [
      'a lost stream name',
      "DELETE FROM streams WHERE name = 'sample-b'",
      4,
      'its stream has no name',
    ],
    ['a lost type name', 'DELETE FROM types', 1, 'its type has no name'],
    ['swapped contents', swap('data', 2, 3), 2, altered],
    ['swapped ids', swap('id', 2, 3), 2, altered],
    ['a missing event', 'DELETE FROM events WHERE position = 4', 4, 'positions 4 to 4 are missing'],
    [
      'a missing stretch',
      'DELETE FROM events WHERE position < 6',
      1,
      'positions 1 to 5 are missing',
    ],
    [
      'a closed gap',
      `DELETE FROM events WHERE position = 4;
       UPDATE events SET position = -position WHERE position > 4;
       UPDATE events SET position = -position - 1 WHERE position < 0`,
      4,
      altered,
    ],
    [
      'bytes that only look like the same sign',
      `UPDATE events SET data = CAST(replace(CAST(data AS BLOB), x'EFBFBD', x'F1BFBD') AS TEXT)
       WHERE position = 6`,
      6,
      altered,
    ],
  ])('names the first bad event: %s', async (_, sql, position, why) => {
    const file = await closedLog();
    tamper(file, (db) => db.exec(sql));
    expect((await verifyLog(file)).fault).toMatchObject({ position, why });
  });

  it('names stream and revision of the bad event', async () => {
    const file = await closedLog();
    tamper(file, (db) => db.exec("UPDATE events SET data = '1' WHERE position = 6"));
    const { fault, events } = await verifyLog(file);
    expect(fault).toMatchObject({ position: 6, stream: 'sample-b', revision: 1 });
    expect(events).toBe(5);
  });

  it('finds one flipped bit in the file', async () => {
    const file = await closedLog();
    const bytes = readFileSync(file);
    const at = bytes.indexOf('findable text');
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(file, bytes);
    expect((await verifyLog(file)).fault).toMatchObject({
      position: 5,
      stream: 'sample-a',
      revision: 3,
    });
  });

  it('finds an order of revisions that a forger chained again', async () => {
    const file = await closedLog();
    tamper(file, (db) => {
      db.exec('UPDATE events SET revision = 9 WHERE position = 5');
      rechain(db);
    });
    rmSync(join(file, '..', 'checkpoint.json'));
    const why = 'it follows revision 2 of its stream';
    expect((await verifyLog(file)).fault).toMatchObject({ position: 5, revision: 9, why });
  });

  it('starts where it is told, on trust of what lies before', async () => {
    const file = await closedLog();
    tamper(file, (db) => db.exec("UPDATE events SET data = '1' WHERE position = 3"));
    expect((await verifyLog(file, { from: 3 })).fault).toMatchObject({ position: 3 });
    const rest = await verifyLog(file, { from: 4 });
    expect(rest).toMatchObject({ events: 17, position: 20 });
    expect(rest).not.toHaveProperty('fault');
  });
});

describe('A checkpoint file', () => {
  const cutTail = (file: string): void => {
    tamper(file, (db) => db.exec('DELETE FROM events WHERE position > 15'));
  };

  it('shows that a tail was cut off, which the chain alone cannot see', async () => {
    const file = await closedLog();
    cutTail(file);
    const { fault } = await verifyLog(file);
    expect(fault?.position).toBe(16);
    expect(fault?.why).toContain('ends at position 15');
    rmSync(join(file, '..', 'checkpoint.json'));
    expect(await verifyLog(file)).not.toHaveProperty('fault');
  });

  it('shows a history that was written anew and chained again', async () => {
    const file = await closedLog();
    tamper(file, (db) => {
      db.exec("UPDATE events SET data = '1' WHERE position = 2");
      rechain(db);
    });
    const why = 'the hash at position 20 is not the one of the checkpoint';
    expect((await verifyLog(file)).fault).toMatchObject({ position: 20, why });
  });

  it('keeps a service from starting on a shorter log, until it is deleted', async () => {
    const file = await closedLog();
    cutTail(file);
    const checkpointFile = join(file, '..', 'checkpoint.json');
    await expect(openSqliteStore({ file })).rejects.toThrow(LogCut);
    await expect(openSqliteStore({ file })).rejects.toThrow(checkpointFile);
    rmSync(checkpointFile);
    const store = await openSqliteStore({ file });
    expect(await store.head()).toBe(15);
    await store.close();
  });

  it('keeps a service from starting without its log, or with another one', async () => {
    const [file, other] = [await closedLog(), await closedLog()];
    rmSync(file);
    await expect(openSqliteStore({ file })).rejects.toThrow('is missing but had 20 events');
    writeFileSync(file, readFileSync(other));
    await expect(openSqliteStore({ file })).rejects.toThrow(/is log .*, its checkpoint is of/);
  });

  it('that is no checkpoint is not taken for one', async () => {
    const file = await closedLog();
    writeFileSync(join(file, '..', 'checkpoint.json'), '{}');
    await expect(verifyLog(file)).rejects.toThrow('is not a checkpoint of a log');
  });
});
