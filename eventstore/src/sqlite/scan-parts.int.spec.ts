import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendEntry } from '../event-store.js';
import { rechain, tamper } from '../proof/audited.fixtures.js';
import { sampleEvents } from '../sample-events.js';
import { openSqliteStore } from './sqlite.store.js';
import { verifyLog } from './verify-log.js';

const streams = 501;
const perStream = 50;
const half = streams * perStream;

/** 501 streams of 100 events each, the first 50 of each in the first half of the log. */
const entriesOf = function* (): Generator<AppendEntry> {
  for (const expected of ['none', perStream - 1] as const) {
    for (let stream = 0; stream < streams; stream += 1) {
      yield { stream: `sample-${stream}`, events: sampleEvents(perStream), expected };
    }
  }
};

describe('A log that threads verify in parts', () => {
  const directory = mkdtempSync(join(tmpdir(), 'parts-'));
  const whole = join(directory, 'whole.db');
  const file = join(directory, 'events.db');

  beforeAll(async () => {
    const store = await openSqliteStore({ file: whole });
    for await (const outcome of store.pipeline(entriesOf())) {
      if ('error' in outcome) throw outcome.error;
    }
    await store.close();
    rmSync(join(directory, 'checkpoint.json'));
  });
  beforeEach(() => {
    copyFileSync(whole, file);
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('is proven whole, its hashes told in their order', async () => {
    const hashes: string[] = [];
    const checked: number[] = [];
    const found = await verifyLog(file, {
      onLink: (hash) => hashes.push(hash.toString('hex')),
      onProgress: (progress) => checked.push(progress.checked),
    });
    expect(found).toMatchObject({ events: half * 2, position: half * 2 });
    expect(found).not.toHaveProperty('fault');
    expect(hashes).toHaveLength(half * 2);
    expect(hashes.at(-1)).toBe(found.hash);
    expect(Math.max(...checked)).toBe(half * 2);
  });

  const altered = 'its content or the hash before it was altered';
  it.each([
    ['in the first part', half - 1, altered],
    ['at the end of the first part', half, altered],
    ['at the beginning of the second', half + 1, altered],
    ['at the end', half * 2, altered],
  ])('is bad where it was altered %s', async (_, position, why) => {
    tamper(file, `UPDATE events SET data = '1' WHERE position = ${position}`);
    const { fault, events } = await verifyLog(file);
    expect(fault).toMatchObject({ position, why });
    expect(fault?.stream).toMatch(/^sample-/);
    expect(events).toBe(position - 1);
  });

  it('is bad at the first of several places', async () => {
    tamper(file, `UPDATE events SET data = '1' WHERE position IN (${half + 9}, ${half + 8}, 7)`);
    expect((await verifyLog(file)).fault).toMatchObject({ position: 7, why: altered });
    tamper(file, `DELETE FROM events WHERE position BETWEEN ${half - 3} AND ${half + 3}`);
    expect((await verifyLog(file, { from: 8 })).fault).toMatchObject({
      position: half - 3,
      why: `positions ${half - 3} to ${half + 3} are missing`,
    });
  });

  it('is bad where a stream goes on in another part with a wrong revision', async () => {
    const position = half + 1;
    tamper(file, (db) => {
      db.exec(`UPDATE events SET revision = revision + 1000 WHERE position >= ${position}`);
      rechain(db);
    });
    expect((await verifyLog(file)).fault).toMatchObject({
      ...{ position, stream: 'sample-0', revision: perStream + 1000 },
      why: `it follows revision ${perStream - 1} of its stream`,
    });
  });

  it('is bad where a stream begins in another part and not with its first revision', async () => {
    const position = half * 2;
    tamper(file, (db) => {
      db.exec(`INSERT INTO streams VALUES (9999, 'late-1', 'late')`);
      db.exec(`UPDATE events SET stream = 9999, revision = 3 WHERE position = ${position}`);
      rechain(db);
    });
    expect((await verifyLog(file)).fault).toMatchObject({
      ...{ position, stream: 'late-1', revision: 3, why: 'it follows revision -1 of its stream' },
    });
    expect(await verifyLog(file, { from: 2 })).not.toHaveProperty('fault');
  });
});
