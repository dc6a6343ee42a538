import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '#eventstore/event-store.js';
import { esdbSettings, type EsdbLibrary } from '#eventstore/esdb/esdb-settings.js';
import { openEsdbStore, type EsdbStore } from '#eventstore/esdb/esdb.store.js';
import { seeded, thousands, until, type Section, type Verdict } from './harness.js';
import { KilledServer } from './killed-server.js';
import { advance, newLanes, sampleEvent } from './sample-appends.js';

export interface KillServerOptions {
  readonly directory: string;
  readonly rounds: number;
  readonly seed: number;
  readonly library: EsdbLibrary;
}

const writers = 16;
const [leastMs, mostMs] = [100, 1_500];
const caughtUpWithinMs = 60_000;

/** Kills the server under a load of appends, and looks for what was lost or doubled. */
export async function killServer(options: KillServerOptions): Promise<Section> {
  const { directory, rounds, seed, library } = options;
  const data = join(directory, `server-${library}`);
  mkdirSync(data, { recursive: true });
  const server = new KilledServer(library, await freePort(), data);
  server.start();
  const load = new AppendLoad(await openEsdbStore(esdbSettings(server.url, { library })));
  const random = seeded(seed);
  for (let round = 0; round < rounds; round += 1) {
    await pause(leastMs + random() * (mostMs - leastMs));
    await server.kill();
    const before = load.acknowledged.size;
    server.start();
    await until('an append after the restart', () => load.acknowledged.size > before, 60_000);
  }
  const found = await load.end();
  await server.kill();
  return sectionOf(options, found);
}

interface Found {
  readonly acknowledged: number;
  readonly givenUp: number;
  readonly lost: number;
  readonly doubled: number;
  readonly inLog: number;
  readonly followedInOrder: boolean;
  readonly unhandled: number;
  readonly resubscriptions: number;
  readonly repeats: number;
}

/** Writers that never stop, and a follower. */
class AppendLoad {
  readonly acknowledged = new Set<string>();
  private givenUp = 0;
  private unhandled = 0;
  private readonly seen: string[] = [];
  private readonly stopped = new AbortController();
  private readonly working: Promise<void>[];
  private readonly following: Promise<void>;

  constructor(private readonly store: EsdbStore) {
    process.on('unhandledRejection', () => (this.unhandled += 1));
    const lanes = newLanes(writers);
    this.working = lanes.map((_, index) => this.write(lanes, index));
    this.following = this.follow();
  }

  async end(): Promise<Found> {
    this.stopped.abort();
    await Promise.all(this.working);
    const ids = await this.wholeLog();
    const isFollowed = () => this.seen.length >= ids.length;
    await until('the follower’s catching up', isFollowed, caughtUpWithinMs);
    const { replacements: _, resubscriptions, unknown: repeats } = this.store.network();
    await this.store.close();
    await this.following;
    const inLog = new Set(ids);
    return {
      ...{ acknowledged: this.acknowledged.size, givenUp: this.givenUp, inLog: inLog.size },
      lost: [...this.acknowledged].filter((id) => !inLog.has(id)).length,
      doubled: ids.length - inLog.size,
      followedInOrder: JSON.stringify(this.seen) === JSON.stringify(ids),
      ...{ unhandled: this.unhandled, resubscriptions, repeats },
    };
  }

  private async write(lanes: ReturnType<typeof newLanes>, index: number): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const { stream, revision } = advance(lanes, index);
      const event = sampleEvent();
      const expected = revision === 0 ? 'none' : revision - 1;
      for (let isKept = false; !isKept;) {
        try {
          await this.store.append(stream, [event], expected);
          isKept = true;
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
          // The same append again, as a client does that repeats its command.
          this.givenUp += 1;
        }
      }
      this.acknowledged.add(event.id);
    }
  }

  private async follow(): Promise<void> {
    const forEver = new AbortController();
    for await (const page of this.store.subscribe(0, { signal: forEver.signal })) {
      this.seen.push(...page.events.map(({ id }) => id));
    }
  }

  private async wholeLog(): Promise<string[]> {
    const ids: string[] = [];
    for (let [after, caughtUp] = [0, false]; !caughtUp;) {
      const page = await this.store.readAll({ after });
      ids.push(...page.events.map(({ id }) => id));
      ({ upTo: after, caughtUp } = page);
    }
    return ids;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

function sectionOf({ rounds, seed, library }: KillServerOptions, found: Found): Section {
  const server = KilledServer.command === undefined ? 'double' : 'server';
  return {
    id: `kill-${server}-${library}`,
    title: `kill -9 of the ${server === 'double' ? 'protocol double' : 'real EventStoreDB'}, by way of ${library}`,
    text: [
      `${writers} writers append without a pause at exact revisions, and a follower reads along, while the ${server} is killed at ` +
        `random moments, ${leastMs} to ${thousands(mostMs)} ms after it took an append again (seed ${seed}). In the end the whole log is read: each ` +
        'acknowledged event must be there, none twice, and the follower must have had all of it in its order. A kill ends the process, ' +
        'not the machine.',
    ],
    tables: [
      {
        head: ['what', 'count'],
        rows: [
          ['kills (SIGKILL), each followed by a start on the same data', thousands(rounds)],
          ['events acknowledged', thousands(found.acknowledged)],
          ['events in the log', thousands(found.inLog)],
          ['tries without an answer, repeated by the adapter', thousands(found.repeats)],
          ['appends given up by the adapter, sent again by the client', thousands(found.givenUp)],
          ['subscriptions begun again', thousands(found.resubscriptions)],
          ['rejections that nobody handled', thousands(found.unhandled)],
          ['follower had everything, in order', found.followedInOrder ? 'yes' : 'no'],
        ],
      },
    ],
    verdicts: [
      none(`kill -9 of the ${server} (${library}): acknowledged events lost`, found.lost),
      none(`kill -9 of the ${server} (${library}): events doubled`, found.doubled),
    ],
  };
}

const none = (what: string, count: number): Verdict => ({
  ...{ what, target: '0', measured: thousands(count), met: count === 0 },
});
