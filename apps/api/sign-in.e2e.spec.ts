import { rmSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoToken } from './demo-tokens.js';
import { StartedApi } from './started-api.js';

const asked = '{ service { name } }';
const codeOf = async (api: StartedApi, token: string) =>
  (await api.graphqlWith(token, asked)).errors?.[0]?.extensions.code;

describe('The local issuer', () => {
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'issuer-'));
  });

  afterAll(() => rm(dataDir, { recursive: true }));

  it('keeps its keys over a restart, for its own user alone, until they are removed', async () => {
    const api = await StartedApi.start({ dataDir });
    const environment = { PORT: new URL(api.url).port };
    const token = await api.token('broker');
    const keyFile = join(dataDir, 'signing-keys.json');
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    await api.stop();

    const again = await StartedApi.start({ dataDir, environment });
    expect(await codeOf(again, token)).toBeUndefined();
    await again.stop();

    rmSync(keyFile);
    await using rotated = await StartedApi.start({ dataDir, environment });
    expect(await codeOf(rotated, token)).toBe('UNAUTHENTICATED');
    expect(await codeOf(rotated, await rotated.token('broker'))).toBeUndefined();
  });

  it('signs nobody in who is not on the page', async () => {
    await using api = await StartedApi.start({ dataDir });
    for (const person of ['nobody', 'system', '', 'provider:', 'provider:a b', 'toString']) {
      await expect(demoToken(api.url, person)).rejects.toThrow('person must be one of: broker, ');
    }
  });

  it('gives no token to a page of another site', async () => {
    await using api = await StartedApi.start({ dataDir });
    const response = await api.get('/oidc/token', {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
      body: new URLSearchParams({
        ...{ grant_type: 'urn:care-brokerage:demo-person', client_id: 'scripts' },
        person: 'broker',
      }),
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await response.text()).not.toContain('access_token');
  });

  it('sends nobody back to a page of another site', async () => {
    await using api = await StartedApi.start({ dataDir });
    const query = new URLSearchParams({
      ...{ client_id: 'graphiql', redirect_uri: 'https://elsewhere.example/graphiql' },
      ...{ response_type: 'code', scope: 'openid', code_challenge: 'x'.repeat(43) },
      code_challenge_method: 'S256',
    });
    const response = await api.get(`/oidc/auth?${query.toString()}`);
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });
});

describe('An issuer elsewhere', () => {
  it('is found by its discovery document, and its people are those of its tokens', async () => {
    await using issuer = await StartedApi.start();
    await using api = await StartedApi.start({
      environment: {
        SIGN_IN: 'oidc',
        OIDC_ISSUER: `${issuer.url}/oidc`,
        OIDC_AUDIENCE: 'urn:care-brokerage:api',
      },
    });
    expect(await codeOf(api, await issuer.token('broker'))).toBeUndefined();
    expect(await codeOf(api, await issuer.token('provider:p-1'))).toBeUndefined();
    expect((await api.get('/oidc/token', { method: 'POST' })).status).toBe(404);
    const { errors } = await api.graphql(undefined, asked);
    expect(errors?.[0]?.message).toContain(`${issuer.url}/oidc`);
  });

  it('refuses everything meant for somebody else', async () => {
    await using issuer = await StartedApi.start();
    const environment = { SIGN_IN: 'oidc', OIDC_ISSUER: `${issuer.url}/oidc` };
    await using api = await StartedApi.start({
      environment: { ...environment, OIDC_AUDIENCE: 'urn:another:api' },
    });
    expect(await codeOf(api, await issuer.token('broker'))).toBe('UNAUTHENTICATED');
  });

  it('that does not answer makes requests wait for another time, not fail for good', async () => {
    await using api = await StartedApi.start({
      environment: {
        ...{ SIGN_IN: 'oidc', OIDC_ISSUER: 'http://127.0.0.1:9/oidc', OIDC_AUDIENCE: 'api' },
      },
    });
    const { errors } = await api.graphqlWith('a.b.c', asked);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const header = Buffer.from('{"alg":"ES256"}').toString('base64url');
    const named = await api.graphqlWith(`${header}.e30.${'A'.repeat(86)}`, asked);
    expect(named.errors?.[0]?.extensions).toMatchObject({
      ...{ code: 'SIGN_IN_UNAVAILABLE', retryable: true },
    });
  });
});
