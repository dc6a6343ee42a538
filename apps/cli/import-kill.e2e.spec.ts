import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { askedCli, endOf, startCli } from './ran-cli.js';

const kills = 5;

/** What the log says of visits, stream by stream: not when it was said. */
async function visitsIn(dataDir: string): Promise<{
  readonly visits: ReadonlyMap<string, readonly string[]>;
  readonly filesAccepted: number;
}> {
  const store = await openSqliteStore({ file: join(dataDir, 'events.db') });
  const visits = new Map<string, string[]>();
  let filesAccepted = 0;
  try {
    for (let after = 0, caughtUp = false; !caughtUp;) {
      const page = await store.readAll({ after });
      for (const event of page.events) {
        if (event.type === 'EcmFileAccepted') filesAccepted += 1;
        const told = toldBy(event as unknown as VisitEvent);
        if (told.length > 0) {
          visits.set(event.stream, [...(visits.get(event.stream) ?? []), ...told].toSorted());
        }
      }
      ({ upTo: after, caughtUp } = page);
    }
  } finally {
    await store.close();
  }
  return { visits, filesAccepted };
}

function toldBy({ type, data }: VisitEvent): string[] {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- what files tell of
  switch (type) {
    case 'VisitsRecorded':
      return data.legs.map((leg) => JSON.stringify(leg));
    case 'VisitsUnallocated':
      return data.rows.map((row) => JSON.stringify(row));
    case 'VisitCorrected':
    case 'VisitCorrectionProposed': {
      const { visit, leg, carerId, inAt, outAt, voided } = data;
      return [JSON.stringify([type, visit, leg, carerId, inAt, outAt, voided])];
    }
    case 'VisitMissReported':
    case 'VisitExcused':
    case 'VisitExcuseClaimed':
      return [JSON.stringify([type, data.visit, data.reason])];
    default:
      return [];
  }
}

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
