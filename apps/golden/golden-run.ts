import { join } from 'node:path';
import { copyLog } from '#eventstore/copy/copy-log.js';
import { SqliteCopyTarget } from '#eventstore/copy/sqlite-copy-target.js';
import { EventCodec } from '#eventstore/event-codec.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { TypedLog } from '#eventstore/typed-log.js';
import { readConfig } from '#platform/config/config.js';
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
  const target = await SqliteCopyTarget.open(dataDir);
  const { events, hash } = await copyLog(golden.raw, target).finally(() => target.close());
  const config = readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, MASTER_KEY: golden.master });
  const tally = await replayPart(config, {});
  await fold(config);
  const found = {
    ...{ software: `${software.name}@${software.version}`, events, hash },
    ...{ decisions: tally.decisions, erasedDecisions: tally.outcomes.erased },
    readModels: readModelDigests(dataDir),
  };
  return { found, tally };
}

async function fold(config: ReturnType<typeof readConfig>): Promise<void> {
  const store = await openSqliteStore({ file: join(config.dataDir, 'events.db') });
  const keys = openSubjectKeys(config, await store.head());
  const log = new TypedLog(store, new EventCodec(catalogue, keys.subjects));
  const runner = new ProjectionRunner(log.sealed, projections, {
    directory: join(config.dataDir, 'read'),
  });
  await runner.start();
  await runner.caughtUp();
  const { problems } = await runner.health();
  await runner.stop();
  await log.close();
  keys.close();
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
