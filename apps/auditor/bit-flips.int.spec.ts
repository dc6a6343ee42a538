import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bitFlips, isMissed, type Flip } from './bit-flips.js';
import { writeLogToTamper } from './log-to-tamper.js';

describe('A flipped bit of a log’s file', () => {
  it('is found, or changes nothing that can be read (25; npm run tamper tries 1,000)', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'flips-'));
    try {
      await writeLogToTamper(join(directory, 'events.db'));
      const flips: Flip[] = [];
      for await (const flip of bitFlips(directory, 25, 8)) flips.push(flip);
      expect(flips).toHaveLength(25);
      expect(flips.filter(isMissed)).toEqual([]);
      // What theirs finds in an export, ours finds in the log.
      expect(flips.filter(({ ours, theirs }) => theirs && ours === undefined)).toEqual([]);
      expect(flips.filter(({ ours }) => ours !== undefined).length).toBeGreaterThan(3);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }, 60_000);
});
