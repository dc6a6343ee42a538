import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bitFlips, isMissed } from './bit-flips.js';
import { writeLogToTamper } from './log-to-tamper.js';

/** `npm run tamper`: flips random bits of a log, one at a time, and lets both verifiers look. */
const usage = `npm run tamper -- [--flips 1000] [--seed 1]
  --flips  how many bits are flipped, each in a fresh copy of the log
  --seed   repeats the bits of an earlier run
Ends with 1 when a flipped bit was neither found nor harmless.`;

const { values } = parseArgs({
  options: {
    flips: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(values.flips), Number(values.seed)];
if (values.help || !Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write(`${usage}\n`);
  process.exit(values.help ? 0 : 2);
}

const directory = mkdtempSync(join(tmpdir(), 'brokerage-tamper-'));
try {
  await writeLogToTamper(join(directory, 'events.db'));
  let [ours, theirs, harmless, missed, done] = [0, 0, 0, 0, 0];
  for await (const flip of bitFlips(directory, count, seed)) {
    done += 1;
    if (flip.ours !== undefined) ours += 1;
    if (flip.theirs) theirs += 1;
    if (flip.ours === undefined && flip.harmless) harmless += 1;
    if (isMissed(flip)) {
      missed += 1;
      process.stdout.write(`MISSED: bit ${flip.bit} of byte ${flip.byte}\n`);
    }
    if (done % 100 === 0) process.stderr.write(`${done} of ${count}\n`);
  }
  process.stdout.write(
    `${count} flipped bits (seed ${seed}): ${ours} found by ours, ${theirs} by theirs in the export; ` +
      `${harmless} others change nothing that can be read; ${missed} missed.\n`,
  );
  if (missed > 0) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
