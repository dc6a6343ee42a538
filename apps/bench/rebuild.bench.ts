import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { EventCodec } from '#eventstore/event-codec.js';
import type { EventStore } from '#eventstore/event-store.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { TypedLog } from '#eventstore/typed-log.js';
import { readConfig } from '#platform/config/config.js';
import { projections } from '#projections/projections.js';
import { ProjectionRunner } from '#projections/projector/projection-runner.js';
import { storedFigures } from '#projections/projector/recount.js';
import { catalogue } from '#runtime/catalogue.js';
import { openSubjectKeys } from '#runtime/subject-keys.js';
import { demoLog } from './demo-log.js';
import { median, percent, ratioVerdict, shortly, thousands, timed, type Bench } from './harness.js';
import { MemoryFold } from './memory-fold.js';

/** All read models from the first event on, against the same log folded in memory. */
export const rebuildBench: Bench = async (options) => {
  const { dataDir, size, events } = await demoLog(options);
  const store = await openSqliteStore({ file: join(dataDir, 'events.db') });
  const keys = openSubjectKeys(readConfig({ DATA_DIR: dataDir, DEMO: 'off' }), await store.head());
  const log = new TypedLog(store, new EventCodec(catalogue, keys.subjects)).sealed;
  const [reads, folds, rebuilds]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < (options.quick ? 2 : 3); round += 1) {
    const directory = join(options.directory, `rebuilt-${round}`);
    reads.push((await timed(() => readThrough(log))).seconds);
    const inMemory = await timed(() => foldInMemory(log));
    folds.push(inMemory.seconds);
    rebuilds.push((await timed(() => rebuild(log, directory))).seconds);
    ensureSame(inMemory.result, directory);
    rmSync(directory, { recursive: true });
  }
  await store.close();
  keys.close();
  const ratio = median(folds) / median(rebuilds);
  const row = (what: string, seconds: readonly number[]) => [
    ...[what, shortly(median(seconds)), thousands(events / median(seconds))],
    percent(median(folds) / median(seconds)),
  ];
  return {
    id: 'rebuild',
    title: 'Rebuild of all read models',
    text: [
      `The ${size} demo council's log, ${thousands(events)} events, ${projections.length} projections ` +
        `(${projections.map(({ name }) => name).join(', ')}). The rebuild writes all files, with ` +
        'history, figures and checkpoints, and gives way to requests every 8 ms. The peer reads and ' +
        'parses the same log and folds it through the same handlers and figures into maps.',
    ],
    tables: [
      {
        head: ['what', 'seconds', 'events/s', 'of the fold in memory'],
        rows: [
          row('read and parse alone', reads),
          row('read, parse and fold in memory', folds),
          row('rebuild', rebuilds),
        ],
      },
    ],
    verdicts: [ratioVerdict('rebuild of all read models: of a fold in memory', ratio, 0.3, '%')],
  };
};

async function rebuild(log: EventStore, directory: string): Promise<void> {
  const runner = new ProjectionRunner(log, projections, { directory });
  await runner.start();
  await runner.caughtUp();
  const { problems } = await runner.health();
  await runner.stop();
  if (problems.length > 0) throw new Error(problems.join('; '));
}

async function foldInMemory(log: EventStore): Promise<readonly MemoryFold[]> {
  const folds = projections.map((projection) => new MemoryFold(projection));
  await readThrough(log, (event) => {
    for (const fold of folds) fold.fold(event);
  });
  for (const fold of folds) fold.end();
  return folds;
}

/** A peer that does other work is none: both must have come to the same rows and counters. */
function ensureSame(folds: readonly MemoryFold[], directory: string): void {
  for (const { projection, rows, counters } of folds) {
    const { name, version } = projection;
    const db = new Database(join(directory, `${name}@${version}.db`), { readonly: true });
    const built = Object.fromEntries(
      Object.keys(rows).map((table) => [
        table,
        db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get(),
      ]),
    );
    const same = isDeepStrictEqual(storedFigures(db).counters, counters);
    db.close();
    if (!isDeepStrictEqual(built, rows)) {
      throw new Error(
        `${name}: ${JSON.stringify(built)} rows built, ${JSON.stringify(rows)} folded`,
      );
    }
    if (!same) throw new Error(`${name}: the counters built differ from those folded in memory`);
  }
}

async function readThrough(
  log: EventStore,
  each: (event: Parameters<MemoryFold['fold']>[0]) => void = () => undefined,
): Promise<void> {
  for (let after = 0; ;) {
    const page = await log.readAll({ after, limit: 2_000 });
    for (const event of page.events) each(event);
    after = page.upTo;
    if (page.caughtUp) return;
  }
}
