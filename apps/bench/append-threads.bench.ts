import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { WriteEntry, WriteOutcome } from '#eventstore/sqlite/batch.js';
import { LogWriter } from '#eventstore/sqlite/log-writer.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { toStoredText } from '#eventstore/stored-form.js';
import { median, ratePerSecond, shortly, thousands, type Bench } from './harness.js';
import { nextId, sampleEvent, sampleSizes } from './sample-appends.js';

const widths = [1, 16, 64, 256] as const;

/** The disk as it is, and one whose fsync takes 5 ms longer. */
const slownessMs = [0, 5] as const;

interface Measured {
  readonly perSecond: number;
  /** How late timers of the event loop came. */
  readonly lateMs: { readonly p99: number; readonly most: number };
}

interface Log {
  append(stream: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Where group commit should run: in the main thread or in a thread of its own (ADR 1). */
export const appendThreadsBench: Bench = async ({ directory, quick }) => {
  const rows: string[][] = [];
  for (const slowMs of slownessMs) {
    for (const width of widths) {
      const places = { main: openInMainThread, thread: openInWriterThread };
      const rounds: Record<keyof typeof places, Measured[]> = { main: [], thread: [] };
      for (let round = 0; round < (quick ? 1 : 3); round += 1) {
        for (const place of ['main', 'thread'] as const) {
          const folder = join(directory, `threads-${slowMs}-${width}-${round}-${place}`);
          const log = await places[place](folder, slowMs);
          rounds[place].push(await measure(log, width, quick ? 0.3 : 2));
        }
      }
      rows.push([`${slowMs}`, `${width}`, ...cellsOf(rounds.main), ...cellsOf(rounds.thread)]);
    }
  }
  return {
    id: 'append-threads',
    title: 'Group commit in the main thread and in a writer thread',
    text: [
      `One event an append (${sampleSizes()}), each in a new stream, FULL, hash chain. The same writer ` +
        'in both places. “Slowed” adds so many milliseconds to each COMMIT. “Late” is how late the ' +
        'timers of the event loop came.',
    ],
    tables: [{ head, rows }],
    verdicts: [],
  };
};

const head = [
  'slowed by ms',
  'in flight',
  'main /s',
  'late p99 ms',
  'late max ms',
  'thread /s',
  'late p99 ms',
  'late max ms',
];

const cellsOf = (rounds: readonly Measured[]): string[] => [
  thousands(median(rounds.map(({ perSecond }) => perSecond))),
  shortly(median(rounds.map(({ lateMs }) => lateMs.p99))),
  shortly(median(rounds.map(({ lateMs }) => lateMs.most))),
];

async function measure(log: Log, width: number, seconds: number): Promise<Measured> {
  const append = () => log.append(`visitWeek-${nextId()}`);
  await ratePerSecond(width, seconds / 3, append);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const perSecond = await ratePerSecond(width, seconds, append);
  delay.disable();
  await log.close();
  return { perSecond, lateMs: { p99: delay.percentile(99) / 1e6, most: delay.max / 1e6 } };
}

async function openInWriterThread(folder: string, slowCommitMs: number): Promise<Log> {
  const store = await openSqliteStore({ file: join(folder, 'events.db'), slowCommitMs });
  return {
    append: (stream) => store.append(stream, [sampleEvent()], 'none'),
    close: () => store.close(),
  };
}

/** The same writer on the main thread: what is queued in one turn is committed in the next. */
function openInMainThread(folder: string, slowCommitMs: number): Promise<Log> {
  mkdirSync(folder, { recursive: true });
  const writer = new LogWriter(join(folder, 'events.db'), { slowCommitMs });
  let queue: { entry: WriteEntry; settle: (outcome: WriteOutcome) => void }[] = [];
  const commit = () => {
    const batch = queue;
    queue = [];
    const outcomes = writer.commit(batch.map(({ entry }) => entry));
    for (const [index, outcome] of outcomes.entries()) batch[index]?.settle(outcome);
  };
  return Promise.resolve({
    append: (stream) =>
      new Promise((settle) => {
        if (queue.length === 0) setImmediate(commit);
        const events = toStoredText([sampleEvent()]);
        queue.push({ entry: { kind: 'append', stream, expected: -1, events }, settle });
      }),
    close: () => {
      writer.close();
      return Promise.resolve();
    },
  });
}
