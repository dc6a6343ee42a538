import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { deriveId } from '#kernel/ids.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { askedCli, ranCli } from './ran-cli.js';

const commandId = '0193a000-0000-7000-8000-000000000001';

/** A log of some events of one stream in a data directory of its own. */
async function aLog(events: number): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cli-'));
  const store = await openSqliteStore({ file: join(dataDir, 'events.db') });
  const metadata = {
    commandId,
    actor: { id: 'broker', roles: ['broker' as const] },
    recordedAt: '2026-03-02T09:00:00.000Z',
  };
  const fresh = Array.from({ length: events }, (_, n) => ({
    id: deriveId(commandId, n),
    type: 'Counted',
    version: 1,
    data: { n },
    metadata,
  }));
  await store.append('count-1', fresh, 'none');
  await store.close();
  return dataDir;
}

/** Changes a stored event as a bad disk or a bad person would. */
function tamper(dataDir: string, position: number): void {
  const db = new Database(join(dataDir, 'events.db'));
  db.exec('DROP TRIGGER events_no_update');
  db.prepare(`UPDATE events SET data = '{"n":-1}' WHERE position = ?`).run(position);
  db.close();
}

describe('brokerage verify and doctor', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await aLog(5);
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('proves an untouched log', async () => {
    const { exitCode, document } = await askedCli(dataDir, 'verify');
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ ok: true, events: 5, position: 5 });
  });

  it('names the first bad event', async () => {
    tamper(dataDir, 3);
    const { exitCode, document } = await askedCli(dataDir, 'verify');
    expect(exitCode).toBe(1);
    expect(document).toMatchObject({
      ok: false,
      fault: { position: 3, stream: 'count-1', revision: 2 },
    });
    const { stdout } = await ranCli(dataDir, 'verify');
    expect(stdout).toContain('The first bad event is at position 3, revision 2 of count-1: ');
  });

  it('checks from a position on and trusts what is before', async () => {
    tamper(dataDir, 1);
    const after = await askedCli(dataDir, 'verify', '--from', '2');
    expect(after).toMatchObject({ exitCode: 0, document: { ok: true, events: 4 } });
    const whole = await askedCli(dataDir, 'verify', '--from', '1');
    expect(whole.exitCode).toBe(1);
  });

  it.each(['0', '-3', 'x'])('refuses to start at position %s', async (from) => {
    const { exitCode, stderr } = await ranCli(dataDir, 'verify', '--from', from);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--from/);
  });

  it('notices that the log is gone', async () => {
    rmSync(join(dataDir, 'events.db'));
    const { exitCode, stderr } = await ranCli(dataDir, 'verify');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('cannot be read as a log');
  });

  it('says where a log is looked for when there never was one', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'cli-'));
    const { exitCode, stderr } = await ranCli(empty, 'verify');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Set DATA_DIR');
    rmSync(empty, { recursive: true });
  });

  it('says so when the file is no log', async () => {
    rmSync(join(dataDir, 'events.db-wal'), { force: true });
    writeFileSync(
      join(dataDir, 'events.db'),
      'not a database, but long enough to be one'.repeat(9),
    );
    expect((await ranCli(dataDir, 'verify')).exitCode).toBe(1);
    truncateSync(join(dataDir, 'events.db'), 0);
    expect((await ranCli(dataDir, 'verify')).exitCode).toBe(1);
  });

  it('reads beside the process that holds the directory', async () => {
    const store = await openSqliteStore({ file: join(dataDir, 'events.db') });
    try {
      expect((await askedCli(dataDir, 'verify')).exitCode).toBe(0);
      const { document } = await askedCli<{ checks: object[] }>(dataDir, 'doctor');
      expect(document.checks).toContainEqual(
        expect.objectContaining({ check: 'lock', found: `held by process ${process.pid}` }),
      );
    } finally {
      await store.close();
    }
  });

  it('finds a stopped service healthy', async () => {
    writeFileSync(join(dataDir, 'master.key'), 'ab'.repeat(32), { mode: 0o600 });
    writeFileSync(join(dataDir, 'keys.db'), '');
    const { exitCode, document } = await askedCli<{
      ok: boolean;
      checks: { check: string; status: string }[];
    }>(dataDir, 'doctor');
    expect(exitCode).toBe(0);
    expect(document.ok).toBe(true);
    expect(document.checks.map(({ check, status }) => `${check} ${status}`)).toEqual(
      expect.arrayContaining(['node ok', 'log ok', 'sqlite ok', 'service ok', 'key ok']),
    );
  });

  it.each([
    ['the key is gone', () => undefined, 'key'],
    [
      'the log is cut',
      (folder: string) => {
        writeFileSync(
          join(folder, 'checkpoint.json'),
          JSON.stringify({ logId: 'other', position: 9, count: 9, hash: '0' }),
        );
      },
      'log',
    ],
  ])('fails when %s and says what to do', async (_, spoil, check) => {
    spoil(dataDir);
    const { exitCode, document } = await askedCli<{ checks: object[] }>(dataDir, 'doctor');
    expect(exitCode).toBe(1);
    expect(document.checks).toContainEqual(
      expect.objectContaining({ check, status: 'fail', advice: expect.any(String) as unknown }),
    );
  });
});
