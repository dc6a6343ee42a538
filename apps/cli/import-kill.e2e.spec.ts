import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedCli, endOf, startCli } from './ran-cli.js';
import { visitsIn } from './visits-in-log.fixtures.js';

const kills = 5;

describe('brokerage import-visits, killed', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'cli-kill-'));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('goes on with the same command, and ends as if nothing had happened (S1-15)', async () => {
    const [year, base] = [join(directory, 'year'), join(directory, 'base')];
    cpSync(mkdtempSync(join(directory, 'empty-')), base, { recursive: true });
    await askedCli(
      ...([base, 'demo', '--ecm-year', year, '--as-of', '2026-04-13'] as const),
      ...['--weeks', '4', '--scale', '0.03'],
    );
    expect(await askedCli(base, 'demo', '--for-year', year)).toMatchObject({ exitCode: 0 });
    const [calm, killed] = [join(directory, 'calm'), join(directory, 'killed')];
    cpSync(base, calm, { recursive: true });
    cpSync(base, killed, { recursive: true });
    const began = performance.now();
    expect(await askedCli(calm, 'import-visits', year)).toMatchObject({ exitCode: 0 });
    const tookMs = performance.now() - began;

    const accepted: number[] = [];
    for (let kill = 1; kill <= kills; kill += 1) {
      const child = startCli(killed, 'import-visits', year);
      const ended = endOf(child);
      const timer = setTimeout(() => child.kill('SIGKILL'), (tookMs * kill) / (kills + 1));
      // Killed, or done before its time; never refused.
      expect([null, 0]).toContain((await ended).exitCode);
      clearTimeout(timer);
      accepted.push((await visitsIn(killed)).filesAccepted);
    }
    // It was caught in the middle, and more than once got further than before.
    const files = (
      JSON.parse(readFileSync(join(year, 'expected.json'), 'utf8')) as {
        files: readonly object[];
      }
    ).files.length;
    expect(accepted.some((count) => count > 0 && count < files)).toBe(true);
    const { exitCode, document } = await askedCli(killed, 'import-visits', year);
    expect({ exitCode, document }).toMatchObject({ document: { files } });
    const [before, after] = [await visitsIn(calm), await visitsIn(killed)];
    expect(after.filesAccepted).toBe(before.filesAccepted);
    expect(Object.fromEntries(after.visits)).toEqual(Object.fromEntries(before.visits));
    expect(before.visits.size).toBeGreaterThan(100);
  }, 120_000);
});
