import { StartedApi } from './started-api.js';

describe('The started api', () => {
  let api: StartedApi;

  beforeAll(async () => {
    api = await StartedApi.start({ environment: { LOG_LEVEL: 'info' } });
  });

  afterAll(() => api.stop());

  it('answers a signed-in person', async () => {
    const { service } = await api.data<{ service: { name: string; logId: string } }>(
      'broker',
      '{ service { name logId } }',
    );
    expect(service).toEqual({ name: 'care-brokerage', logId: expect.any(String) as string });
  });

  it('answers a user of a provider, named by the organisation', async () => {
    expect(await api.graphql('provider:p-1', '{ service { name } }')).toMatchObject({
      status: 200,
      data: { service: { name: 'care-brokerage' } },
    });
  });

  it.each([undefined, '', 'x', 'a.b.c'])(
    'refuses the token %p and says what to do',
    async (token) => {
      const { errors } = await api.graphqlWith(token, '{ service { name } }');
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
      expect(errors?.[0]?.message).toMatch(/sign-in broker|Sign in again/);
    },
  );

  it.each([
    ['an unknown field', '{ service { age } }', 'Cannot query field "age" on type "Service".'],
    ['a syntax error', '{ service {', 'Syntax Error: Expected Name, found <EOF>.'],
    ['an empty document', '', 'must contain a non-empty `query`'],
  ])('answers %s with what graphql says of it', async (_, query, message) => {
    const { status, errors } = await api.graphql('broker', query);
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain(message);
    expect(errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      retryable: false,
      violations: [],
    });
  });

  it('answers an error under the request id that the client sent', async () => {
    const response = await api.get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'my-request-1' },
      body: '{"query":"{ nothing }"}',
    });
    expect(response.headers.get('x-request-id')).toBe('my-request-1');
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { requestId: 'my-request-1' } }],
    });
  });

  it.each([
    [1024 * 1024, 400],
    [1024 * 1024 + 1, 413],
    [10 * 1024 * 1024, 413],
  ])('answers a body of %d bytes with %d', async (bytes, status) => {
    const query = JSON.stringify({ query: '' });
    const body = query.slice(0, -1).padEnd(bytes - 1) + '}';
    const response = await api.get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(status);
    if (status === 413) {
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'REQUEST_TOO_LARGE', violations: [] } }],
      });
    }
  });

  it.each(['/health/live', '/health/ready'])('says at %s that it is well', async (path) => {
    const response = await api.get(path);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok' });
  });

  it('shows its figures', async () => {
    const text = await (await api.get('/metrics')).text();
    for (const name of ['nodejs_eventloop_lag_seconds', 'brokerage_appended_events_total']) {
      expect(text).toContain(`# TYPE ${name}`);
    }
  });

  it('answers an unknown address in the shape of every error', async () => {
    const response = await api.get('/nothing/here');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
  });

  it('says how far a read model is when it is asked for what it has not reached', async () => {
    const { errors } = await api.graphql('broker', '{ policy(after: "99") { version } }');
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'READ_MODEL_BEHIND',
      retryable: true,
      asOf: { position: '0' },
    });
  });

  it('refuses a cursor that it did not give', async () => {
    const { errors } = await api.graphql('broker', '{ packages(cursor: "x") { totalCount } }');
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('logs who asked where and how it ended, and nothing of what was asked', async () => {
    await api.get('/graphql?note=Smith', {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json' },
        authorization: `Bearer ${await api.token('auditor')}`,
        ...{ 'x-request-id': 'logged-1', cookie: 'name=Smith' },
      },
      body: JSON.stringify({
        query:
          'query Smith($name: String) { packages(filter: { personRef: $name }) { totalCount } }',
        variables: { name: 'Smith' },
      }),
    });
    await api.hasPrinted('logged-1');
    const lines = api.printed
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ requestId }) => requestId === 'logged-1')).toEqual({
      ...{ level: 'info', msg: 'answered', requestId: 'logged-1', actorId: 'auditor' },
      ...{ method: 'POST', route: '/graphql', status: 200 },
      ...{ time: expect.any(String) as string, durationMs: expect.any(Number) as number },
      correlationId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    expect(api.printed).not.toContain('Smith');
  });

  it('sends a person who opens /graphql to the page that asks it', async () => {
    const response = await api.get('/graphql', { headers: { accept: 'text/html' } });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphiql']);
  });
});

describe('Starting and stopping', () => {
  it('lists every bad variable at once and does not start', async () => {
    const environment = { PORT: 'many', DEMO: 'huge', STORE: 'oracle' };
    const failed = StartedApi.start({ environment });
    await expect(failed).rejects.toThrow(
      /ended with 1[^]*PORT="many"[^]*DEMO="huge"[^]*STORE="oracle"/,
    );
  });

  it('does not start in production with the local issuer, and says what to set', async () => {
    const environment = { NODE_ENV: 'production', SIGN_IN: 'local-issuer' };
    await expect(StartedApi.start({ environment })).rejects.toThrow(
      'set SIGN_IN=oidc, OIDC_ISSUER and OIDC_AUDIENCE',
    );
  });

  it('does not start in production without a master key', async () => {
    const environment = { NODE_ENV: 'production' };
    await expect(StartedApi.start({ environment })).rejects.toThrow(/MASTER_KEY/);
  });

  it('says which port is taken', async () => {
    await using api = await StartedApi.start();
    const { port } = new URL(api.url);
    await expect(StartedApi.start({ environment: { PORT: port } })).rejects.toThrow(
      `Port ${port} is taken by another process`,
    );
  });

  it('leaves a data directory to the process that has it, and says which', async () => {
    await using api = await StartedApi.start();
    await expect(StartedApi.start({ dataDir: api.dataDir })).rejects.toThrow(
      new RegExp(
        `ended with 1:\\nthe data directory ${api.dataDir} is in use by process ${api.pid}`,
      ),
    );
    expect((await api.graphql('broker', '{ service { name } }')).errors).toBeUndefined();
  });

  it('ends quietly when it is told to', async () => {
    await using api = await StartedApi.start();
    expect(await api.stop()).toBe(0);
  });

  it('hides GraphiQL, the local issuer and the schema in production', async () => {
    const environment = { NODE_ENV: 'production', MASTER_KEY: '5a'.repeat(32) };
    await using api = await StartedApi.start({ environment });
    expect((await api.get('/graphiql')).status).toBe(404);
    expect((await api.get('/graphiql/files/graphiql.js')).status).toBe(404);
    expect((await api.get('/oidc/token', { method: 'POST' })).status).toBe(404);
    expect((await api.get('/oidc/sign-in/x')).status).toBe(404);
    const { errors } = await api.graphqlWith('x', '{ __schema { queryType { name } } }');
    expect(errors?.[0]?.message).toContain('introspection');
    const refused = await api.graphqlWith('x', '{ service { name } }');
    expect(refused.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
