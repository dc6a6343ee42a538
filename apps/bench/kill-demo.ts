import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LogReader } from '#eventstore/sqlite/log-reader.js';
import { verifyLog } from '#eventstore/sqlite/verify-log.js';
import { StartedApi } from '../api/started-api.js';
import { seeded, thousands, until, type Section, type Verdict } from './harness.js';
import type { KillOptions } from './kill-commands.js';
import { readModelDigests } from '../golden/read-model-digest.js';

const deadlineMs = 300_000;

/** Kills the service while it loads the demo council and while it rebuilds its read models. */
export async function killDemo({ directory, rounds, seed }: KillOptions): Promise<Section> {
  const random = seeded(seed);
  const clean = join(directory, 'demo');
  const killed = join(directory, 'demo-killed');
  mkdirSync(clean);
  mkdirSync(killed);
  await startUntil(clean, isLoaded);
  const loads = await killWhile(killed, rounds, () => 20 + random() * 1_980, isLoaded);
  await startUntil(killed, isLoaded);
  const { fault, events } = await verifyLog(join(killed, 'events.db'));
  const [wanted, found] = [idsIn(clean), idsIn(killed)];
  const built = readModelDigests(killed);
  rmSync(join(killed, 'read'), { recursive: true });
  const rebuilds = await killWhile(killed, rounds, () => random() * 400, isLive);
  await startUntil(killed, isLive);
  const differing = differences(built, readModelDigests(killed));
  const known = new Set(found);
  const lost = wanted.filter((id) => !known.has(id));
  return {
    id: 'kill-demo',
    title: 'kill -9 while the demo loads and while read models are rebuilt',
    text: [
      'The small demo council is loaded once in peace and once with kills 20 to 2,000 ms after the ' +
        'service listens. Command ids are derived, so both logs must hold exactly the same event ids. ' +
        'Then the read models are deleted and the rebuild is killed up to 400 ms after the service ' +
        `listens; every row of every table must come out the same (seed ${seed}).`,
      ...differing,
    ],
    tables: [
      {
        head: ['what', 'count'],
        rows: [
          ['kills during the load', String(loads)],
          ['kills during the rebuild', String(rebuilds)],
          ['events of the undisturbed load', thousands(wanted.length)],
          ['events of the killed load, hash chain verified', thousands(events)],
          ['tables compared after the rebuild', String(Object.keys(built).length)],
        ],
      },
    ],
    verdicts: [
      none('events of the demo lost', lost.length),
      none('events of the demo added or doubled', found.length - (wanted.length - lost.length)),
      none('faults in the hash chain of the demo', fault ? 1 : 0),
      none('tables that differ after killed rebuilds', differing.length),
    ],
  };
}

type Reached = (api: StartedApi) => boolean | Promise<boolean>;

const isLoaded: Reached = (api) => api.printed.includes('The demo council is loaded');

/** Every projection has read all of the log. */
const isLive: Reached = async (api) => {
  const response = await api.get('/health/ready');
  const text = await response.text();
  return response.status === 200 && !/"state":"(rebuilding|catching-up)"/.test(text);
};

const start = (dataDir: string) => StartedApi.start({ dataDir, environment: { DEMO: 'small' } });

async function startUntil(dataDir: string, reached: Reached): Promise<void> {
  const api = await start(dataDir);
  try {
    await until('the end of the work', () => reached(api), deadlineMs);
  } finally {
    await api.stop();
  }
}

/** Starts and kills until the work is done or enough kills met it; answers how many did. */
async function killWhile(
  dataDir: string,
  rounds: number,
  afterMs: () => number,
  reached: Reached,
): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    if (kills === rounds) return kills;
    const api = await start(dataDir);
    await new Promise((resolve) => setTimeout(resolve, afterMs()));
    const done = await reached(api);
    await api.kill9();
    if (done) return kills;
  }
}

function idsIn(dataDir: string): readonly string[] {
  const reader = new LogReader(join(dataDir, 'events.db'));
  const ids: string[] = [];
  for (let after = 0; ;) {
    const { events, upTo } = reader.readAll({ after, limit: 2_000 });
    if (events.length === 0) break;
    for (const { id } of events) ids.push(id);
    after = upTo;
  }
  reader.close();
  return ids;
}

const differences = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((table) => !isDeepStrictEqual(before[table], after[table]))
    .map((table) => `${table}: ${before[table] ?? 'none'}, then ${after[table] ?? 'none'}`);

const none = (what: string, found: number): Verdict => ({
  ...{ what: `kill -9: ${what}`, target: '0', measured: String(found), met: found === 0 },
});
