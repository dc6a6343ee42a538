import { addDays, civilDateOf } from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { SourcedCouncil } from './sourced-council.js';
import { StartedApi } from './started-api.js';

const today = civilDateOf(new Date().toISOString());

interface Listed {
  readonly asOf: { readonly position: string; readonly at?: string };
  readonly totalCount: number;
  readonly totals: object;
  readonly edges: readonly object[];
}

const list = `query ($asOf: String, $after: String, $filter: AwaitingCareFilter) {
  awaitingCare(asOf: $asOf, after: $after, filter: $filter, first: 10) {
    asOf { position at } totalCount
    totals { packages weeklyMinutes byPatch { patch packages } byHour { hour weeklyMinutes } }
    edges { node { packageId stage urgent weeklyMinutes } } } }`;

describe('A query as of a past moment (X21)', () => {
  let api: StartedApi;
  let council: SourcedCouncil;

  const asked = async (variables: Record<string, unknown>): Promise<Listed> =>
    (await api.data<{ awaitingCare: Listed }>('auditor', list, variables)).awaitingCare;
  const codeFor = async (
    query: string,
    variables: Record<string, unknown>,
  ): Promise<string | undefined> =>
    (await api.graphql('auditor', query, variables)).errors?.[0]?.extensions.code;

  beforeAll(async () => {
    api = await StartedApi.start();
    council = await SourcedCouncil.make(api, 'broker', ['Acorn Homecare']);
  }, 60_000);
  afterAll(() => api.stop());

  it('lists who waited then, with the totals of then, by position and by instant', async () => {
    const { packageId } = council;
    const told: Listed[] = [];
    const tell = async (after: string) => told.push(await asked({ after }));
    await tell((await council.send('broker', 'IssueRequest', { packageId })).position);
    const cancelled = { packageId, reason: 'SENT_IN_ERROR' };
    await tell((await council.send('broker', 'CancelRequest', cancelled)).position);
    const withdrawn = { packageId, reason: 'Family care.' };
    await tell((await council.send('broker', 'WithdrawReferral', withdrawn)).position);
    expect(told.map(({ totalCount }) => totalCount)).toEqual([1, 1, 0]);
    expect(new Set(told.map((each) => JSON.stringify(each.edges))).size).toBe(3);
    for (const { asOf, ...answer } of told) {
      expect(await asked({ asOf: asOf.position })).toMatchObject(answer);
      expect(await asked({ asOf: asOf.at })).toMatchObject(answer);
    }
    const first = told[0]?.asOf.position;
    expect((await asked({ asOf: first, filter: { stage: 'AWAITING_REQUEST' } })).totalCount).toBe(
      0,
    );
    expect((await asked({ asOf: first, filter: { stage: 'REQUEST_OPEN' } })).totalCount).toBe(1);
  });

  it('answers figures as of then, each with how far the log was', async () => {
    const { asOf } = await asked({});
    const queries = {
      providerKpis: '{ rows { providerId } }',
      providerLeague: '{ rows { providerId } }',
      councilFigures: '{ asOf { position } }',
      statements: '{ edges { node { statementId } } }',
    };
    for (const [name, selection] of Object.entries(queries)) {
      const query = `query ($asOf: String) { ${name}(asOf: $asOf) ${selection} }`;
      expect(await codeFor(query, { asOf: asOf.position })).toBeUndefined();
      expect(await codeFor(query, { asOf: '2999-01-01T00:00:00.000Z' })).toBe('BAD_USER_INPUT');
    }
  });

  it('tells the care of a day as it was known, before and after a backdated change (X18)', async () => {
    const names = { legalName: 'Willow Homecare', tradingNames: [], cqcLocationIds: [] };
    const { id: providerId } = await council.send('commissioner', 'RegisterProvider', names);
    const spot = { type: 'SPOT', spotReason: 'One package', lastDay: addDays(today, 300) };
    const terms = { providerId, startsOn: addDays(today, -60), ...spot };
    const { id: contractId } = await council.send('commissioner', 'OpenContract', terms);
    const line = {
      ...{ days: [1], start: '08:00', minutes: 30, carers: 1, critical: false },
      tasks: ['PERSONAL_CARE'],
    };
    const needs = {
      ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'COUNCIL', patch: 'North' },
      ...{ postcodeDistrict: 'ZZ1', ageBand: 'AGE_BAND_75_84', gender: 'FEMALE' },
      ...{ carerGenderNeed: 'ANY', startOn: today, schedule: [line] },
    };
    const { id: packageId, position: before } = await council.send(
      'senior-broker',
      'TakeOnPackage',
      {
        reference: { system: 'casebook', personRef: 'P-9', referralRef: 'R-9' },
        ...{ needs, providerId, contractId, startedOn: addDays(today, -30) },
      },
    );
    const suspension = { packageId, reason: 'HOSPITAL', fromOn: addDays(today, -3) };
    const { position: after } = await council.send('broker', 'SuspendPackage', suspension);
    const query = `query ($packageId: ID!, $validOn: String!, $asOf: String) {
      careOnDay(packageId: $packageId, validOn: $validOn, asOf: $asOf) {
        cover providerId schedule { start minutes } } }`;
    const care = async (days: number, asOf?: string) => {
      const variables = { packageId, validOn: addDays(today, days), asOf };
      return (await api.data<{ careOnDay: object }>('auditor', query, variables)).careOnDay;
    };
    const cared = { cover: 'PROVIDER', providerId, schedule: [{ start: '08:00', minutes: 30 }] };
    expect(await care(-3, before)).toEqual(cared);
    expect(await care(-3, after)).toMatchObject({ cover: 'SUSPENSION', providerId: null });
    expect(await care(-4, after)).toEqual(cared);
    expect(await care(-31)).toMatchObject({ cover: 'NONE', schedule: [] });
    expect(await codeFor(query, { packageId, validOn: '2026-02-30' })).toBe('BAD_USER_INPUT');
  });

  it('is refused for a moment that has not come, or before the log begins', async () => {
    const { asOf } = await asked({});
    const beyond = String(Number(asOf.position) + 1_000);
    for (const wrong of [beyond, '2999-01-01T00:00:00.000Z', '1999-01-01T00:00:00.000Z', 'soon']) {
      expect(await codeFor(list, { asOf: wrong })).toBe('BAD_USER_INPUT');
    }
    const id = newCommandId();
    const query = 'query ($id: ID!, $asOf: String) { package(id: $id, asOf: $asOf) { stage } }';
    expect(await codeFor(query, { id, asOf: beyond })).toBe('BAD_USER_INPUT');
  });

  it('shows what who asks may see now, not more', async () => {
    const { asOf } = await asked({});
    const query = `query ($asOf: String) { awaitingCare(asOf: $asOf) { totalCount } }`;
    const { errors } = await api.graphql(`provider:${council.providers[0]}`, query, {
      asOf: asOf.position,
    });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
