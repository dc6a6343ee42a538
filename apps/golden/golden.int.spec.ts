import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goldenLogs } from './golden-logs.js';
import { runGolden } from './golden-run.js';

describe('The golden log', () => {
  it.each(goldenLogs())(
    'of %s gives the same decisions, and the read models that were accepted',
    async (_, golden) => {
      const directory = mkdtempSync(join(tmpdir(), 'golden-'));
      try {
        const { found, tally } = await runGolden(golden, directory);
        expect(tally.exceptions).toEqual([]);
        expect(tally.outcomes.same + tally.outcomes.erased).toBe(tally.decisions);
        // After an intended change: npm run golden -- --accept, and say in the log of changes why.
        expect(found).toEqual({ ...golden.expected, software: found.software });
      } finally {
        rmSync(directory, { recursive: true });
      }
    },
    120_000,
  );
});
