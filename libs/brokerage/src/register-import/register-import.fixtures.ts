import { comparedName } from '../provider/provider.rules.js';
import { contractColumns, providerColumns, rateColumns } from './register-import.columns.js';
import type {
  RegisterDirectory,
  RegisteredContract,
  RegisteredFramework,
  RegisteredProvider,
} from './register-import.directory.js';

const quoted = (text: string): string =>
  /[",\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const csvWith =
  <Name extends string>(columns: Readonly<Record<Name, unknown>>) =>
  (...rows: readonly Partial<Record<Name, string>>[]): string => {
    const names = Object.keys(columns) as Name[];
    const lines = rows.map((cells) => names.map((name) => quoted(cells[name] ?? '')).join(','));
    return [names.join(','), ...lines, ''].join('\n');
  };

export const providersCsv = csvWith(providerColumns);
export const contractsCsv = csvWith(contractColumns);
export const ratesCsv = csvWith(rateColumns);

/** The cells of a file by column, without the header's byte order mark. */
export const linesOf = (csv: string): string[] => csv.replace('\ufeff', '').trim().split('\r\n');

const larkspur = '0193a000-0000-7000-8000-0000000000a1';
const oakmoor = '0193a000-0000-7000-8000-0000000000a2';
export const providerIds = { larkspur, oakmoor };
export const frameworkId = '0193a000-0000-7000-8000-0000000000f1';
export const openings = {
  allLots: '0193a000-0000-7000-8000-0000000000b1',
  lotOne: '0193a000-0000-7000-8000-0000000000b2',
};

const provider = (
  providerId: string,
  names: readonly [string, ...string[]],
  cqcProviderId: string,
): RegisteredProvider => ({
  ...{ providerId, legalName: names[0], comparedNames: names.map(comparedName) },
  ...{ cqcProviderId, cqcLocationIds: ['1-200000001'] },
});

const framework: RegisteredFramework = {
  ...{ frameworkId, name: 'Care at home' },
  openings: [
    { openingId: openings.allLots, opensOn: '2017-10-09', lots: ['lot-1', 'lot-2'] },
    { openingId: openings.lotOne, opensOn: '2019-06-10', lots: ['lot-1'] },
  ],
};

export const spotContract: RegisteredContract = {
  ...{ contractId: '0193a000-0000-7000-8000-0000000000c1', providerId: larkspur, type: 'spot' },
  ...{ startsOn: '2025-01-06', endsBefore: '2026-01-06', agreedEndsBefore: '2026-01-06' },
  ...{ patches: ['North', 'South'], spotReason: 'No framework offer.', maxPackages: 5 },
  ...{ admissions: [], rateCards: [] },
};

export const frameworkContract: RegisteredContract = {
  ...{ contractId: '0193a000-0000-7000-8000-0000000000c2', providerId: larkspur },
  ...{ type: 'framework', frameworkId, startsOn: '2017-10-09' },
  ...{ endsBefore: '2025-10-13', agreedEndsBefore: null, patches: [] },
  admissions: [{ lots: ['lot-1'], admittedOn: '2017-10-09' }],
  rateCards: [
    { effectiveOn: '2017-10-09', rates: [{ dayKind: 'weekday-day', pencePerHour: 1_800 }] },
  ],
};

/** A register of two providers, a framework of two openings and two contracts. */
export const register: RegisterDirectory = {
  providers: [
    provider(larkspur, ['Larkspur Care Ltd', 'Larkspur', 'Home Help'], '1-100000001'),
    provider(oakmoor, ['Oakmoor Support', 'Home Help'], '1-100000002'),
  ],
  frameworks: [framework],
  contracts: [spotContract, frameworkContract],
};
