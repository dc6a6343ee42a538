import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDirectory } from '#eventstore/lock.js';
import { readServiceFile, serviceFileIn, writeServiceFile } from '#platform/admin/service-file.js';
import { StartedApi } from '../api/started-api.js';
import { askedCli, ranCli } from './ran-cli.js';

interface Listed {
  readonly projections: readonly { name: string; state: string; lagEvents: number }[];
}

const unknownId = '0193a000-0000-7000-8000-00000000000f';

describe('The command line of a running service', () => {
  let api: StartedApi;

  beforeAll(async () => {
    api = await StartedApi.start();
  });

  afterAll(() => api.stop());

  it('finds the service by a file that only its user can read', () => {
    expect(readServiceFile(api.dataDir)).toMatchObject({ url: api.url, pid: api.pid });
    expect(statSync(serviceFileIn(api.dataDir)).mode & 0o777).toBe(0o600);
  });

  it('lists the projections', async () => {
    const { exitCode, document } = await askedCli<Listed>(api.dataDir, 'projections', 'list');
    expect(exitCode).toBe(0);
    expect(document.projections.map(({ name }) => name)).toContain('awaiting-care');
    const { stdout } = await ranCli(api.dataDir, 'projections', 'list');
    expect(stdout).toMatch(/awaiting-care@\d+ +live/);
  });

  it.each(['rebuild', 'retry'])('can %s a projection', async (verb) => {
    const { exitCode, document } = await askedCli(api.dataDir, 'projections', verb, 'jobs');
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ name: 'jobs', state: 'live' });
  });

  it('names the projections when one is unknown', async () => {
    const { exitCode, document } = await askedCli<{ error: { code: string; message: string } }>(
      ...[api.dataDir, 'projections', 'rebuild', 'luck'],
    );
    expect(exitCode).toBe(1);
    expect(document.error.code).toBe('ProjectionUnknown');
    expect(document.error.message).toMatch(/There are: .*awaiting-care/);
  });

  it.each([
    ['work-items', 'list', { workItems: [] }],
    ['jobs', 'list', { jobs: [] }],
  ])('answers %s %s', async (noun, verb, document) => {
    expect(await askedCli(api.dataDir, noun, verb)).toEqual({ exitCode: 0, document });
  });

  it.each([
    ['work-items', 'retry', 'WorkItemUnknown'],
    ['jobs', 'show', 'JobUnknown'],
    ['jobs', 'cancel', 'JobUnknown'],
  ])('refuses %s %s of an unknown id', async (noun, verb, code) => {
    const asked = await askedCli(api.dataDir, noun, verb, unknownId);
    expect(asked).toMatchObject({ exitCode: 1, document: { error: { code } } });
  });

  it('refuses an id that is none as a wrong use', async () => {
    expect((await askedCli(api.dataDir, 'jobs', 'cancel', 'job-1')).exitCode).toBe(2);
  });

  it('verifies and examines beside the service', async () => {
    expect((await askedCli(api.dataDir, 'verify')).exitCode).toBe(0);
    const { exitCode, document } = await askedCli<{ checks: object[] }>(api.dataDir, 'doctor');
    expect(exitCode).toBe(0);
    expect(document.checks).toContainEqual({
      check: 'service',
      status: 'ok',
      found: `process ${api.pid} is ready at ${api.url}`,
    });
  });

  it.each([
    ['no token', undefined],
    ['another token', `Bearer ${'0'.repeat(64)}`],
  ])('lets nobody in with %s', async (_, authorization) => {
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
    const response = await api.get('/admin/projections', { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('knows no other operation', async () => {
    const { token } = readServiceFile(api.dataDir) ?? {};
    for (const name of ['luck', 'constructor']) {
      const headers = { authorization: `Bearer ${token}` };
      const response = await api.get(`/admin/${name}`, { method: 'POST', headers });
      expect(response.status).toBe(404);
    }
  });
});

describe('The command line without a service', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'cli-'));
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  it('opens the data itself and leaves no service file', async () => {
    const api = await StartedApi.start({ dataDir });
    await api.stop();
    expect(existsSync(serviceFileIn(dataDir))).toBe(false);
    const { exitCode, document } = await askedCli<Listed>(dataDir, 'projections', 'list');
    expect(exitCode).toBe(0);
    expect(document.projections.length).toBeGreaterThan(0);
    expect(existsSync(serviceFileIn(dataDir))).toBe(false);
  });

  it('opens the data when the service was killed and left its file', async () => {
    const api = await StartedApi.start({ dataDir });
    await api.kill9();
    expect(existsSync(serviceFileIn(dataDir))).toBe(true);
    expect((await askedCli(dataDir, 'projections', 'rebuild', 'jobs')).exitCode).toBe(0);
  });

  it('says so when another process has the data and cannot be reached', async () => {
    const api = await StartedApi.start({ dataDir });
    await api.stop();
    const lock = lockDataDirectory(dataDir);
    try {
      const { exitCode, document } = await askedCli<{ error: { message: string } }>(
        ...[dataDir, 'projections', 'list'],
      );
      expect(exitCode).toBe(3);
      expect(document.error.message).toContain(`Process ${process.pid} works on ${dataDir}`);
    } finally {
      lock.release();
    }
  });

  it('does not trust an address where something else listens', async () => {
    const api = await StartedApi.start();
    try {
      const url = api.url;
      writeServiceFile(dataDir, { url, pid: 1, token: '0'.repeat(64) });
      expect((await askedCli(dataDir, 'projections', 'list')).exitCode).toBe(2);
    } finally {
      await api.stop();
    }
  });

  it('says what to do with a service file that no service wrote', async () => {
    writeFileSync(serviceFileIn(dataDir), '{}');
    const { exitCode, stderr } = await ranCli(dataDir, 'projections', 'list');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('Remove it and start the service again.');
  });

  it('makes no data directory out of a wrong path', async () => {
    const { exitCode, stderr } = await ranCli(dataDir, 'projections', 'list');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Start one with npm start, or set DATA_DIR.');
    expect(existsSync(join(dataDir, 'events.db'))).toBe(false);
  });
});
