import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartedApi } from '../api/started-api.js';
import { askedCli, ranCli } from './ran-cli.js';

describe('brokerage sign-in', () => {
  let api: StartedApi;

  beforeAll(async () => {
    api = await StartedApi.start();
  });

  afterAll(() => api.stop());

  it('prints a token that the service takes, and nothing else', async () => {
    const { exitCode, stdout, stderr } = await ranCli(api.dataDir, 'sign-in', 'broker');
    expect([exitCode, stderr]).toEqual([0, '']);
    const { errors } = await api.graphqlWith(stdout.trim(), '{ service { name } }');
    expect(errors).toBeUndefined();
  });

  it('says who there is when there is no such person', async () => {
    const { exitCode, document } = await askedCli(api.dataDir, 'sign-in', 'nobody');
    expect([exitCode, document]).toEqual([
      1,
      {
        error: {
          code: 'SignInRefused',
          message: expect.stringContaining('one of: broker,') as string,
        },
      },
    ]);
  });

  it('says so when no service runs', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'signed-out-'));
    const { exitCode, stderr } = await ranCli(dataDir, 'sign-in', 'broker');
    await rm(dataDir, { recursive: true });
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('npm start') as string]);
  });
});
