import { demoToken } from './demo-tokens.js';
import { EventClient, type LiveEvent } from './event-client.js';
import { identityValues, setUpRace } from './races/race-set-up.js';
import type { Board } from './races/race-clients.js';
import { StartedApi } from './started-api.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';

describe('Live updates', () => {
  let api: StartedApi;
  let board: Board;
  const clients: EventClient[] = [];

  beforeAll(async () => {
    api = await StartedApi.start();
    board = await setUpRace(api);
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  afterAll(() => api.stop());

  const follow = async (person: string, lastEventId?: string) => {
    const client = await EventClient.open(api.url, await api.token(person), lastEventId);
    clients.push(client);
    await client.until(({ event }) => event === 'ready' || event === 'reset');
    return client;
  };

  const send = async (person: string, command: string, fields: object) => {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { sent: ${name}(input: $input) { id position } }`;
    const commandId = newCommandId();
    const input = { commandId, ...fields };
    type Sent = { sent: { id: string; position: string } };
    return (await api.data<Sent>(person, mutation, { input })).sent;
  };

  const issue = (packageId: string | undefined, ...providerIds: (string | undefined)[]) =>
    send('broker', 'IssueRequest', { packageId, onlyTo: { providerIds, reason: 'A test' } });

  const requestOf = async (provider: string, after: string): Promise<string> => {
    const query = `query ($after: String) { requests(after: $after) { edges { node { requestId } } } }`;
    type Asked = { requests: { edges: { node: { requestId: string } }[] } };
    const { requests } = await api.data<Asked>(provider, query, { after });
    return requests.edges[0]?.node.requestId ?? '';
  };

  const of = (list: string, key?: string) => (event: LiveEvent) =>
    event.event === 'hint' &&
    event.data['list'] === list &&
    [undefined, event.data['key']].includes(key);
  const keys = (client: EventClient) => client.events.map(({ data }) => data['key']);

  it('tell each viewer of what it may see, and a provider of its own alone', async () => {
    const [first, second] = board.packageIds;
    const [larkspur, oakmoor] = board.providerIds.map((id) => `provider:${id}`) as [string, string];
    const [broker, own, others] = [
      await follow('broker'),
      await follow(larkspur),
      await follow(oakmoor),
    ];
    const issued = await issue(first, board.providerIds[0]);
    await broker.until(of('packages', first));
    await broker.until(of('awaitingCare', first));
    const requestId = await requestOf(larkspur, issued.position);
    await own.until(of('requests', requestId));
    const times = [{ line: 1, start: '08:00' }];
    const { id: offerId } = await send(larkspur, 'SubmitOffer', {
      ...{ requestId, startOn: board.startOn, times },
    });
    await broker.until(of('offers', offerId));
    await own.until(of('offers', offerId));

    const later = await issue(second, board.providerIds[1]);
    const secondRequest = await requestOf(oakmoor, later.position);
    await others.until(of('requests', secondRequest));
    await broker.until(of('packages', second));
    expect(new Set(keys(others))).toEqual(new Set([undefined, secondRequest]));
    expect(new Set(keys(own))).toEqual(new Set([undefined, requestId, offerId]));
  });

  it('carry a list, a key and a position, and no data', async () => {
    const client = await follow('commissioner');
    await issue(board.packageIds[2], board.providerIds[2]);
    await client.until(of('packages', board.packageIds[2]));
    const hints = client.events.filter(({ event }) => event === 'hint');
    expect(hints.map(({ data }) => Object.keys(data))).toEqual(
      hints.map(() => ['list', 'key', 'position']),
    );
    for (const value of [...identityValues, 'North', 'ZZ1', 'Larkspur', 'lot-1']) {
      expect(client.text).not.toContain(value);
    }
  });

  it('go on after a broken connection where it broke', async () => {
    const before = await follow('broker');
    const [{ id } = { id: '' }] = before.events;
    before.close();
    const packageId = board.packageIds[3];
    await issue(packageId, board.providerIds[0]);
    const watching = await follow('auditor', id);
    await watching.until(of('packages', packageId));
    const again = await follow('broker', id);
    await again.until(of('packages', packageId));
    const last = again.events.at(-1);
    const once = await follow('broker', last?.id);
    await issue(board.packageIds[4], board.providerIds[0]);
    await once.until(of('packages', board.packageIds[4]));
    expect(keys(once)).not.toContain(packageId);
  });

  it.each(['another-log:3', 'nonsense', '-1'])(
    'are a reset for who comes back from %s',
    async (lastEventId) => {
      const client = await follow('broker', lastEventId);
      await client.until(({ event }) => event === 'reset');
    },
  );

  it('are a reset for who comes back from a position that the log has not reached', async () => {
    const [{ id } = { id: '' }] = (await follow('broker')).events;
    const client = await follow('broker', `${id.split(':')[0]}:99999`);
    await client.until(({ event }) => event === 'reset');
  });

  it('end when the token ends', async () => {
    const token = await demoToken(api.url, 'broker', 2);
    const client = await EventClient.open(api.url, token);
    clients.push(client);
    await client.end();
    expect(client.events.at(-1)?.event).toBe('expired');
  });

  it.each([undefined, 'Bearer x'])('are refused to who is not signed in (%p)', async (sent) => {
    const response = await api.get('/events', sent ? { headers: { authorization: sent } } : {});
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('are sixteen streams for one person at most', async () => {
    for (let count = 1; count <= 16; count += 1) await follow('finance');
    await expect(follow('finance')).rejects.toThrow('refused with 429');
    await follow('quality-officer');
  });

  it('do not keep a service from stopping', async () => {
    await using stopping = await StartedApi.start();
    const client = await EventClient.open(stopping.url, await stopping.token('broker'));
    clients.push(client);
    await client.until(({ event }) => event === 'ready');
    expect(await stopping.stop()).toBe(0);
    await client.end();
    expect(client.events.at(-1)?.event).toBe('closing');
  });
});
