import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { esdbLibraries } from '#eventstore/esdb/esdb-settings.js';
import { rendered, writeEvidence } from './evidence.js';
import { killServer } from './kill-server.js';
import { describeMachine, machineLine } from './machine.js';

/** `npm run kill-server`: kills EventStoreDB, or its double, at random moments. */
const usage = `npm run kill-server -- [--rounds 100] [--library eventstore|kurrent] [--seed n] [--no-write]
  ESDB_SERVER_COMMAND  a line of shell that serves $ESDB_PORT from $ESDB_DIRECTORY; default the double
Ends with 1 when an acknowledged event was lost or doubled.`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    library: { type: 'string', default: 'eventstore' },
    seed: { type: 'string' },
    write: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
const rounds = Number(values.rounds);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const library = esdbLibraries.find((each) => each === values.library);
if (values.help || !library || !Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  process.stderr.write(`${usage}\n`);
  process.exit(values.help ? 0 : 2);
}

const directory = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'brokerage-kill-'));
try {
  const section = await killServer({ directory, rounds, seed, library });
  const measuredBy = machineLine(describeMachine(directory));
  process.stdout.write(`${rendered(section, measuredBy).replaceAll(/\n*<!--.*-->/g, '')}\n\n`);
  if (values.write) writeEvidence(section, measuredBy);
  if (section.verdicts.some(({ met }) => met === false)) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exit();
