import { deriveId } from '#kernel/ids.js';
import type { FrameworkTerms } from './provider-contract.decider.js';
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
