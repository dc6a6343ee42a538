import { addDays, civilDateOf } from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { StartedApi } from './started-api.js';

const today = civilDateOf(new Date().toISOString());
const lines = [1, 2].map((hour) => ({
  ...{ days: [1, 2, 3, 4, 5, 6, 7], start: `${hour + 8}:00`.padStart(5, '0'), minutes: 30 },
  ...{ carers: 1, tasks: ['MEAL_PREPARATION'], critical: false },
}));
const needs = {
  ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'COUNCIL', patch: 'north' },
  ...{ postcodeDistrict: 'ZZ7', ageBand: 'AGE_BAND_75_84', gender: 'FEMALE' },
  ...{ carerGenderNeed: 'ANY', startOn: addDays(today, -30), schedule: lines },
};

describe('The life of a package over HTTP', () => {
  let api: StartedApi;
  let providerId = '';
  let contractId = '';
  let sent = 0;

  async function ask(person: string, command: string, fields: object) {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const answered = command === 'HandBackAllPackages' ? 'jobId packages' : 'id';
    const mutation = `mutation ($input: ${command}!) { ${name}(input: $input) { ${answered} position } }`;
    const input = { commandId: newCommandId(), ...fields };
    const answer = await api.graphql<Record<string, Sent>>(person, mutation, { input });
    return { sent: answer.data?.[name], codes: (answer.errors ?? []).map(codeOf) };
  }
  type Sent = { id: string; jobId: string; packages: number; position: string };
  const codeOf = ({ extensions }: { extensions: { code: string } }) => extensions.code;

  async function send(person: string, command: string, fields: object): Promise<Sent> {
    const { sent: done, codes } = await ask(person, command, fields);
    if (!done) throw new Error(`${command} was refused: ${codes.join(', ')}`);
    return done;
  }

  const taken = () =>
    send('senior-broker', 'TakeOnPackage', {
      reference: { system: 'case-system', personRef: `P-${(sent += 1)}`, referralRef: `R-${sent}` },
      ...{ needs, providerId, contractId, startedOn: addDays(today, -30) },
    });

  async function stageOf(id: string, after: string): Promise<string> {
    const query = `query ($id: ID!, $after: String) { package(id: $id, after: $after) { stage } }`;
    const data = await api.data<{ package: { stage: string } }>('broker', query, { id, after });
    return data.package.stage;
  }

  beforeAll(async () => {
    api = await StartedApi.start();
    const names = { legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] };
    ({ id: providerId } = await send('commissioner', 'RegisterProvider', names));
    const spot = { type: 'SPOT', spotReason: 'Take-on', startsOn: addDays(today, -60) };
    ({ id: contractId } = await send('commissioner', 'OpenContract', { providerId, ...spot }));
  });

  afterAll(() => api.stop());

  it('pauses and goes on with the provider of before, if that accepts (X17)', async () => {
    const { id: packageId } = await taken();
    await send('broker', 'SuspendPackage', { packageId, reason: 'HOSPITAL', fromOn: today });
    const restartOn = addDays(today, 3);
    const offered = await send('broker', 'OfferRestart', { packageId, restartOn });
    expect(await stageOf(packageId, offered.position)).toBe('AWAITING_RESTART');
    const other = await ask('provider:someone', 'AnswerRestart', { packageId, accepts: true });
    expect(other.codes).toEqual(['PackageOfAnotherProvider']);
    const own = { packageId, accepts: true };
    const { position } = await send(`provider:${providerId}`, 'AnswerRestart', own);
    expect(await stageOf(packageId, position)).toBe('LIVE');
  });

  it('is handed back by its provider and waits at once (X19)', async () => {
    const { id: packageId } = await taken();
    const handback = { packageId, effectiveOn: addDays(today, 10), reason: 'No carers' };
    const { position } = await send(`provider:${providerId}`, 'HandBackPackage', handback);
    const query = `query ($after: String) {
      awaitingCare(first: 100, after: $after) { edges { node { packageId urgent coveredUntilOn } } }
    }`;
    const data = await api.data<{ awaitingCare: { edges: { node: object }[] } }>('broker', query, {
      after: position,
    });
    expect(data.awaitingCare.edges.map(({ node }) => node)).toContainEqual({
      ...{ packageId, urgent: true, coveredUntilOn: addDays(today, 10) },
    });
  });

  it('has an alarm with an owner when all packages of a provider fail (X19, S4-14)', async () => {
    const { id: packageId } = await taken();
    const failure = { providerId, cause: 'PROVIDER_FAILURE', effectiveOn: today, reason: 'Closed' };
    expect((await ask('broker', 'HandBackAllPackages', failure)).codes).toEqual(['FORBIDDEN']);
    const { packages } = await send('senior-broker', 'HandBackAllPackages', failure);
    expect(packages).toBe(3);
    const query = '{ openGaps(first: 100) { edges { node { packageId owner reason } } } }';
    const deadline = Date.now() + 15_000;
    for (let nodes: object[] = []; ;) {
      const data = await api.data<{ openGaps: { edges: { node: object }[] } }>('broker', query);
      nodes = data.openGaps.edges.map(({ node }) => node);
      const alarm = { packageId, owner: expect.any(String) as string, reason: 'provider-failure' };
      if (nodes.length > 0 || Date.now() > deadline) {
        expect(nodes).toContainEqual(alarm);
        break;
      }
    }
    const seen = await api.graphql(`provider:${providerId}`, query);
    expect(seen.errors?.map(codeOf)).toEqual(['FORBIDDEN']);
  });
});
