import { addDays, civilDateOf, isoWeekOf, mondayOf, monthOf } from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import type { StartedApi } from './started-api.js';

interface Sent {
  readonly id: string;
  readonly position: string;
}

const today = civilDateOf(new Date().toISOString());
const monday = mondayOf(isoWeekOf(today));

/** From a referral to the league, over HTTP, on a service that `start` brings up. */
export function journeyContract(start: () => Promise<StartedApi>): void {
  let api: StartedApi;

  beforeAll(async () => {
    api = await start();
  }, 60_000);

  afterAll(() => api.stop());

  /** Sends a command as its mutation. */
  async function send(person: string, command: string, fields: object): Promise<Sent> {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { ${name}(input: $input) { id position } }`;
    const input = { commandId: newCommandId(), ...fields };
    const data = await api.data<Record<string, Sent>>(person, mutation, { input });
    const sent = data[name];
    if (!sent) throw new Error(`${name} answered nothing`);
    return sent;
  }

  async function until<Value>(ask: () => Promise<Value | undefined>): Promise<Value> {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const value = await ask();
      if (value !== undefined) return value;
      if (Date.now() > deadline) throw new Error('it did not happen within 15 seconds');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const stageOf = async (packageId: string, after: string): Promise<string> => {
    const query = `query ($id: ID!, $after: String) { package(id: $id, after: $after) { stage } }`;
    const data = await api.data<{ package: { stage: string } }>('broker', query, {
      id: packageId,
      after,
    });
    return data.package.stage;
  };

  const isAwaitingCare = async (packageId: string): Promise<boolean> => {
    const query = '{ awaitingCare(first: 100) { edges { node { packageId } } } }';
    const data = await api.data<{
      awaitingCare: { edges: { node: { packageId: string } }[] };
    }>('broker', query);
    return data.awaitingCare.edges.some(({ node }) => node.packageId === packageId);
  };

  async function provider(name: string, frameworkId: string, openingId: string, rate: number) {
    const { id: providerId } = await send('commissioner', 'RegisterProvider', {
      legalName: name,
      tradingNames: [],
      cqcLocationIds: [],
    });
    const { id: contractId } = await send('commissioner', 'OpenContract', {
      ...{ providerId, frameworkId, type: 'FRAMEWORK', startsOn: monday },
    });
    await send('commissioner', 'AdmitToLots', {
      ...{ contractId, openingId, lots: ['lot-1'], admittedOn: monday },
    });
    await send('commissioner', 'SetRateCard', {
      contractId,
      effectiveOn: monday,
      rates: [{ dayKind: 'WEEKDAY_DAY', pencePerHour: rate }],
    });
    return providerId;
  }

  it('leads a person’s care from the referral to a delivered visit (S1-11, S1-12, X5, S2-20)', async () => {
    const change = await send('commissioner', 'ChangePolicy', {
      ...{ effectiveOn: monday, reason: 'Monitoring goes live' },
      values: { ecmGoLiveOn: monday },
    });
    const policy = await api.data<{ policy: { changes: { changeId: string }[] } }>(
      'commissioner',
      'query ($after: String) { policy(after: $after) { changes { changeId } } }',
      { after: change.position },
    );
    const changeId = policy.policy.changes[0]?.changeId;
    await send('second-commissioner', 'ApprovePolicyChange', { changeId });

    const { id: frameworkId } = await send('commissioner', 'EstablishFramework', {
      ...{ name: 'Care at home', startsOn: monday, lastDay: addDays(monday, 700) },
      lots: [{ lot: 'lot-1', name: 'Home care' }],
    });
    const opening = await send('commissioner', 'OpenFramework', {
      ...{ frameworkId, opensOn: monday, lots: ['lot-1'] },
    });
    const register = await api.data<{
      frameworks: { frameworks: { openings: { openingId: string }[] }[] };
    }>(
      'commissioner',
      'query ($after: String) { frameworks(after: $after) { frameworks { openings { openingId } } } }',
      { after: opening.position },
    );
    const openingId = register.frameworks.frameworks[0]?.openings[0]?.openingId ?? '';
    const first = await provider('Larkspur Care', frameworkId, openingId, 2100);
    const second = await provider('Oakmoor Support', frameworkId, openingId, 2150);

    const { id: packageId } = await send('broker', 'ReferPackage', {
      reference: { system: 'casebook', personRef: 'P-1', referralRef: 'R-1' },
      directPayment: { outcome: 'NOT_WANTED' },
      needs: {
        ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'COUNCIL' },
        ...{
          postcodeDistrict: 'ZZ1',
          patch: 'North',
          ageBand: 'AGE_BAND_85_PLUS',
          gender: 'FEMALE',
        },
        ...{ carerGenderNeed: 'ANY', startOn: today },
        schedule: [
          {
            ...{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', minutes: 30, carers: 1 },
            ...{ tasks: ['PERSONAL_CARE'], critical: false },
          },
        ],
      },
    });
    const issued = await send('broker', 'IssueRequest', { packageId });
    expect(await isAwaitingCare(packageId)).toBe(true);
    const requests = await api.data<{
      requests: { edges: { node: { requestId: string } }[] };
    }>(
      `provider:${first}`,
      'query ($after: String) { requests(after: $after) { edges { node { requestId } } } }',
      { after: issued.position },
    );
    const requestId = requests.requests.edges[0]?.node.requestId;
    const times = [{ line: 1, start: '00:01' }];
    const offer = await send(`provider:${first}`, 'SubmitOffer', {
      ...{ requestId, startOn: today, times },
    });
    await send(`provider:${second}`, 'SubmitOffer', {
      ...{ requestId, startOn: today, times: [{ line: 1, start: '00:15' }] },
    });
    await send('broker', 'PresentOffers', { packageId });
    await send('broker', 'ChooseOffer', {
      ...{ packageId, offerId: offer.id, reasons: ['The time suits'] },
      chosenBy: { name: 'Edith', relationship: 'PERSON' },
    });
    const award = await send('broker', 'AwardPackage', { packageId });
    await until(async () =>
      (await stageOf(packageId, award.position)) === 'AWAITING_START' ? true : undefined,
    );

    const visitId = `${packageId}.${today}.1.1`;
    const loggedInAt = `${today}T00:05:00`;
    const recorded = await until(async () => {
      try {
        return await send(`provider:${first}`, 'RecordVisit', {
          leg: {
            visitId,
            carerLeg: 1,
            carerRef: 'C-1',
            loggedInAt,
            loggedOutAt: `${today}T00:06:30`,
          },
        });
      } catch (error) {
        if (String(error).includes('VisitNotPlanned')) return undefined;
        throw error;
      }
    });
    await until(async () =>
      (await stageOf(packageId, recorded.position)) === 'LIVE' ? true : undefined,
    );
    await until(async () => ((await isAwaitingCare(packageId)) ? undefined : true));

    const kpis = await api.data<{
      providerKpis: {
        rows: { providerId: string; punctualityStandard: { kept: number; required: number } }[];
      };
    }>(
      'commissioner',
      `query ($month: String!, $provider: ID, $after: String) {
        providerKpis(month: $month, providerId: $provider, after: $after) {
          rows { providerId punctualityStandard { kept required } }
        }
      }`,
      { month: monthOf(today), provider: first, after: recorded.position },
    );
    expect(kpis.providerKpis.rows[0]).toMatchObject({
      providerId: first,
      punctualityStandard: { kept: 1, required: 1 },
    });
  });
}
