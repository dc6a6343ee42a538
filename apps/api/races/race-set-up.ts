import { idOfKey } from '#kernel/ids.js';
import { addDays, civilDateOf, isoWeekOf, mondayOf } from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import type { StartedApi } from '../started-api.js';
import type { Board } from './race-clients.js';
import { packagesFoughtOver } from './race-moves.js';

/** Planted into each person's identity record; no request may tell them. */
export const identityValues = [
  'Ottoline Quagmire',
  '14 Wibberley Passage',
  'ZZ1 7QQ',
  '01632 960471',
];

const [name, addressLine, postcode, phone] = identityValues;
const identity = { name, bornOn: '1938-04-05', addressLines: [addressLine], postcode, phone };

/** Pence a week over which a package needs the panel: above 30 minutes a day, below an hour. */
export const panelLevelPence = 10_000;
/** Packages that each spot contract takes at once. */
export const spotPackages = 1;

const providers = ['Larkspur Care', 'Oakmoor Support', 'Fennel Home Care'];
const today = civilDateOf(new Date().toISOString());
const monday = mondayOf(isoWeekOf(today));

/** A framework, three providers and some packages that wait for a request. */
export async function setUpRace(api: StartedApi): Promise<Board> {
  const send = sender(api);
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
  const openingId = register.frameworks.frameworks[0]?.openings[0]?.openingId;
  const providerIds: string[] = [];
  for (const legalName of providers) {
    const { id: providerId } = await send('commissioner', 'RegisterProvider', {
      ...{ legalName, tradingNames: [], cqcLocationIds: [] },
    });
    const { id: contractId } = await send('commissioner', 'OpenContract', {
      ...{ providerId, frameworkId, type: 'FRAMEWORK', startsOn: monday },
    });
    await send('commissioner', 'AdmitToLots', {
      ...{ contractId, openingId, lots: ['lot-1'], admittedOn: monday },
    });
    const pencePerHour = 2100 + providerIds.length;
    const rates = [{ dayKind: 'WEEKDAY_DAY', pencePerHour }];
    const { id: spotId } = await send('commissioner', 'OpenContract', {
      ...{ providerId, type: 'SPOT', startsOn: monday, lastDay: addDays(monday, 700) },
      ...{ spotReason: 'Too few carers in the framework', maxPackages: spotPackages },
    });
    for (const priced of [contractId, spotId]) {
      const card = { contractId: priced, effectiveOn: monday, rates };
      await send('commissioner', 'SetRateCard', card);
    }
    providerIds.push(providerId);
  }
  const panel = {
    ...{ measure: 'WEEKLY_COST', level: panelLevelPence, interimWorkingDays: 5 },
    agencies: ['adult-social-care'],
  };
  const change = { effectiveOn: monday, values: { panel }, reason: 'A low level' };
  const { position } = await send('commissioner', 'ChangePolicy', change);
  const { policy } = await api.data<{ policy: { changes: { changeId: string }[] } }>(
    'commissioner',
    'query ($after: String) { policy(after: $after) { changes { changeId } } }',
    { after: position },
  );
  const changeId = policy.changes[0]?.changeId;
  await send('second-commissioner', 'ApprovePolicyChange', { changeId });
  const packageIds: string[] = [];
  for (let count = 0; count < packagesFoughtOver; count += 1) {
    const personRef = `P-${count}`;
    const personId = idOfKey('person', 'casebook', personRef);
    const { id } = await send('broker', 'ReferPackage', {
      reference: { system: 'casebook', personRef, referralRef: `R-${count}` },
      directPayment: { outcome: 'NOT_WANTED' },
      needs: {
        ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'COUNCIL', startOn: today },
        ...{ postcodeDistrict: 'ZZ1', patch: 'North', ageBand: 'AGE_BAND_85_PLUS' },
        ...{ gender: 'FEMALE', carerGenderNeed: 'ANY', schedule: [lineOf(count)] },
      },
    });
    await send('broker', 'RecordIdentity', { personId, identity });
    const evidence = { reason: 'NO_CAPACITY', evidence: 'Each was called' };
    if (isOfSpotMarket(count)) {
      await send('broker', 'ExcuseRouteStep', { packageId: id, route: 'FRAMEWORK', ...evidence });
    }
    packageIds.push(id);
  }
  return { packageIds, providerIds, startOn: today, requests: [], offers: [], cases: [] };
}

/** The first half is plain; of the others each second one goes to the spot market. */
const isOfSpotMarket = (count: number): boolean =>
  count >= packagesFoughtOver / 2 && count % 2 === 0;

/** Of the second half each third package is over the panel's level. */
const lineOf = (count: number) => ({
  ...{ days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', carers: 1 },
  minutes: count >= packagesFoughtOver / 2 && count % 3 === 0 ? 60 : 30,
  ...{ tasks: ['PERSONAL_CARE'], critical: false },
});

interface Sent {
  readonly id: string;
  readonly position: string;
}

const sender =
  (api: StartedApi) =>
  async (person: string, command: string, fields: object): Promise<Sent> => {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { sent: ${name}(input: $input) { id position } }`;
    const commandId = newCommandId();
    const input = { commandId, ...fields };
    return (await api.data<{ sent: Sent }>(person, mutation, { input })).sent;
  };
