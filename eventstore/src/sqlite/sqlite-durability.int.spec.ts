import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCheckpointFile } from '../checkpoint-file.js';
import { StoreUnavailable, type AppendEntry, type EventStore } from '../event-store.js';
import { freshStream, sampleEvent, sampleEvents } from '../sample-events.js';
import { toStoredText } from '../stored-form.js';
import { LogWriter } from './log-writer.js';
import { ensureVersion } from './open-log.js';
import { openSqliteStore } from './sqlite.store.js';
import { verifyLog } from './verify-log.js';

const directory = mkdtempSync(join(tmpdir(), 'durability-'));
const mounted = join(directory, 'mounted');
afterAll(() => {
  if (isMounted) execFileSync('umount', [mounted]);
  rmSync(directory, { recursive: true });
});

let made = 0;
const freshFile = (): string => join(directory, String((made += 1)), 'events.db');

const big = (): ReturnType<typeof sampleEvent> => sampleEvent({ data: 'x'.repeat(50_000) });

/** Appends until it is refused, and says what was acknowledged and how it ended. */
async function appendUntilRefused(store: EventStore) {
  const acknowledged: string[] = [];
  for (let count = 0; count < 1000; count += 1) {
    const stream = freshStream('filling');
    try {
      await store.append(stream, [big()], 'none');
      acknowledged.push(stream);
    } catch (error) {
      return { acknowledged, error };
    }
  }
  throw new Error('the disk never became full');
}

describe('The SQLite log', () => {
  it('has FULL synchronous writes and a write-ahead log at each open', () => {
    const file = join(directory, 'pragma.db');
    for (let open = 0; open < 3; open += 1) {
      const writer = new LogWriter(file);
      expect(writer.pragma('synchronous')).toBe(2);
      expect(writer.pragma('journal_mode')).toBe('wal');
      writer.close();
    }
  });

  it.each([
    ['3.51.3', true],
    ['3.51.2', false],
    ['3.52.0', true],
    ['3.50.9', false],
    ['4.0.0', true],
    ['2.99.99', false],
  ])('runs with SQLite %s: %s', (version, accepted) => {
    const check = (): void => {
      ensureVersion(version);
    };
    if (accepted) expect(check).not.toThrow();
    else expect(check).toThrow(version);
  });

  it('lets nobody change or remove what was appended', async () => {
    const file = freshFile();
    const store = await openSqliteStore({ file });
    await store.append('sample-kept', sampleEvents(3), 'none');
    await store.close();
    const db = new Database(file);
    const before = db.prepare('SELECT * FROM events').all();
    const [one] = before as { id: Buffer }[];
    const insert = (verb: string, position: number, revision: number): void => {
      const values = `(${position}, 1, ${revision}, 1, 1, ?, zeroblob(32), '{}', '{}')`;
      db.prepare(`${verb} INTO events VALUES ${values}`).run(one?.id);
    };
    const refusals: [string, () => unknown][] = [
      ['events is append-only', () => db.exec("UPDATE events SET data = '{}' WHERE position = 2")],
      ['events is append-only', () => db.exec('DELETE FROM events WHERE position = 3')],
      ['streams is append-only', () => db.exec("UPDATE streams SET name = 'other'")],
      ['types is append-only', () => db.exec('DELETE FROM types')],
      ['log is append-only', () => db.exec("UPDATE log SET logId = 'other'")],
      ['a log has one name', () => db.exec("INSERT INTO log VALUES ('other', 1, '')")],
      [
        'without gaps',
        () => {
          insert('INSERT OR REPLACE', 2, 1);
        },
      ],
      [
        'without gaps',
        () => {
          insert('INSERT OR REPLACE', 4, 1);
        },
      ],
      [
        'without gaps',
        () => {
          insert('INSERT', 5, 3);
        },
      ],
      [
        'without gaps',
        () => {
          insert('INSERT', 4, 4);
        },
      ],
    ];
    for (const [reason, attempt] of refusals) expect(attempt).toThrow(reason);
    expect(db.prepare('SELECT * FROM events').all()).toEqual(before);
    db.close();
  });

  it('refuses a file that is another database, or of another layout', async () => {
    const [other, later] = [freshFile(), freshFile()];
    for (const file of [other, later]) mkdirSync(join(file, '..'));
    new Database(other).exec('CREATE TABLE t (x)').close();
    await expect(openSqliteStore({ file: other })).rejects.toThrow('no such table: log');
    new Database(later)
      .exec("CREATE TABLE log (logId, layout); INSERT INTO log VALUES ('a', 9)")
      .close();
    await expect(openSqliteStore({ file: later })).rejects.toThrow('has layout 9');
    const text = freshFile();
    mkdirSync(join(text, '..'));
    writeFileSync(text, 'this is a text file, not a database; '.repeat(200));
    await expect(openSqliteStore({ file: text })).rejects.toThrow('file is not a database');
  });

  it('undoes one refused entry of a batch and keeps the others', async () => {
    const file = join(directory, 'batch', 'events.db');
    mkdirSync(join(file, '..'));
    const writer = new LogWriter(file);
    const entry = (stream: string, ...versions: number[]) => ({
      ...{ kind: 'append' as const, stream, expected: -1 },
      events: toStoredText(versions.map((version) => sampleEvent({ version }))),
    });
    const batch = [entry('sample-a', 1, 1), entry('sample-b', 1, 1.5), entry('sample-c', 1)];
    expect(writer.commit(batch)).toMatchObject([
      { kind: 'done', revision: 1, position: 2 },
      { kind: 'failed' },
      { kind: 'done', revision: 0, position: 3 },
    ]);
    expect(writer.commit([entry('sample-b', 1)])).toMatchObject([{ kind: 'done', position: 4 }]);
    writer.close();
    const verified = await verifyLog(file);
    expect(verified).toMatchObject({ events: 4 });
    expect(verified).not.toHaveProperty('fault');
  });

  it('gives positions without gaps, refused appends among them', async () => {
    const store = await openSqliteStore({ file: freshFile() });
    const streams = Array.from({ length: 40 }, () => freshStream());
    await Promise.allSettled(
      streams.flatMap((stream) => [
        store.append(stream, sampleEvents(2), 'none'),
        store.append(stream, sampleEvents(1), 'none'),
      ]),
    );
    const { events } = await store.readAll();
    expect(events.map((event) => event.position)).toEqual(events.map((_, index) => index + 1));
    expect(events).toHaveLength(80);
    await store.close();
  });

  it('lets single appends go before those of a pipeline', async () => {
    const store = await openSqliteStore({ file: freshFile() });
    const entries = Array.from({ length: 250 }, (): AppendEntry => ({
      stream: freshStream('imported'),
      events: sampleEvents(10),
      expected: 'none',
    }));
    const outcomes = store.pipeline(entries)[Symbol.asyncIterator]();
    await outcomes.next();
    const { position } = await store.append(freshStream(), sampleEvents(1), 'none');
    for (let next = await outcomes.next(); !next.done;) next = await outcomes.next();
    expect(await store.head()).toBe(2501);
    expect(position).toBeLessThan(2501);
    await store.close();
  });

  it('writes how far it has come beside it, soon after an append and when closed', async () => {
    const file = freshFile();
    const checkpointFile = join(file, '..', 'checkpoint.json');
    const store = await openSqliteStore({ file, checkpointEveryMs: 5 });
    await store.append(freshStream(), sampleEvents(3), 'none');
    const deadline = Date.now() + 10_000;
    while (!existsSync(checkpointFile) && Date.now() < deadline) await store.head().then(turn);
    const { hash } = await verifyLog(file);
    const expected = { logId: store.logId, position: 3, count: 3, hash };
    expect(readCheckpointFile(checkpointFile)).toEqual(expected);
    await store.close();
    const slow = await openSqliteStore({ file, checkpointEveryMs: 1_000_000 });
    await slow.append(freshStream(), sampleEvents(1), 'none');
    expect(readCheckpointFile(checkpointFile)).toEqual(expected);
    await slow.close();
    expect(readCheckpointFile(checkpointFile)).toMatchObject({ position: 4, count: 4 });
  });
});

describe('A closed store', () => {
  it('leaves one file that holds everything', async () => {
    const file = freshFile();
    const store = await openSqliteStore({ file });
    await store.append('sample-whole', sampleEvents(50), 'none');
    await store.close();
    expect(readdirSync(join(file, '..')).toSorted()).toEqual([
      'checkpoint.json',
      'events.db',
      'lock.db',
    ]);
    const copy = join(directory, 'copy.db');
    copyFileSync(file, copy);
    const db = new Database(copy, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM events').pluck().get()).toBe(50);
    db.close();
  });
});

describe('A writer thread that dies', () => {
  it('leaves pending appends refused and reads working', async () => {
    const file = freshFile();
    const store = await openSqliteStore({ file });
    await store.append('sample-before', sampleEvents(2), 'none');
    const pending = sampleEvents(5).map((event) => store.append(freshStream(), [event], 'none'));
    const settled = Promise.allSettled(pending);
    await store['queue']['worker'].terminate();
    for (const outcome of await settled) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(StoreUnavailable);
    }
    expect(store.health()).toEqual({ writable: false, reason: 'the writer thread ended' });
    const late = store.append(freshStream(), sampleEvents(1), 'none');
    await expect(late).rejects.toThrow(StoreUnavailable);
    expect(await store.read('sample-before')).toHaveLength(2);
    await store.close();
    const again = await openSqliteStore({ file });
    expect((await again.append('sample-before', sampleEvents(1), 1)).revision).toBe(2);
    await again.close();
  });
});

/** Each makes a disk of about 2 MB full, and says how to give it room again. */
const fullDisks: [
  string,
  () => Promise<{ file: string; maxPages?: number; relieve: () => void }>,
][] = [
  [
    'a file that may not grow',
    () => Promise.resolve({ file: freshFile(), maxPages: 500, relieve: () => undefined }),
  ],
];

/** A real file system of 2 MB, where this process may mount one. */
const mountSmallDisk = (): boolean => {
  mkdirSync(mounted);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mounted], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const isMounted = mountSmallDisk();
if (isMounted) {
  fullDisks.push([
    'a small file system',
    () => {
      const ballast = join(mounted, 'ballast');
      writeFileSync(ballast, Buffer.alloc(600_000));
      const relieve = (): void => {
        rmSync(ballast);
      };
      return Promise.resolve({ file: join(mounted, 'events.db'), relieve });
    },
  ]);
}

describe('A full disk', () => {
  it('ends the writer for good, even where the next write would fit', () => {
    const file = join(directory, 'full.db');
    const writer = new LogWriter(file, { maxPages: 30 });
    const entry = (stream: string, data: string) => ({
      ...{ kind: 'append' as const, stream, expected: -1 },
      events: toStoredText([sampleEvent({ data })]),
    });
    writer.commit([entry('sample-fits', 'x')]);
    expect(() => writer.commit([entry('sample-big', 'x'.repeat(500_000))])).toThrow('full');
    expect(() => writer.commit([entry('sample-small', 'x')])).toThrow('an earlier write failed');
    expect(writer.checkpoint.position).toBe(1);
    writer.close();
  });

  it.each(fullDisks)(
    '(%s) stops appends, not reads, and loses nothing acknowledged',
    async (_, fill) => {
      const { relieve, ...options } = await fill();
      const store = await openSqliteStore(options);
      const { acknowledged, error } = await appendUntilRefused(store);
      expect(error).toBeInstanceOf(StoreUnavailable);
      expect(acknowledged.length).toBeGreaterThan(5);
      expect(store.health().writable).toBe(false);
      expect(store.health().reason).toContain('full');
      await expect(store.append(freshStream(), sampleEvents(1), 'none')).rejects.toThrow(
        StoreUnavailable,
      );
      await expect(store.saveCheckpoint('policy', 1)).rejects.toThrow(StoreUnavailable);
      expect((await store.readAll({ limit: 2000 })).events.map((event) => event.stream)).toEqual(
        acknowledged,
      );
      await store.close();
      relieve();
      const again = await openSqliteStore({ file: options.file });
      const kept = (await again.readAll({ limit: 2000 })).events.map((event) => event.stream);
      expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
      expect((await again.append(freshStream(), sampleEvents(1), 'none')).revision).toBe(0);
      await again.close();
      expect(await verifyLog(options.file)).not.toHaveProperty('fault');
    },
  );
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
