import Database from 'better-sqlite3';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveId } from '#kernel/ids.js';
import { EventStoreDouble } from '#eventstore/testing/double.js';
import { StartedApi } from '../api/started-api.js';
import { endOf, startCliWith } from './ran-cli.js';

const source = '0193a000-0000-7000-8000-000000000011';
const registering =
  'mutation ($input: RegisterProvider!) { registerProvider(input: $input) { id } }';

describe('brokerage verify on EventStoreDB', () => {
  let directory: string;
  let double: EventStoreDouble;
  let dataDir: string;
  let sent = 0;

  const node = (environment: Record<string, string> = {}) =>
    StartedApi.start({ dataDir, environment: { STORE: double.url, ...environment } });
  const register = async (api: StartedApi) => {
    const commandId = deriveId(source, (sent += 1));
    const names = { legalName: `Sorrel Care ${sent}`, tradingNames: [], cqcLocationIds: [] };
    await api.data('commissioner', registering, { input: { commandId, ...names } });
  };
  const verify = (...args: readonly string[]) =>
    endOf(startCliWith({ STORE: double.url }, dataDir, 'verify', ...args));
  const isWorking = async (api: StartedApi) => {
    while (!(await (await api.get('/metrics')).text()).includes('brokerage_worker 1'));
  };

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'verify-esdb-'));
    dataDir = join(directory, 'node');
    const file = join(directory, 'double.db');
    double = await EventStoreDouble.start({ library: 'eventstore', file });
    mkdirSync(dataDir);
  });
  afterEach(async () => {
    await double.stop();
    rmSync(directory, { recursive: true });
  });

  it('proves what the worker has sealed, and states what came since', async () => {
    const worker = await node();
    await isWorking(worker);
    await register(worker);
    await worker.stop();
    const { stdout, exitCode } = await verify();
    expect(stdout).toMatch(/^\d+ events of log \S+ checked, proven up to position \d+\.$/m);
    expect(stdout).toContain('was compared.');
    expect(exitCode).toBe(0);
    const silent = await node({ WORKER: 'off' });
    await register(silent);
    const open = JSON.parse((await verify('--json')).stdout) as { unsealed: number; ok: boolean };
    // The provider and the key of its name.
    expect(open).toMatchObject({ ok: true, unsealed: 2 });
    await silent.stop();
  }, 60_000);

  it('names an event that was altered, and a service refuses a log that was cut', async () => {
    const worker = await node();
    await isWorking(worker);
    for (let count = 0; count < 3; count += 1) await register(worker);
    await worker.stop();
    const db = new Database(join(directory, 'double.db'));
    db.exec(
      `UPDATE events SET data = CAST(replace(CAST(data AS TEXT), 'Sorrel', 'Burdock') AS BLOB)
         WHERE type = 'ProviderRegistered'`,
    );
    const { stdout, exitCode } = await verify();
    expect(stdout).toMatch(
      /The first bad event is at position \d+, revision 0 of provider-\S+: it, or/,
    );
    expect(exitCode).toBe(1);
    db.exec(`DELETE FROM events WHERE stream LIKE 'chain-%'`);
    db.close();
    await expect(node()).rejects.toThrow(/the log is sealed for 0 events but had \d+/);
  }, 60_000);

  it('is replayed there as it is from a file', async () => {
    const worker = await node();
    await isWorking(worker);
    for (let count = 0; count < 3; count += 1) await register(worker);
    const replay = () => endOf(startCliWith({ STORE: double.url }, dataDir, 'replay', '--all'));
    const { stdout, stderr, exitCode } = await replay();
    expect(stderr).toBe('');
    expect(stdout).toContain('3 decisions made again');
    expect(stdout).toContain('3 same, 0 different, 0 threw.');
    expect(exitCode).toBe(0);
    await worker.stop();
  }, 60_000);

  it('is what the doctor looks at there, beside who works', async () => {
    const worker = await node();
    await isWorking(worker);
    const doctor = async (STORE: string) => {
      const { stdout } = await endOf(startCliWith({ STORE }, dataDir, 'doctor', '--json'));
      return JSON.parse(stdout) as { ok: boolean; checks: object[] };
    };
    const found = expect.stringMatching(/^log \S+ on EventStoreDB, .*\/\d+\/\S+ works$/) as unknown;
    expect((await doctor(double.url)).checks).toContainEqual(
      expect.objectContaining({ check: 'log', found }),
    );
    await worker.stop();
    const { ok, checks } = await doctor('esdb://127.0.0.1:1?tls=false');
    expect(ok).toBe(false);
    expect(checks).toContainEqual(expect.objectContaining({ check: 'log', status: 'fail' }));
  }, 60_000);

  it('says in a sentence that there is no log, or no server', async () => {
    const empty = await verify();
    expect(empty.stderr).toContain('the server holds no log of this product');
    const away = endOf(startCliWith({ STORE: 'esdb://127.0.0.1:1?tls=false' }, dataDir, 'verify'));
    expect((await away).stderr).toContain('The log on EventStoreDB cannot be read');
  }, 60_000);
});
