import { join } from 'node:path';
import { copyLog } from '#eventstore/copy/copy-log.js';
import { SqliteCopyTarget } from '#eventstore/copy/sqlite-copy-target.js';
import { EventCodec } from '#eventstore/event-codec.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { TypedLog } from '#eventstore/typed-log.js';
import { readConfig, type Config } from '#platform/config/config.js';
import { software } from '#platform/config/project-root.js';
import type { ReplayTally } from '#platform/replay/replay-tally.js';
import { projections } from '#projections/projections.js';
import { ProjectionRunner } from '#projections/projector/projection-runner.js';
import { catalogue } from '#runtime/catalogue.js';
import { replayPart } from '#runtime/replaying/replay-part.js';
import { openSubjectKeys } from '#runtime/subject-keys.js';
import type { Expected, GoldenLog } from './golden-log.js';
import { readModelDigests } from './read-model-digest.js';

export interface GoldenRun {
  readonly found: Expected;
  readonly tally: ReplayTally;
}

/** Reads a golden log into an empty directory, replays every decision and folds every read model. */
export async function runGolden(golden: GoldenLog, dataDir: string): Promise<GoldenRun> {
  const { events, hash, config } = await readIn(golden, dataDir);
  const tally = await replayPart(config, {});
  const { runner, close } = await folded(config);
  const { problems } = await runner.health();
  await close();
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const found = {
    ...{ software: `${software.name}@${software.version}`, events, hash },
    ...{ decisions: tally.decisions, erasedDecisions: tally.outcomes.erased },
    readModels: readModelDigests(dataDir),
  };
  return { found, tally };
}

/** Reads a golden log into an empty directory, and folds every read model from it. */
export async function foldedGolden(golden: GoldenLog, dataDir: string): Promise<FoldedLog> {
  return folded((await readIn(golden, dataDir)).config);
}

export interface FoldedLog {
  /** Its personal fields sealed, as read models read it. */
  readonly log: TypedLog;
  readonly runner: ProjectionRunner;
  readonly close: () => Promise<void>;
}

async function readIn(golden: GoldenLog, dataDir: string) {
  const target = await SqliteCopyTarget.open(dataDir);
  const { events, hash } = await copyLog(golden.raw, target).finally(() => target.close());
  const config = readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, MASTER_KEY: golden.master });
  return { events, hash, config };
}

async function folded(config: Config): Promise<FoldedLog> {
  const store = await openSqliteStore({ file: join(config.dataDir, 'events.db') });
  const keys = openSubjectKeys(config, await store.head());
  const log = new TypedLog(store, new EventCodec(catalogue, keys.subjects));
  const runner = new ProjectionRunner(log.sealed, projections, {
    directory: join(config.dataDir, 'read'),
  });
  await runner.start();
  await runner.caughtUp();
  return {
    ...{ log: log.sealed, runner },
    close: async () => {
      await runner.stop();
      await log.close();
      keys.close();
    },
  };
}
