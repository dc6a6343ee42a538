import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { addDays, civilDateOf, isoWeekOf, mondayOf, weekAfter } from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { StartedApi } from './started-api.js';

const today = civilDateOf(new Date().toISOString());
const monday = mondayOf(weekAfter(isoWeekOf(today), -1));
const day = (days: number): string => addDays(monday, days);
const environment = { LOG_LEVEL: 'trace' };
const needs = {
  ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'COUNCIL', patch: 'north' },
  ...{ postcodeDistrict: 'ZZ7', ageBand: 'AGE_BAND_75_84', gender: 'FEMALE' },
  ...{ carerGenderNeed: 'ANY', startOn: addDays(today, -60) },
  schedule: [1, 2, 3, 4, 5].map((weekday) => ({
    ...{ days: [weekday], start: '09:00', minutes: 30, carers: 1, critical: false },
    tasks: ['MEAL_PREPARATION'],
  })),
};

interface Sent {
  readonly to?: string;
  readonly secret?: string;
  readonly id?: string;
  readonly signedAt?: number;
  /** What is sent in the place of what was signed. */
  readonly instead?: string;
}

interface Problem {
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: {
      readonly code: string;
      readonly requestId: string;
      readonly violations: readonly { code: string; path: string }[];
    };
  }[];
}

describe('A provider’s real-time feed over HTTP', () => {
  let api: StartedApi;
  let providerId = '';
  let packageId = '';
  let secret = '';
  let person = '';
  let requests = 0;
  let folder = '';
  let printed = '';

  async function send<Answered = { id: string; position: string }>(
    as: string,
    command: string,
    fields: object,
    answered = '{ id position }',
  ): Promise<Answered> {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { ${name}(input: $input) ${answered} }`;
    const input = { commandId: newCommandId(), ...fields };
    const answer = await api.graphql<Record<string, Answered>>(as, mutation, { input });
    const done = answer.data?.[name];
    if (!done) throw new Error(`${command}: ${JSON.stringify(answer.errors)}`);
    return done;
  }

  const shown = '{ secretId secret olderEndsAt }';
  interface Shown {
    readonly secretId: string;
    readonly secret: string;
    readonly olderEndsAt: string | null;
  }

  function post(body: unknown, sent: Sent = {}): Promise<Response> {
    requests += 1;
    const { to = providerId, secret: by = secret, id = `msg-${requests}` } = sent;
    const { signedAt = Date.now() } = sent;
    const text = JSON.stringify(body);
    return api.get(`/ecm/events/${to}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(signedAt / 1000)),
        'webhook-signature': new Webhook(by).sign(id, new Date(signedAt), text),
      },
      body: sent.instead ?? text,
    });
  }

  const log = (type: 'log-in' | 'log-out', days: number, at: string, more: object = {}) => ({
    ...{ type, personRef: 'P-1', visitRef: `V-${days}`, visitDate: day(days) },
    ...{ plannedStart: '09:00', carerRef: 'C-7', at: `${day(days)}T${at}:00`, ...more },
  });
  const take = async (...events: readonly object[]): Promise<void> => {
    const response = await post({ events });
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { events: events.length },
    ]);
  };

  const entriesOf = async (days: number): Promise<{ status: string; types: string[] }> => {
    const query = `query ($visitId: ID!) {
      visitEvidence(visitId: $visitId) { visit { status entries { type by } } } }`;
    const { visitEvidence } = await api.data<{
      visitEvidence: { visit: { status: string; entries: { type: string }[] } };
    }>('auditor', query, { visitId: `${packageId}.${day(days)}.${days + 1}.1` });
    const { status, entries } = visitEvidence.visit;
    return { status, types: entries.map(({ type }) => type) };
  };

  async function eventually(ask: () => Promise<boolean>): Promise<void> {
    for (const signal = AbortSignal.timeout(20_000); !(await ask()); signal.throwIfAborted()) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feed-'));
    api = await StartedApi.start({ dataDir: folder, environment });
    const values = { ecmGoLiveOn: monday, feedSilenceMinutes: 0 };
    const change = { effectiveOn: monday, values, reason: 'Go.' };
    const { position: after } = await send('commissioner', 'ChangePolicy', change);
    const { policy } = await api.data<{ policy: { changes: { changeId: string }[] } }>(
      'commissioner',
      'query ($after: String) { policy(after: $after) { changes { changeId } } }',
      { after },
    );
    const { changeId } = policy.changes[0] ?? {};
    await send('second-commissioner', 'ApprovePolicyChange', { changeId });
    const names = { legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] };
    ({ id: providerId } = await send('commissioner', 'RegisterProvider', names));
    const spot = { type: 'SPOT', spotReason: 'Take-on', startsOn: addDays(today, -90) };
    const { id: contractId } = await send('commissioner', 'OpenContract', { providerId, ...spot });
    ({ id: packageId } = await send('senior-broker', 'TakeOnPackage', {
      reference: { system: 'case-system', personRef: 'P-1', referralRef: 'R-1' },
      ...{ needs, providerId, contractId, startedOn: addDays(today, -60) },
    }));
    person = `provider:${providerId}`;
    ({ secret } = await send<Shown>(person, 'CreateFeedSecret', { providerId }, shown));
    await eventually(async () => {
      const query = `query ($of: ID!, $from: String!) {
        personTimeline(packageId: $of, fromOn: $from, lastDay: $from) { visits { on } } }`;
      const { personTimeline } = await api.data<{ personTimeline: { visits: object[] } }>(
        ...(['auditor', query, { of: packageId, from: monday }] as const),
      );
      return personTimeline.visits.length > 0;
    });
  });
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('tells a secret once, to the provider and those who keep feeds (S1-15)', async () => {
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    const again = send(person, 'CreateFeedSecret', { providerId }, shown);
    await expect(again).rejects.toThrow('FeedSecretExists');
    const foreign = send('provider:another', 'RotateFeedSecret', { providerId }, shown);
    await expect(foreign).rejects.toThrow('FeedOfAnotherProvider');
    const byBroker = send('broker', 'RotateFeedSecret', { providerId }, shown);
    await expect(byBroker).rejects.toThrow('FORBIDDEN');
    const query = 'query ($of: ID!) { feedSecrets(providerId: $of) { good endsAt } }';
    expect(await api.data<object>('administrator', query, { of: providerId })).toEqual({
      feedSecrets: [{ good: true, endsAt: null }],
    });
  });

  it('records a log-in and completes it by its log-out; the same request again changes nothing (S1-15)', async () => {
    const body = { events: [log('log-in', 0, '09:04')] };
    const first = await post(body, { id: 'once' });
    const answer = await first.json();
    await take(log('log-out', 0, '09:31'));
    const again = await post(body, { id: 'once' });
    expect([again.status, await again.json()]).toEqual([200, answer]);
    expect(await entriesOf(0)).toEqual({
      status: 'ATTENDED',
      types: ['WeekPlanned', 'VisitsRecorded', 'VisitCorrected'],
    });
  });

  it('refuses other content under the id of an earlier request (S1-15)', async () => {
    await take(log('log-in', 1, '09:04'));
    const body = { events: [log('log-in', 1, '09:04')] };
    expect((await post(body, { id: 'mine' })).status).toBe(200);
    const other = await post({ events: [log('log-out', 1, '09:31')] }, { id: 'mine' });
    expect(other.status).toBe(422);
    expect(((await other.json()) as Problem).errors[0]?.extensions.code).toBe('WebhookIdReused');
    expect((await entriesOf(1)).types).toEqual(['WeekPlanned', 'VisitsRecorded']);
  });

  it('takes a log-out before its log-in, and a night’s delay (S1-15)', async () => {
    await take(log('log-out', 2, '09:33'));
    expect((await entriesOf(2)).types).toEqual(['WeekPlanned']);
    await take(log('log-in', 2, '09:02'));
    expect(await entriesOf(2)).toEqual({
      status: 'ATTENDED',
      types: ['WeekPlanned', 'VisitsRecorded'],
    });
  });

  it('answers alike whatever is wrong with a signature, and records it by the hour (S1-15)', async () => {
    const body = { events: [log('log-in', 3, '09:04')] };
    const stranger = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    const minutes = (count: number) => Date.now() + count * 60_000;
    const refused = await Promise.all([
      post(body, { secret: stranger }),
      post(body, { instead: JSON.stringify({ events: [] }) }),
      post(body, { signedAt: minutes(-5.1) }),
      post(body, { signedAt: minutes(5.1) }),
      post(body, { to: '01932e1c-0000-7000-8000-00000000a009' }),
      post(body, { to: 'larkspur' }),
      api.get(`/ecm/events/${providerId}`, { method: 'POST', body: JSON.stringify(body) }),
    ]);
    const told = await Promise.all(
      refused.map(async (response) => {
        const { errors } = (await response.json()) as Problem;
        const { message, extensions } = errors[0] ?? {};
        return [response.status, message, extensions?.code];
      }),
    );
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(told[0]).toEqual([401, expect.stringContaining('not signed'), 'UNAUTHENTICATED']);
    expect((await entriesOf(3)).types).toEqual(['WeekPlanned']);
    const query =
      '{ recordedRefusals(filter: { code: "FeedRequestNotTrusted" }) { edges { node { subjectKind subjectId } } } }';
    // They are written beside the answers.
    await eventually(async () => {
      const { recordedRefusals } = await api.data<{
        recordedRefusals: { edges: { node: { subjectKind: string; subjectId: string } }[] };
      }>('auditor', query);
      return recordedRefusals.edges.some(
        ({ node }) => node.subjectKind === 'provider' && node.subjectId === providerId,
      );
    });
  });

  it('takes requests whose clock is a little less than five minutes away (S1-15)', async () => {
    for (const seconds of [-295, 295]) {
      const response = await post({ events: [] }, { signedAt: Date.now() + seconds * 1000 });
      expect(response.status).toBe(200);
    }
  });

  it('lists every error of a request and records nothing of it (S1-15)', async () => {
    const good = log('log-in', 3, '09:04');
    const invalid = await post({ events: [good, { ...good, type: 'left', carerRef: 'Mrs X' }] });
    expect(invalid.status).toBe(400);
    const { errors } = (await invalid.json()) as Problem;
    expect(errors[0]?.extensions.violations.map(({ path }) => path)).toEqual([
      ...['events.1.type', 'events.1.carerRef'],
    ]);
    const { personRef: _, ...nobody } = good;
    const unknown = await post({
      events: [good, { ...good, personRef: 'P-9' }, { ...nobody, packageRef: newCommandId() }],
    });
    expect(unknown.status).toBe(422);
    const found = ((await unknown.json()) as Problem).errors[0]?.extensions.violations;
    expect(found?.map(({ code, path }) => `${path} ${code}`)).toEqual([
      ...['events.1.personRef PersonRefUnknown', 'events.2.packageRef FeedPackageUnknown'],
    ]);
    expect((await entriesOf(3)).types).toEqual(['WeekPlanned']);
  });

  it('has a detection withdrawn by a log-in that comes late (S2-12)', async () => {
    await send('commissioner', 'DeclareFeed', { providerId, liveFrom: monday });
    await eventually(async () => (await entriesOf(4)).types.includes('VisitMissDetected'));
    const { personRef: _, ...byPackage } = log('log-in', 4, '11:40');
    await take({ ...byPackage, packageRef: packageId });
    const { status, types } = await entriesOf(4);
    expect(status).toBe('ATTENDED');
    expect(types.slice(-2)).toEqual(['VisitsRecorded', 'VisitDetectionWithdrawn']);
  });

  it('rotates: both secrets are good until the older one is revoked (S1-15)', async () => {
    const older = secret;
    const { secret: newer, olderEndsAt } = await send<Shown>(
      ...([person, 'RotateFeedSecret', { providerId }, shown] as const),
    );
    expect(Date.parse(olderEndsAt ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000);
    const statuses = async () =>
      Promise.all(
        [older, newer].map(async (by) => (await post({ events: [] }, { secret: by })).status),
      );
    expect(await statuses()).toEqual([200, 200]);
    const query = 'query ($of: ID!) { feedSecrets(providerId: $of) { secretId } }';
    const { feedSecrets } = await api.data<{ feedSecrets: { secretId: string }[] }>(
      ...(['commissioner', query, { of: providerId }] as const),
    );
    const [{ secretId } = { secretId: '' }] = feedSecrets;
    await send('commissioner', 'RevokeFeedSecret', { providerId, secretId });
    expect(await statuses()).toEqual([401, 200]);
    secret = newer;
  });

  it('has what was answered after a power cut, and takes the same request for the same (S1-15)', async () => {
    const body = { events: [log('log-in', 3, '09:04'), log('log-out', 3, '09:30')] };
    const first = await post(body, { id: 'before-the-cut' });
    expect(first.status).toBe(200);
    const answer = await first.json();
    printed = api.printed;
    await api.kill9();
    api = await StartedApi.start({ dataDir: folder, environment });
    await eventually(async () => (await entriesOf(3)).status === 'ATTENDED');
    const again = await post(body, { id: 'before-the-cut' });
    expect([again.status, await again.json()]).toEqual([200, answer]);
    const { types } = await entriesOf(3);
    expect(types.filter((type) => type === 'VisitsRecorded')).toHaveLength(1);
  });

  it('stands in clear in no file and in no line of the service’s log', () => {
    const bare = secret.replace('whsec_', '');
    expect(bare).toHaveLength(44);
    const files = readdirSync(api.dataDir, { recursive: true, withFileTypes: true });
    const holding = files
      .filter((file) => file.isFile())
      .filter((file) => readFileSync(join(file.parentPath, file.name)).includes(bare));
    expect(holding.map(({ name }) => name)).toEqual([]);
    expect(printed + api.printed).not.toContain(bare);
    expect(files.length).toBeGreaterThan(5);
  });
});
