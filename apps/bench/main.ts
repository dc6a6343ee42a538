import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { appendThreadsBench } from './append-threads.bench.js';
import { appendsBench } from './appends.bench.js';
import { rendered, writeEvidence } from './evidence.js';
import type { Bench } from './harness.js';
import { describeMachine, machineLine } from './machine.js';
import { awaitingCareBench } from './awaiting-care.bench.js';
import { commandsBench } from './commands.bench.js';
import { eligibilityBench } from './eligibility.bench.js';
import { esdbBench } from './esdb.bench.js';
import { esdbVisitsBench } from './esdb-visits.bench.js';
import { handbackBench } from './handback.bench.js';
import { kpiMonthBench } from './kpi-month.bench.js';
import { offerSheetBench } from './offer-sheet.bench.js';
import { replayBench } from './replay.bench.js';
import { proofBench } from './proof.bench.js';
import { rebuildBench } from './rebuild.bench.js';
import { registerSearchBench } from './register-search.bench.js';
import { startBench } from './start.bench.js';
import { yearImportBench } from './year-import.bench.js';
import { visitsBench } from './visits.bench.js';

/** `npm run bench`: every figure that the design promises, each with its peer in the same run. */
const benches: Readonly<Record<string, Bench>> = {
  appends: appendsBench,
  'append-threads': appendThreadsBench,
  visits: visitsBench,
  rebuild: rebuildBench,
  start: startBench,
  proof: proofBench,
  replay: replayBench,
  commands: commandsBench,
  'awaiting-care': awaitingCareBench,
  handback: handbackBench,
  'offer-sheet': offerSheetBench,
  'register-search': registerSearchBench,
  eligibility: eligibilityBench,
  'year-import': yearImportBench,
  'kpi-month': kpiMonthBench,
  esdb: esdbBench,
  'esdb-visits': esdbVisitsBench,
};

const usage = `npm run bench -- [--only ${Object.keys(benches).join(',')}] [--quick] [--no-write]
  --only      these benches alone, separated by commas
  --quick     seconds instead of minutes; shows that they run, writes nothing
  --no-write  leave docs/evidence.md as it is`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

const wanted = values.only?.split(',') ?? Object.keys(benches);
const unknown = wanted.filter((name) => !(name in benches));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`There is no bench ${unknown.join(', ')}.\n`);
  process.stderr.write(`${usage}\n`);
  process.exit(values.help ? 0 : 2);
}

const directory = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'brokerage-bench-'));
try {
  const machine = machineLine(describeMachine(directory));
  const measuredBy = values.quick ? `${machine}. Quick: too short to mean much` : machine;
  for (const name of wanted) {
    const bench = benches[name];
    if (!bench) continue;
    process.stderr.write(`${name} …\n`);
    const section = await bench({ quick: values.quick, directory });
    process.stdout.write(`${rendered(section, measuredBy).replaceAll(/\n*<!--.*-->/g, '')}\n\n`);
    if (values.write && !values.quick) writeEvidence(section, measuredBy);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
