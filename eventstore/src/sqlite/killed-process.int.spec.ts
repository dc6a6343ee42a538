import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DataDirectoryLocked, lockDataDirectory } from '../lock.js';
import { sampleEvents } from '../sample-events.js';
import { openSqliteStore } from './sqlite.store.js';
import { verifyLog } from './verify-log.js';

const directory = mkdtempSync(join(tmpdir(), 'killed-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

const url = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);

let scripts = 0;

/** Runs a module in another process and yields the lines it prints. */
function run(script: string): { child: ChildProcess; lines: AsyncIterable<string> } {
  const file = join(directory, `${(scripts += 1)}.mjs`);
  writeFileSync(file, script);
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  children.push(child);
  return { child, lines: createInterface({ input: child.stdout }) };
}

const exited = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('exit', resolve));

/** Appends two events at a time to 16 streams at once and prints each acknowledged one. */
const appending = (file: string, round: number): string => `
  import { writeSync } from 'node:fs';
  import { openSqliteStore } from ${url('./sqlite.store.js')};
  import { idOfKey } from ${url('../../../libs/kernel/src/ids.js')};
  const store = await openSqliteStore({ file: ${JSON.stringify(file)} });
  const metadata = { commandId: 'c', actor: { id: 'a', roles: [] }, recordedAt: '2026-03-02T09:00:00.000Z' };
  await Promise.all(Array.from({ length: 16 }, async (_, lane) => {
    const stream = 'lane-' + ${round} + '-' + lane;
    for (let next = 0; ; next += 2) {
      const events = [next, next + 1].map((number) => (
        { id: idOfKey(stream, number), type: 'Appended', version: 1, data: { number }, metadata }));
      const { revision, position } = await store.append(stream, events, next === 0 ? 'none' : next - 1);
      writeSync(1, JSON.stringify({ stream, revision, position }) + '\\n');
    }
  }));
`;

describe('A process that is killed while it appends', () => {
  it('loses nothing acknowledged and doubles nothing', async () => {
    const file = join(directory, 'kills', 'events.db');
    const acknowledged: { stream: string; revision: number; position: number }[] = [];
    for (let round = 0; round < 4; round += 1) {
      const { child, lines } = run(appending(file, round));
      const death = exited(child);
      let heard = 0;
      for await (const line of lines) {
        acknowledged.push(JSON.parse(line) as (typeof acknowledged)[number]);
        if ((heard += 1) === 50 + round * 171) child.kill('SIGKILL');
      }
      await death;
    }
    const store = await openSqliteStore({ file });
    for (const { stream, revision, position } of acknowledged) {
      const [event] = await store.read(stream, { from: revision, limit: 1 });
      expect(event).toMatchObject({ position, data: { number: revision } });
    }
    for (const stream of new Set(acknowledged.map((entry) => entry.stream))) {
      const events = await store.read(stream, { limit: 5000 });
      expect(events.map(({ data }) => data)).toEqual(events.map((_, number) => ({ number })));
      expect(events.length % 2).toBe(0);
    }
    await store.close();
    expect(acknowledged.length).toBeGreaterThan(200);
    expect(await verifyLog(file)).not.toHaveProperty('fault');
  });
});

describe('A data directory', () => {
  it('is refused to a second owner with its name and the first one’s process id', async () => {
    const held = join(directory, 'held');
    const store = await openSqliteStore({ file: join(held, 'events.db') });
    const { lines } = run(`
      import { openSqliteStore } from ${url('./sqlite.store.js')};
      await openSqliteStore({ file: ${JSON.stringify(join(held, 'events.db'))} })
        .catch(({ name, message }) => console.log(name, message));
    `);
    const said: string[] = [];
    for await (const line of lines) said.push(line);
    expect(said).toEqual([
      `DataDirectoryLocked the data directory ${held} is in use by process ${process.pid}; stop it or choose another one`,
    ]);
    await expect(openSqliteStore({ file: join(held, 'other.db') })).rejects.toThrow(
      DataDirectoryLocked,
    );
    expect((await store.append('sample-held', sampleEvents(1), 'none')).revision).toBe(0);
    await store.close();
    await (await openSqliteStore({ file: join(held, 'events.db') })).close();
  });

  it('is held while its owner lives and free again at once when it is killed', async () => {
    const left = join(directory, 'left');
    const { child, lines } = run(`
      import { setFlagsFromString } from 'node:v8';
      import { runInNewContext } from 'node:vm';
      import { lockDataDirectory } from ${url('../lock.js')};
      lockDataDirectory(${JSON.stringify(left)});
      // Nobody keeps the lock in a variable: garbage collection must not let go of it.
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc');
      for (let round = 0; round < 3; round += 1) await new Promise((next) => setImmediate(next, collect()));
      console.log('locked');
      setInterval(() => {}, 1000);
    `);
    const death = exited(child);
    for await (const line of lines) {
      expect(line).toBe('locked');
      expect(() => lockDataDirectory(left)).toThrow(`process ${child.pid}`);
      child.kill('SIGKILL');
    }
    await death;
    const lock = lockDataDirectory(left);
    lock.release();
    lock.release();
  });

  it('is let go when the store cannot be opened', async () => {
    const broken = join(directory, 'broken');
    const file = join(broken, 'events.db');
    mkdirSync(file, { recursive: true });
    await expect(openSqliteStore({ file })).rejects.toThrow('unable to open database file');
    lockDataDirectory(broken).release();
  });
});
