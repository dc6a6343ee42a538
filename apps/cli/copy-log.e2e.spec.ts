import Database from 'better-sqlite3';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveId, idOfKey } from '#kernel/ids.js';
import { addDays, civilDateOf } from '#kernel/time.js';
import { EventStoreDouble } from '#eventstore/testing/double.js';
import { StartedApi } from '../api/started-api.js';
import { referralInput } from '../bench/needs.js';
import { endOf, startCliWith } from './ran-cli.js';

const source = '0193a000-0000-7000-8000-000000000012';
const MASTER_KEY = 'cd'.repeat(32);
const identity = {
  ...{ name: 'Wren Attwater', bornOn: '1941-03-04', postcode: 'ZZ7 1AB' },
  addressLines: ['7 Sorrel Walk'],
};

interface Copied {
  readonly ok: boolean;
  readonly events: number;
  readonly before: number;
  readonly hash: string;
  readonly keys: number;
  readonly checkpoints: number;
  readonly positions: string;
  readonly error?: { readonly code: string; readonly message: string };
}

describe('brokerage copy-log', () => {
  let directory: string;
  let double: EventStoreDouble;
  let sent = 0;
  let running: StartedApi[];

  const folder = (name: string) => {
    const path = join(directory, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const embedded = (name: string) => `sqlite:${join(directory, name)}`;
  const node = async (name: string, STORE?: string) => {
    const environment = { MASTER_KEY, ...(STORE !== undefined && { STORE }) };
    const api = await StartedApi.start({ dataDir: folder(name), environment });
    running.push(api);
    return api;
  };
  const cli = (...args: readonly string[]) => startCliWith({}, folder('cli'), ...args);
  const copy = async (from: string, to: string): Promise<Copied> => {
    const { stdout, stderr } = await endOf(cli('copy-log', '--from', from, '--to', to, '--json'));
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as Copied;
  };
  const hashOf = async (name: string, STORE?: string) => {
    const environment = STORE === undefined ? {} : { STORE };
    const child = startCliWith(environment, join(directory, name), 'verify', '--json');
    return JSON.parse((await endOf(child)).stdout) as { ok: boolean; events: number; hash: string };
  };

  async function send<Result = { id: string }>(api: StartedApi, command: string, fields: object) {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { ${name}(input: $input) { id } }`;
    const input = { commandId: deriveId(source, (sent += 1)), ...fields };
    return (await api.data<Record<string, Result>>('broker', mutation, { input }))[name] as Result;
  }
  const refer = (api: StartedApi, name: string) =>
    send(
      api,
      'ReferPackage',
      referralInput(name, 1, addDays(civilDateOf(new Date().toISOString()), 7)),
    );
  /** Referrals, all but the first withdrawn again; of that person it is known who they are. */
  async function referrals(api: StartedApi, count: number): Promise<string> {
    await refer(api, '0');
    const personId = idOfKey('person', 'casebook', 'P-0');
    await send(api, 'RecordIdentity', { personId, identity });
    for (let n = 1; n <= count; n += 1) {
      const { id } = await refer(api, String(n));
      await send(api, 'WithdrawReferral', { packageId: id, reason: 'Moved away.' });
    }
    return personId;
  }
  const nameOf = async (api: StartedApi, personId: string) => {
    const asked = `query ($ids: [ID!]!) {
      identities(personIds: $ids, purpose: REVIEW) { name } }`;
    return JSON.stringify(await api.data('broker', asked, { ids: [personId] }));
  };

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'copy-log-'));
    const file = join(directory, 'double.db');
    double = await EventStoreDouble.start({ library: 'eventstore', file });
    running = [];
  });
  afterEach(async () => {
    for (const api of running) await api.stop();
    await double.stop();
    rmSync(directory, { recursive: true });
  });

  it('carries a council to EventStoreDB and back, with people’s keys and policies’ places', async () => {
    const first = await node('here');
    const personId = await referrals(first, 4);
    await first.stop();
    const there = await copy(embedded('here'), double.url);
    expect(there).toMatchObject({ ok: true, before: 0 });
    expect(there.keys).toBeGreaterThan(0);
    expect(there.checkpoints).toBeGreaterThan(5);
    const proven = await hashOf('here');
    expect(proven).toMatchObject({ ok: true, events: there.events, hash: there.hash });
    expect(await hashOf('cli', double.url)).toMatchObject({
      ok: true,
      hash: there.hash,
      unsealed: 0,
    });
    const lines = readFileSync(join(directory, 'cli', there.positions), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(there.events + 1);
    expect(lines[1]).toMatch(/^1,\d+$/);

    const second = await node('there', double.url);
    expect(await nameOf(second, personId)).toContain(identity.name);
    await refer(second, 'new');
    await second.stop();

    const back = await copy(double.url, embedded('back'));
    expect(back.events).toBeGreaterThan(there.events);
    expect(await hashOf('back')).toMatchObject({ ok: true, events: back.events, hash: back.hash });
    const third = await node('back');
    expect(await nameOf(third, personId)).toContain(identity.name);
    await third.stop();
  }, 120_000);

  it('lets no policy do again what it has done', async () => {
    const first = await node('here');
    await referrals(first, 3);
    await first.stop();
    const { events } = await copy(embedded('here'), double.url);
    const second = await node('there', double.url);
    while (!(await (await second.get('/metrics')).text()).includes('brokerage_worker 1'));
    await refer(second, '9');
    await second.stop();
    // The referral, and the keys that it holds.
    expect((await hashOf('cli', double.url)).events).toBe(events + 3);
    const saved = new Database(join(directory, 'double.db'), { readonly: true });
    const kept = saved
      .prepare<[], string>(
        "SELECT CAST(data AS TEXT) FROM events WHERE stream LIKE 'storeCheckpoint-policy%' AND revision = 0",
      )
      .pluck()
      .all();
    saved.close();
    expect(kept.length).toBeGreaterThan(5);
    for (const text of kept)
      expect((JSON.parse(text) as { position: number }).position).toBeGreaterThan(0);
  }, 120_000);

  it('goes on after kill -9, and no service takes the part for a log', async () => {
    const first = await node('here');
    await referrals(first, 40);
    await first.stop();
    const child = cli('copy-log', '--from', embedded('here'), '--to', double.url);
    const ended = endOf(child);
    while (double.end < 40_000) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGKILL');
    await ended;
    await expect(node('there', double.url)).rejects.toThrow(
      'Run the same `brokerage copy-log` again',
    );
    const result = await copy(embedded('here'), double.url);
    expect(result.before).toBeGreaterThan(0);
    expect(result.before).toBeLessThan(result.events);
    expect(await hashOf('here')).toMatchObject({ hash: result.hash, events: result.events });
    const fresh = await copy(double.url, embedded('whole'));
    expect(fresh.hash).toBe(result.hash);
  }, 120_000);

  it('refuses, in a sentence, what would harm a log', async () => {
    const first = await node('here');
    await referrals(first, 1);
    const running = await copy(embedded('here'), double.url);
    expect(running.error).toMatchObject({ code: 'DataDirectoryLocked' });
    await first.stop();
    expect((await copy(embedded('nowhere'), double.url)).error?.message).toContain(
      'There is no log',
    );
    expect((await copy('http://here', double.url)).error?.message).toContain('A log is sqlite:');
    await copy(embedded('here'), double.url);
    expect((await copy(embedded('here'), double.url)).error?.message).toContain('holds log');
    expect((await copy(double.url, embedded('here'))).error?.message).toContain(
      'exists. Copy into',
    );
    const worker = await node('there', double.url);
    while (!(await (await worker.get('/metrics')).text()).includes('brokerage_worker 1'));
    expect((await copy(double.url, embedded('back'))).error?.message).toContain('A worker runs');
    expect(existsSync(join(directory, 'back', 'events.db'))).toBe(false);
    await worker.stop();
  }, 120_000);
});
