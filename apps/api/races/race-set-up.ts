import { randomBytes } from 'node:crypto';
import { idOfKey, uuidV7 } from '#kernel/ids.js';
import { addDays, civilDateOf, isoWeekOf, mondayOf } from '#kernel/time.js';
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
    await send('commissioner', 'SetRateCard', { contractId, effectiveOn: monday, rates });
    providerIds.push(providerId);
  }
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
        ...{ gender: 'FEMALE', carerGenderNeed: 'ANY', schedule: [line] },
      },
    });
    await send('broker', 'RecordIdentity', { personId, identity });
    packageIds.push(id);
  }
  return { packageIds, providerIds, startOn: today, requests: [], offers: [] };
}

const line = {
  ...{ days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', minutes: 30, carers: 1 },
  ...{ tasks: ['PERSONAL_CARE'], critical: false },
};

interface Sent {
  readonly id: string;
  readonly position: string;
}

const sender =
  (api: StartedApi) =>
  async (person: string, command: string, fields: object): Promise<Sent> => {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { sent: ${name}(input: $input) { id position } }`;
    const commandId = uuidV7(Date.now(), randomBytes(10).toString('hex'));
    const input = { commandId, ...fields };
    return (await api.data<{ sent: Sent }>(person, mutation, { input })).sent;
  };
