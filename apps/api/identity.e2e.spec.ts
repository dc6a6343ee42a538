import { idOfKey } from '#kernel/ids.js';
import { civilDateOf } from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { identityValues, setUpRace } from './races/race-set-up.js';
import { StartedApi } from './started-api.js';

const today = civilDateOf(new Date().toISOString());
const asked = `query ($id: ID!, $purpose: ReadingPurpose!) {
  identity(personId: $id, purpose: $purpose) { name bornOn addressLines postcode phone } }`;

/** What is answered once there is something; fails after ten seconds. */
async function eventually<Value>(ask: () => Promise<Value | undefined>): Promise<Value> {
  for (const began = Date.now(); ;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() - began > 10_000) throw new Error('it did not happen within ten seconds');
  }
}

describe('Reading who a person is, over HTTP', () => {
  let api: StartedApi;
  let providers: readonly string[];
  let packageId: string;
  const personId = idOfKey('person', 'casebook', 'P-0');

  beforeAll(async () => {
    api = await StartedApi.start();
    const board = await setUpRace(api);
    providers = board.providerIds;
    packageId = board.packageIds[0] ?? '';
  });
  afterAll(() => api.stop());

  async function send(person: string, command: string, fields: object): Promise<string> {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { ${name}(input: $input) { id } }`;
    const commandId = newCommandId();
    const data = await api.data<Record<string, { id: string }>>(person, mutation, {
      input: { commandId, ...fields },
    });
    return data[name]?.id ?? '';
  }

  const read = (person: string, id = personId, purpose = 'ARRANGING_CARE') =>
    api.graphql<{ identity: object | null }>(person, asked, { id, purpose });
  const codeOf = async (person: string, id = personId) =>
    (await read(person, id)).errors?.[0]?.extensions.code;
  interface Readings {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: object }[];
  }

  /** The auditor's list once it shows so many readings. */
  const readings = async (atLeast: number): Promise<Readings> => {
    const list =
      '{ identityReads(first: 50) { totalCount edges { node { personId by purpose } } } }';
    return eventually(async () => {
      const { identityReads } = await api.data<{ identityReads: Readings }>('auditor', list);
      return identityReads.totalCount >= atLeast ? identityReads : undefined;
    });
  };

  it('answers a broker and is on the auditor’s list', async () => {
    const { data, errors } = await read('broker');
    expect(errors).toBeUndefined();
    expect(data?.identity).toMatchObject({ name: identityValues[0], postcode: identityValues[2] });
    const { edges } = await readings(1);
    expect(edges).toContainEqual({
      node: { personId, by: 'broker', purpose: 'ARRANGING_CARE' },
    });
  });

  it('needs a purpose of the list, and a role that may read', async () => {
    const bare = await api.graphql('broker', `{ identity(personId: "${personId}") { name } }`);
    expect(bare.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const vague = await read('broker', personId, 'CURIOSITY');
    expect(vague.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    for (const person of ['finance', 'auditor', 'commissioner', 'case-system', 'administrator']) {
      expect(await codeOf(person)).toBe('FORBIDDEN');
    }
  });

  it('shows an external broker no one else’s cases, nor whether there are any (S3-4)', async () => {
    expect(await codeOf('external-broker:org-1')).toBe('ServiceUserUnknown');
    expect(await codeOf('external-broker:org-1', providers[0])).toBe('ServiceUserUnknown');
  });

  it('answers a provider only once its award is confirmed (S1-9)', async () => {
    const [winner = '', loser = ''] = providers;
    expect(await codeOf(`provider:${winner}`)).toBe('IdentityNotReleased');
    await send('broker', 'IssueRequest', { packageId });
    const requestId = await eventually(async () => {
      const { requests } = await api.data<{
        requests: { edges: { node: { requestId: string } }[] };
      }>(`provider:${winner}`, '{ requests { edges { node { requestId } } } }');
      return requests.edges[0]?.node.requestId;
    });
    const offers = [];
    for (const id of providers) {
      const times = [{ line: 1, start: '08:05' }];
      offers.push(
        await send(`provider:${id}`, 'SubmitOffer', { requestId, startOn: today, times }),
      );
    }
    await send('broker', 'PresentOffers', { packageId });
    const chosenBy = { name: 'Edith', relationship: 'PERSON' };
    const choice = { packageId, offerId: offers[0], reasons: ['The time suits'], chosenBy };
    await send('broker', 'ChooseOffer', choice);
    expect(await codeOf(`provider:${winner}`)).toBe('IdentityNotReleased');
    await send('broker', 'AwardPackage', { packageId });
    await eventually(async () => ((await codeOf(`provider:${winner}`)) ? undefined : true));
    const { data } = await read(`provider:${winner}`, personId, 'GIVING_CARE');
    expect(data?.identity).toMatchObject({ addressLines: [identityValues[1]] });
    expect(await codeOf(`provider:${loser}`)).toBe('IdentityNotReleased');
    const other = idOfKey('person', 'casebook', 'P-1');
    expect(await codeOf(`provider:${winner}`, other)).toBe('IdentityNotReleased');
  }, 60_000);

  it('is one reading for many people, and none where one of them may not be read', async () => {
    const ids = [0, 1].map((n) => idOfKey('person', 'casebook', `P-${n}`));
    const many = `query ($ids: [ID!]!) {
      identities(personIds: $ids, purpose: REVIEW) { personId name } }`;
    const before = (await readings(0)).totalCount;
    const { identities } = await api.data<{ identities: object[] }>('broker', many, { ids });
    expect(identities).toHaveLength(2);
    expect((await readings(before + 2)).totalCount).toBe(before + 2);
    const mixed = await api.graphql('broker', many, { ids: [...ids, providers[0]] });
    expect(mixed.errors?.[0]?.extensions.code).toBe('ServiceUserUnknown');
    expect(mixed.data ?? null).toBeNull();
    await read('broker');
    expect((await readings(before + 3)).totalCount).toBe(before + 3);
  });

  it('finds a person by the case system’s id without saying who they are (S1-8)', async () => {
    const find =
      '{ findServiceUsers(externalId: { system: "casebook", personRef: "P-0" }) { personId } }';
    expect(await api.data('case-system', find)).toEqual({ findServiceUsers: [{ personId }] });
    expect(await api.data('external-broker:org-1', find)).toEqual({ findServiceUsers: [] });
    const both = await api.graphql('broker', '{ findServiceUsers { personId } }');
    expect(both.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('keeps who was refused, counted by hour, for those who oversee', async () => {
    const [, , stranger = ''] = providers;
    const other = idOfKey('person', 'casebook', 'P-2');
    for (let n = 0; n < 12; n += 1) await read(`provider:${stranger}`, other);
    await read('finance', other);
    await api.graphql('broker', '{ providerLeague { asOf { position } } }');
    interface Kept {
      readonly code: string;
      readonly by: string;
      readonly subjectId: string;
      readonly count: number;
    }
    const list = '{ recordedRefusals(first: 100) { edges { node { code by subjectId count } } } }';
    const keptOf = async (person: string): Promise<readonly Kept[]> => {
      const { recordedRefusals } = await api.data<{
        recordedRefusals: { edges: { node: Kept }[] };
      }>(person, list);
      return recordedRefusals.edges.map(({ node }) => node);
    };
    const wanted = [
      { code: 'IdentityNotReleased', by: `provider:${stranger}`, subjectId: other, count: 10 },
      { code: 'IdentityClosedToRole', by: 'finance', subjectId: other, count: 1 },
      {
        code: 'LeagueClosedToRole',
        by: 'broker',
        subjectId: idOfKey('LeagueClosedToRole'),
        count: 1,
      },
    ];
    const keyOf = ({ code, by, subjectId, count }: Kept) => [code, by, subjectId, count].join();
    const keys = wanted.map(keyOf);
    await eventually(async () => {
      const kept = (await keptOf('auditor')).map(keyOf);
      return keys.every((key) => kept.includes(key)) ? true : undefined;
    });
    expect((await api.graphql('broker', list)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }, 60_000);
});
