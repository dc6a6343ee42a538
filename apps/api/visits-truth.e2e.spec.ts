import {
  addDays,
  civilDateOf,
  isoWeekOf,
  londonInstant,
  mondayOf,
  weekAfter,
} from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { StartedApi } from './started-api.js';

const today = civilDateOf(new Date().toISOString());
const lastWeek = weekAfter(isoWeekOf(today), -1);
const monday = mondayOf(lastWeek);
const needs = {
  ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'COUNCIL', patch: 'north' },
  ...{ postcodeDistrict: 'ZZ7', ageBand: 'AGE_BAND_75_84', gender: 'FEMALE' },
  ...{ carerGenderNeed: 'ANY', startOn: addDays(today, -60) },
  schedule: [
    {
      ...{ days: [1], start: '09:00', minutes: 30, carers: 1, tasks: ['MEAL_PREPARATION'] },
      critical: false,
    },
    {
      ...{ days: [2], start: '09:00', minutes: 30, carers: 1, tasks: ['MEAL_PREPARATION'] },
      critical: false,
    },
  ],
};

interface Alarm {
  readonly alarmId: string;
  readonly visitId: string;
  readonly owner: string;
  readonly open: boolean;
  readonly ending: string | null;
  readonly outcomeNote: string | null;
}

describe('The truth about visits over HTTP', () => {
  let api: StartedApi;
  let providerId = '';
  let packageId = '';

  async function send(person: string, command: string, fields: object) {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { ${name}(input: $input) { id position } }`;
    const commandId = newCommandId();
    const answer = await api.graphql<Record<string, { id: string; position: string }>>(
      ...([person, mutation, { input: { commandId, ...fields } }] as const),
    );
    const done = answer.data?.[name];
    if (!done) throw new Error(`${command}: ${JSON.stringify(answer.errors)}`);
    return done;
  }

  /** Asks until an answer holds; what the service does by itself takes a moment. */
  async function eventually<Value>(ask: () => Promise<Value | undefined>): Promise<Value> {
    for (const signal = AbortSignal.timeout(20_000); ; signal.throwIfAborted()) {
      const found = await ask();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function alarms(person: string, after?: string): Promise<readonly Alarm[]> {
    const query = `query ($after: String, $package: String) {
      visitAlarms(after: $after, filter: { packageId: $package }, sort: OLDEST_FIRST) {
        edges { node { alarmId visitId owner open ending outcomeNote } } } }`;
    const { visitAlarms } = await api.data<{ visitAlarms: { edges: { node: Alarm }[] } }>(
      ...([person, query, { after, package: packageId }] as const),
    );
    return visitAlarms.edges.map(({ node }) => node);
  }
  const alarmOf = (list: readonly Alarm[], day: string) =>
    list.find(({ visitId }) => visitId.startsWith(`${packageId}.${day}`));

  beforeAll(async () => {
    api = await StartedApi.start();
    // Nothing is sent by the feed here: its declaration is enough.
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
    await send('commissioner', 'DeclareFeed', { providerId, liveFrom: monday });
  });
  afterAll(() => api.stop());

  it('finds visits missed that a live feed is silent about, and raises alarms (S2-12, X26)', async () => {
    const found = await eventually(async () => {
      const list = await alarms('broker');
      return alarmOf(list, monday) && alarmOf(list, addDays(monday, 1)) ? list : undefined;
    });
    expect(alarmOf(found, monday)).toMatchObject({ open: true });
    const query = `query ($days: String!, $last: String!) {
      missedVisits(fromOn: $days, lastDay: $last) {
        providers { providerId missed reported detected } } }`;
    const days = { days: monday, last: addDays(monday, 1) };
    const counted = await api.data<object>('quality-officer', query, days);
    expect(counted).toEqual({
      missedVisits: { providers: [{ providerId, missed: 2, reported: 0, detected: 2 }] },
    });
    const brokers = await api.graphql('broker', query, days);
    expect(brokers.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('has each alarm taken and closed by someone who knows that the person is safe (X26)', async () => {
    const alarmId = alarmOf(await alarms('broker'), monday)?.alarmId;
    await send('broker', 'TakeVisitAlarm', { alarmId });
    const unsafe = { alarmId, personSafe: false, safeguardingRaised: false };
    await expect(send('broker', 'CloseVisitAlarm', unsafe)).rejects.toThrow(
      'SafeguardingNotRaised',
    );
    const note = 'Her daughter was there.';
    const outcome = { alarmId, personSafe: true, safeguardingRaised: false, note };
    const { position } = await send('broker', 'CloseVisitAlarm', outcome);
    const [asBroker, asProvider] = await Promise.all([
      alarms('broker', position),
      alarms(`provider:${providerId}`, position),
    ]);
    expect(alarmOf(asBroker, monday)).toMatchObject({ ending: 'SEEN_TO', outcomeNote: note });
    expect(alarmOf(asProvider, monday)).toMatchObject({ ending: 'SEEN_TO', outcomeNote: null });
    expect(await alarms('provider:another', position)).toEqual([]);
  });

  it('takes a detection back when a log comes after all, and tells who knew what (S2-12, X10)', async () => {
    const day = addDays(monday, 1);
    const visitId = alarmOf(await alarms('broker'), day)?.visitId ?? '';
    const leg = { visitId, carerLeg: 1, carerRef: 'C-1' };
    const late = londonInstant(day, '15:00').instant;
    const provider = `provider:${providerId}`;
    const { position } = await send(provider, 'RecordVisit', { leg: { ...leg, loggedInAt: late } });
    expect(alarmOf(await alarms('broker', position), day)).toMatchObject({
      ...{ open: false, ending: 'ATTENDED' },
    });
    const query = `query ($visitId: ID!, $after: String) {
      visitEvidence(visitId: $visitId, after: $after) {
        visit { status agreedBy { type } entries { type by } } }
      visitExceptions { edges { node { visitId reason owner } } } }`;
    const told = await api.data<{
      visitEvidence: { visit: { entries: { type: string; by: string }[] } };
    }>('auditor', query, { visitId, after: position });
    expect(told).toMatchObject({
      visitEvidence: { visit: { status: 'ATTENDED', agreedBy: { type: 'PackageTakenOn' } } },
      visitExceptions: { edges: [{ node: { visitId, reason: 'NO_LOG_OUT', owner: 'PROVIDER' } }] },
    });
    expect(told.visitEvidence.visit.entries.map(({ type }) => type)).toEqual([
      ...['WeekPlanned', 'VisitMissDetected', 'VisitAlarmRaised'],
      ...['VisitsRecorded', 'VisitDetectionWithdrawn'],
    ]);
    expect(told.visitEvidence.visit.entries.at(-1)?.by).toBe(provider);
  });

  it('tells a person’s care day by day to those who answer an inquiry (S2-12)', async () => {
    const query = `query ($of: ID!, $from: String!, $last: String!) {
      personTimeline(packageId: $of, fromOn: $from, lastDay: $last) {
        visits { on status } } }`;
    const of = { of: packageId, from: monday, last: addDays(monday, 6) };
    expect(await api.data<object>('quality-officer', query, of)).toEqual({
      personTimeline: {
        visits: [
          { on: monday, status: 'MISSED' },
          { on: addDays(monday, 1), status: 'ATTENDED' },
        ],
      },
    });
    const tooLong = { ...of, last: addDays(monday, 92) };
    const refused = await api.graphql('quality-officer', query, tooLong);
    expect(refused.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
