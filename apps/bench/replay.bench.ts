import { availableParallelism } from 'node:os';
import type { EventStore } from '#eventstore/event-store.js';
import { slices } from '#brokerage/slices.js';
import { readConfig } from '#platform/config/config.js';
import { sliceOf } from '#platform/replay/decision.js';
import { openReadableLog } from '#runtime/replaying/readable-log.js';
import { replayPart } from '#runtime/replaying/replay-part.js';
import { replayed } from '#runtime/replaying/replayed.js';
import { demoLog } from './demo-log.js';
import { atLeast, median, shortly, thousands, timed, type Bench } from './harness.js';

/** Every decision of a log made again, against reading and folding the same log. */
export const replayBench: Bench = async (options) => {
  const { dataDir, size, events } = await demoLog(options);
  const config = readConfig({ DATA_DIR: dataDir, DEMO: 'off' });
  // The threads read their settings as a process would.
  process.env['DATA_DIR'] = dataDir;
  const [reads, folds, alone, apart]: [number[], number[], number[], number[]] = [[], [], [], []];
  const tally = await replayPart(config, {});
  for (let round = 0; round < (options.quick ? 1 : 3); round += 1) {
    const { log, close } = await openReadable(config);
    reads.push((await timed(() => readThrough(log))).seconds);
    folds.push((await timed(() => foldThrough(log))).seconds);
    await close();
    alone.push((await timed(() => replayPart(config, {}))).seconds);
    apart.push((await timed(() => replayed(config, {}, () => undefined))).seconds);
  }
  const { decisions, outcomes, facts } = tally;
  const row = (what: string, seconds: readonly number[]) => [
    ...[what, shortly(median(seconds)), thousands(decisions / median(seconds))],
  ];
  const threads = availableParallelism();
  return {
    id: 'replay',
    title: 'Replay of decisions',
    text: [
      `The ${size} demo council's log, ${thousands(events)} events, ${thousands(decisions)} decisions: ` +
        `${thousands(outcomes.same)} same, ${outcomes.different} different, ${outcomes.threw} threw. Facts fetched ` +
        `again: ${thousands(facts.held)} held, ${facts.stale} stale when recorded, ${facts.altered} altered, ` +
        `${thousands(facts['not-checked'])} kept as they were told. Reading unseals personal fields; folding goes ` +
        'through the deciders’ own states, without deciding.',
    ],
    tables: [
      {
        head: ['what', 'seconds', 'decisions/s'],
        rows: [
          row('read, parse and unseal alone', reads),
          row('and fold every stream', folds),
          row('replay, one thread', alone),
          row(`replay, ${threads} threads`, apart),
        ],
      },
    ],
    verdicts: [
      atLeast('decisions replayed, facts fetched again', decisions / median(apart), 20_000, '/s'),
    ],
  };
};

async function openReadable(config: ReturnType<typeof readConfig>) {
  const readable = await openReadableLog(config);
  return { log: readable.log, close: () => readable.close() };
}

async function readThrough(log: Pick<EventStore, 'readAll'>): Promise<void> {
  for (let after = 0, caughtUp = false; !caughtUp;)
    ({ upTo: after, caughtUp } = await log.readAll({ after }));
}

async function foldThrough(log: Pick<EventStore, 'readAll'>): Promise<void> {
  const states = new Map<string, unknown>();
  for (let after = 0, caughtUp = false; !caughtUp;) {
    const page = await log.readAll({ after });
    for (const { stream, type, data } of page.events) {
      const decider = sliceOf(slices, stream)?.decider;
      if (!decider) continue;
      const state: unknown = states.get(stream) ?? decider.initial;
      states.set(stream, decider.evolve[type]?.(state, data) ?? state);
    }
    ({ upTo: after, caughtUp } = page);
  }
}
