import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { StartedApi } from '../api/started-api.js';
import { askedCli, endOf, ranCli, startCli } from './ran-cli.js';

const asOfOn = '2026-03-31';
const small = ['demo', '--small', '--as-of', asOfOn] as const;

/** Changes nothing at any time: there is no such provider. */
const anAlias = `mutation { addProviderAlias(input: { alias: "Nobody",
  commandId: "0193a000-0000-7000-8000-000000000001",
  providerId: "0193a000-0000-7000-8000-000000000002" }) { id } }`;

/** How far the log of a data directory has come, once its process has ended. */
async function headOf(dataDir: string): Promise<number> {
  const store = await openSqliteStore({ file: join(dataDir, 'events.db') });
  try {
    return await store.head();
  } finally {
    await store.close();
  }
}

describe('brokerage demo', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'cli-demo-'));
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  it('loads the council into an empty directory, once', async () => {
    const loaded = await askedCli(dataDir, ...small);
    expect(loaded).toEqual({
      exitCode: 0,
      document: { seed: 1, scale: 'small', asOfOn, state: 'loaded' },
    });
    const again = await askedCli(dataDir, ...small);
    expect(again).toMatchObject({
      exitCode: 1,
      document: { error: { code: 'DemoAlreadyLoaded' } },
    });
  }, 60_000);

  it('goes on where it was interrupted', async () => {
    const child = startCli(dataDir, ...small);
    const ended = endOf(child);
    const started = Date.now();
    for (let head = 0; head === 0 && Date.now() - started < 20_000;) {
      head = (await askedCli<{ events?: number }>(dataDir, 'verify')).document.events ?? 0;
    }
    child.kill('SIGINT');
    expect((await ended).exitCode).toBe(130);
    const before = await headOf(dataDir);
    expect(before).toBeGreaterThan(0);

    const other = await askedCli(dataDir, ...small, '--seed', '2');
    expect(other).toMatchObject({ document: { error: { code: 'DemoAnotherIsLoading' } } });

    expect(await askedCli(dataDir, ...small)).toMatchObject({
      exitCode: 0,
      document: { state: 'loaded' },
    });
    expect(await headOf(dataDir)).toBeGreaterThan(before);
  }, 90_000);

  it('loads into a running service, which refuses changes meanwhile', async () => {
    const api = await StartedApi.start({ dataDir });
    try {
      const ended = endOf(startCli(dataDir, ...small));
      const refusal = async () => {
        const { errors } = await api.graphql('commissioner', anAlias);
        return errors?.[0]?.extensions.code;
      };
      let code = await refusal();
      for (const began = Date.now(); code !== 'DEMO_LOADING' && Date.now() - began < 20_000;) {
        code = await refusal();
      }
      expect(code).toBe('DEMO_LOADING');
      expect((await ended).exitCode).toBe(0);
      expect(await refusal()).toBe('ProviderUnknown');
      const { packages } = await api.data<{ packages: { totalCount: number } }>(
        'broker',
        '{ packages(first: 1) { totalCount } }',
      );
      expect(packages.totalCount).toBeGreaterThan(0);
    } finally {
      await api.stop();
    }
  }, 60_000);

  it('leaves a log alone that is not empty', async () => {
    const api = await StartedApi.start({ dataDir });
    try {
      await api.data(
        'commissioner',
        `mutation { registerProvider(input: { commandId: "0193a000-0000-7000-8000-000000000001",
          legalName: "Larkspur Care", tradingNames: [], cqcLocationIds: [] }) { id } }`,
      );
      const asked = await askedCli(dataDir, ...small);
      expect(asked).toMatchObject({ exitCode: 1, document: { error: { code: 'LogNotEmpty' } } });
    } finally {
      await api.stop();
    }
  });

  it.each([
    [['--seed', 'x'], 2, '--seed takes a whole number'],
    [['--as-of', '2026-02-30'], 2, '--as-of takes a date'],
    [['--as-of', '1999-12-31'], 1, 'A demo council stands on a day from'],
    [['--as-of', '2999-12-31'], 1, 'to today'],
  ])('refuses %p with one sentence', async (options, code, sentence) => {
    const { exitCode, stderr } = await ranCli(dataDir, 'demo', '--small', ...options);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(sentence);
  });
});
