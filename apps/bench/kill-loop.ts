import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rendered, writeEvidence } from './evidence.js';
import { killCommands } from './kill-commands.js';
import { killDemo } from './kill-demo.js';
import { describeMachine, machineLine } from './machine.js';

/** `npm run kill-loop`: kills the service at random moments and looks for what was lost or doubled. */
const usage = `npm run kill-loop -- [--rounds 100] [--only commands,demo] [--seed n] [--no-write]
  --rounds    how often the service is killed (default 100; a tenth of it, twice, for the demo)
  --only      commands: under a load of commands; demo: while it loads and while it rebuilds
  --seed      repeats the moments of an earlier run, as near as a machine can
  --no-write  leave docs/evidence.md as it is
Ends with 1 when a command was lost or doubled.`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    only: { type: 'string', default: 'commands,demo' },
    seed: { type: 'string' },
    write: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
const rounds = Number(values.rounds);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const kinds = values.only.split(',');
const isKind = (kind: string) => kind === 'commands' || kind === 'demo';
const usable = Number.isInteger(rounds) && rounds >= 1 && Number.isInteger(seed);
if (values.help || !usable || !kinds.every(isKind)) {
  process.stderr.write(`${usage}\n`);
  process.exit(values.help ? 0 : 2);
}

const directory = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'brokerage-kill-'));
try {
  const measuredBy = machineLine(describeMachine(directory));
  const kill = {
    commands: () => killCommands({ directory, rounds, seed }),
    demo: () => killDemo({ directory, rounds: Math.ceil(rounds / 10), seed }),
  };
  for (const kind of ['commands', 'demo'] as const) {
    if (!kinds.includes(kind)) continue;
    const section = await kill[kind]();
    process.stdout.write(`${rendered(section, measuredBy).replaceAll(/\n*<!--.*-->/g, '')}\n\n`);
    if (values.write) writeEvidence(section, measuredBy);
    if (section.verdicts.some(({ met }) => met === false)) process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
