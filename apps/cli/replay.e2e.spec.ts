import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyLog } from '#eventstore/copy/copy-log.js';
import type { RawEvent } from '#eventstore/copy/raw-log.js';
import { SqliteCopyTarget } from '#eventstore/copy/sqlite-copy-target.js';
import type { ReplayTally } from '#platform/replay/replay-tally.js';
import { goldenLogs } from '../golden/golden-logs.js';
import { askedCli, ranCli } from './ran-cli.js';

const [[, golden] = []] = goldenLogs();
if (!golden) throw new Error('there is a golden log');

describe('brokerage replay', () => {
  let directory: string;

  /** A data directory with the golden log, perhaps with events as somebody rewrote them. */
  const logWith = async (changed: (event: RawEvent) => RawEvent = (event) => event) => {
    const dataDir = mkdtempSync(join(directory, 'data-'));
    const { raw } = golden;
    const source = {
      ...raw,
      async *events() {
        for await (const page of raw.events()) yield page.map(changed);
      },
    };
    const target = await SqliteCopyTarget.open(dataDir);
    await copyLog(source, target).finally(() => target.close());
    writeFileSync(join(dataDir, 'master.key'), golden.master, { mode: 0o600 });
    return dataDir;
  };
  const replay = (dataDir: string, ...args: string[]) =>
    askedCli<ReplayTally & { readonly ok: boolean }>(dataDir, 'replay', ...args);

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'replay-'));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('finds every decision the same, in threads that share the log', async () => {
    const { exitCode, document } = await replay(await logWith(), '--all');
    expect(document).toMatchObject({ ok: true, decisions: golden.expected.decisions });
    expect(exitCode).toBe(0);
  }, 60_000);

  it('names a decision that was rewritten, with what it was, and ends with 1', async () => {
    const dataDir = await logWith((event) =>
      event.type === 'RequestIssued'
        ? { ...event, data: event.data.replace(/"urgent":(true|false)/, '"urgent":"no"') }
        : event,
    );
    const { exitCode, document } = await replay(dataDir, '--all');
    expect(exitCode).toBe(1);
    expect(document.ok).toBe(false);
    const [first] = document.exceptions;
    expect(first).toMatchObject({ command: 'IssueRequest', outcome: 'different' });
    expect(first?.differences).toContainEqual({
      ...{ path: '0.data.urgent', recorded: 'no', decided: false },
    });
    const { stdout } = await ranCli(dataDir, 'replay', '--stream', first?.stream ?? '');
    expect(stdout).toContain('0.data.urgent: recorded "no", decided false');
  }, 60_000);

  it('replays one stream, or what was recorded since a day', async () => {
    const dataDir = await logWith();
    const all = await replay(dataDir, '--all');
    const since = await replay(dataDir, '--since', '2026-11-16');
    expect(since.document.decisions).toBeGreaterThan(0);
    expect(since.document.decisions).toBeLessThan(all.document.decisions);
    const none = await replay(dataDir, '--since', '2030-01-01');
    expect(none.document.decisions).toBe(0);
    const unknown = await ranCli(dataDir, 'replay', '--stream', 'carePackage-none');
    expect([unknown.exitCode, unknown.stderr]).toEqual([
      1,
      expect.stringContaining('no stream carePackage-none'),
    ]);
  }, 60_000);

  it('asks which decisions, and for a day that it knows', async () => {
    const dataDir = mkdtempSync(join(directory, 'empty-'));
    expect((await ranCli(dataDir, 'replay')).stderr).toContain('--all, --stream or --since');
    const { stderr } = await ranCli(dataDir, 'replay', '--since', 'yesterday');
    expect(stderr).toContain('2026-03-29');
  });
});
