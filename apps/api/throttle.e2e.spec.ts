import { demoToken } from './demo-tokens.js';
import { StartedApi } from './started-api.js';

const unknownProvider = '01932e1c-0000-7000-8000-00000000a009';
const asked = '{ service { name } }';

describe('A service that limits requests', () => {
  let api: StartedApi;

  beforeAll(async () => {
    const environment = { REQUESTS_PER_MINUTE: '60', SIGN_INS_PER_MINUTE: '12' };
    api = await StartedApi.start({ environment });
  });

  afterAll(() => api.stop());

  it('answers a person up to the limit, others all the same, and says when to come again', async () => {
    const [broker, finance] = await Promise.all([api.token('broker'), api.token('finance')]);
    for (let times = 1; times <= 10; times += 1) {
      expect((await api.graphqlWith(broker, asked)).status).toBe(200);
    }
    const response = await api.get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${broker}` },
      body: JSON.stringify({ query: asked }),
    });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: expect.stringMatching(
            /^Too many requests at once\. Send the same again in/,
          ) as string,
          extensions: {
            ...{ code: 'TOO_MANY_REQUESTS', retryable: true, violations: [] },
            requestId: response.headers.get('x-request-id'),
          },
        },
      ],
    });
    const elsewise = await api.get('/GraphQL/', {
      method: 'POST',
      headers: { authorization: `Bearer ${broker}` },
    });
    expect(elsewise.status).toBe(429);
    expect((await api.graphqlWith(finance, asked)).status).toBe(200);
  });

  it('counts who signs in and who is nobody by their address, strictly', async () => {
    // Two tokens were given above.
    for (let times = 3; times <= 11; times += 1) {
      const { errors } = await api.graphqlWith('a.b.c', asked);
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
    expect(await demoToken(api.url, 'auditor')).toMatch(/^ey/);
    expect((await api.graphqlWith('a.b.c', asked)).status).toBe(429);
    await expect(demoToken(api.url, 'broker')).rejects.toThrow('no token for broker: 429');
  });

  it('counts what comes by feeds, whoever it is signed by', async () => {
    const send = () => api.get(`/ecm/events/${unknownProvider}`, { method: 'POST', body: '{}' });
    for (let times = 1; times <= 10; times += 1) expect((await send()).status).toBe(401);
    expect((await send()).status).toBe(429);
  });

  it('never counts health', async () => {
    for (let times = 1; times <= 20; times += 1) {
      expect((await api.get('/health/live')).status).toBe(200);
    }
  });
});
