import { deriveId } from '#kernel/ids.js';
import type { FrameworkTerms } from './admission.rules.js';
import type { ContractOpened } from './provider-contract.events.js';

export const commandId = '01932e1c-0a10-7000-8000-000000000003';
export const contractId = deriveId(commandId, 'providerContract');
export const providerId = '01932e1c-0000-7000-8000-00000000a001';
export const frameworkId = '01932e1c-0000-7000-8000-00000000f001';
export const openingOfAllLots = '01932e1c-0000-7000-8000-000000002017';
export const openingOfLotOne = '01932e1c-0000-7000-8000-000000002019';

/** Until 2021-10-08, before its extension. */
export const framework: FrameworkTerms = {
  known: true,
  startsOn: '2017-10-09',
  endsBefore: '2021-10-09',
  openings: {
    [openingOfAllLots]: { opensOn: '2017-10-09', lots: ['lot-1', 'lot-2'] },
    [openingOfLotOne]: { opensOn: '2019-06-10', lots: ['lot-1'] },
  },
};

export const frameworkContract: ContractOpened = {
  type: 'ContractOpened',
  data: {
    ...{ contractId, providerId, frameworkId },
    ...{
      type: 'framework',
      startsOn: '2017-10-09',
      endsBefore: null,
      patches: [],
    },
  },
};

/** 2026-01-01 to 2026-12-31. */
export const spotContract: ContractOpened = {
  type: 'ContractOpened',
  data: {
    ...{
      contractId,
      providerId,
      type: 'spot',
      startsOn: '2026-01-01',
      endsBefore: '2027-01-01',
    },
    patches: ['north'],
    spotReason: 'No framework provider could start in time.',
  },
};

/** At an extra-care scheme, from 2026-01-01: lunch and night, ten hours a week. */
export const blockContract: ContractOpened = {
  type: 'ContractOpened',
  data: {
    ...{ contractId, providerId, type: 'block', startsOn: '2026-01-01', endsBefore: null },
    patches: [],
    block: {
      scheme: 'Rowan Court',
      windows: [
        { name: 'lunch', from: '12:00', before: '14:00' },
        { name: 'night', from: '22:00', before: '07:00' },
      ],
      ...{ weeklyMinutes: 600, weeklyPence: 24_000 },
    },
  },
};

/** From 2026-01-01: at least £5,000 a month; a lower price above 100 hours. */
export const volumeContract: ContractOpened = {
  type: 'ContractOpened',
  data: {
    ...{ contractId, providerId, type: 'cost-and-volume', startsOn: '2026-01-01' },
    ...{ endsBefore: null, patches: [] },
    costAndVolume: {
      ...{ period: 'month', minimumPence: 500_000 },
      tiers: [
        { aboveMinutes: 0, pencePerHour: 2_400 },
        { aboveMinutes: 6_000, pencePerHour: 2_100 },
      ],
    },
  },
};

export const inHouseArrangement: ContractOpened = {
  type: 'ContractOpened',
  data: {
    ...{
      contractId,
      providerId,
      type: 'in-house',
      startsOn: '2026-01-01',
      endsBefore: null,
    },
    patches: [],
    capacityWeeklyMinutes: 12_000,
  },
};
