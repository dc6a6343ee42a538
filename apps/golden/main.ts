import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sqliteRawLog } from '#eventstore/copy/sqlite-raw-log.js';
import { software } from '#platform/config/project-root.js';
import { isClean } from '#platform/replay/replay-tally.js';
import { councilIn } from '#runtime/sampled-council.js';
import { GoldenLog } from './golden-log.js';
import { goldenFolder, goldenLogs } from './golden-logs.js';
import { runGolden } from './golden-run.js';

/**
 * `npm run golden -- --record`: keeps a log of this version, once for each release.
 * `npm run golden -- --accept`: after an intended change of read models, states what each golden log
 * gives now; a decision that is not the same is never accepted.
 */
const { values } = parseArgs({
  options: { record: { type: 'boolean' }, accept: { type: 'boolean' } },
});

if (values.record) {
  const directory = mkdtempSync(join(tmpdir(), 'golden-'));
  try {
    await councilIn(directory);
    const folder = goldenFolder(software.version);
    mkdirSync(folder, { recursive: true });
    const raw = sqliteRawLog(directory);
    const master = readFileSync(join(directory, 'master.key'), 'utf8').trim();
    await new GoldenLog(folder).keep(raw, master);
    await raw.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
}
if (values.record || values.accept) {
  for (const [version, golden] of goldenLogs()) {
    const directory = mkdtempSync(join(tmpdir(), 'golden-'));
    const { found, tally } = await runGolden(golden, directory);
    rmSync(directory, { recursive: true });
    if (!isClean(tally)) {
      console.error(JSON.stringify(tally.exceptions, undefined, 2));
      throw new Error(`decisions of ${version} are not the same: give the rule a version`);
    }
    golden.expect(found);
    console.log(`${version}: ${found.events} events, ${found.decisions} decisions`);
  }
} else {
  console.error('Say --record or --accept; see apps/golden/main.ts.');
  process.exitCode = 2;
}
