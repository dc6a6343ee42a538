import { contender, type Contender, type ContenderName } from './esdb-contenders.js';
import { median, quantile, ratePerSecond } from './harness.js';
import { advance, newLanes, nextId, sampleEvent } from './sample-appends.js';
import type { EsdbLibrary } from '#eventstore/esdb/esdb-settings.js';

/** A rate, the latencies of single pieces, and what the client's process needed of the processor. */
export interface Measure {
  readonly perSecond: number;
  /** Absent where single pieces are not timed. */
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly cpuMicros: number;
}

export type Measures = Readonly<Record<string, Readonly<Record<ContenderName, Measure>>>>;

export interface MeasureOptions {
  readonly library: EsdbLibrary;
  readonly url: string;
  readonly quick: boolean;
}

type Piece = (lane: number) => Promise<unknown>;

/** Each kind of call by both contenders, round after round in turns; the median round counts. */
export async function measures({ library, url, quick }: MeasureOptions): Promise<Measures> {
  const [rounds, seconds] = quick ? [1, 0.5] : [3, 3];
  const found: Record<string, Record<ContenderName, Measure>> = {};
  for (const [what, width, pieceOf] of kinds) {
    const all: Record<ContenderName, Measure[]> = { ours: [], bare: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const name of ['ours', 'bare'] as const) {
        const client = await contender(name, library, url);
        const piece = await pieceOf(client, width);
        await ratePerSecond(width, seconds / 3, piece);
        all[name].push(await measured(width, seconds, piece));
        await client.close();
      }
    }
    found[what] = { ours: middle(all.ours), bare: middle(all.bare) };
    process.stderr.write(`  ${library}: ${what}\n`);
  }
  return { ...found, ...(await catchingUp({ library, url, quick })) };
}

const appends = (client: Contender, width: number): Piece => {
  const lanes = newLanes(width);
  return (index) => {
    const { stream, revision } = advance(lanes, index);
    return client.append(stream, [sampleEvent()], revision - 1);
  };
};

const batches = (client: Contender): Piece => {
  return () => client.append(`visitWeek-${nextId()}`, hundred(), -1);
};

const streamReads = async (client: Contender): Promise<Piece> => {
  const stream = `visitWeek-${nextId()}`;
  await client.append(stream, hundred(), -1);
  return () => client.readStream(stream);
};

/** As a command does on a stream that is not in memory: its last event, then an append behind it. */
const loadDecideAppend = (client: Contender, width: number): Piece => {
  const lanes = newLanes(width);
  return async (index) => {
    const { stream, revision } = advance(lanes, index);
    const last = revision === 0 ? -1 : await client.readLast(stream);
    await client.append(stream, [sampleEvent()], last);
  };
};

const kinds: readonly (readonly [
  string,
  number,
  (client: Contender, width: number) => Piece | Promise<Piece>,
])[] = [
  ['appends, 1 in flight', 1, appends],
  ['appends, 16 in flight', 16, appends],
  ['appends, 64 in flight', 64, appends],
  ['appends of 100 events, 4 in flight', 4, batches],
  ['reads of a stream of 100 events', 1, streamReads],
  ['last event read, then an append', 1, loadDecideAppend],
];

const hundred = () => Array.from({ length: 100 }, sampleEvent);

async function measured(width: number, seconds: number, piece: Piece): Promise<Measure> {
  const times: number[] = [];
  const before = process.cpuUsage();
  const perSecond = await ratePerSecond(width, seconds, async (lane) => {
    const began = performance.now();
    await piece(lane);
    times.push(performance.now() - began);
  });
  const { user, system } = process.cpuUsage(before);
  const cpuMicros = (user + system) / times.length;
  return { perSecond, p50Ms: median(times), p99Ms: quantile(times, 0.99), cpuMicros };
}

/** The whole log, by pages and by a subscription; per event. */
async function catchingUp({ library, url, quick }: MeasureOptions): Promise<Measures> {
  const found: Record<string, Record<string, Measure[]>> = { pages: {}, follow: {} };
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    for (const name of ['ours', 'bare'] as const) {
      const client = await contender(name, library, url);
      const events = await client.readAll();
      (found['pages']![name] ??= []).push(await wholeLog(events, () => client.readAll()));
      (found['follow']![name] ??= []).push(await wholeLog(events, () => client.follow(events)));
      await client.close();
    }
  }
  const both = (of: Record<string, Measure[]> = {}) => ({
    ours: middle(of['ours'] ?? []),
    bare: middle(of['bare'] ?? []),
  });
  return {
    'events of $all, by pages': both(found['pages']),
    'events of $all, by a subscription': both(found['follow']),
  };
}

async function wholeLog(events: number, read: () => Promise<unknown>): Promise<Measure> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await read();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return { perSecond: events / seconds, cpuMicros: (user + system) / events };
}

/** The round with the median rate. */
const middle = (rounds: readonly Measure[]): Measure => {
  const sorted = [...rounds].sort((one, other) => one.perSecond - other.perSecond);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (!found) throw new Error('nothing was measured');
  return found;
};
