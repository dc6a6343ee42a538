import { Rejection } from '#kernel/rejection.js';
import { comparedName } from '../provider/provider.rules.js';
import { contractInForce, providerNamed, type ContractDirectory } from './csv-import.directory.js';

const larkspur = '0193a000-0000-7000-8000-0000000000a1';
const oakmoor = '0193a000-0000-7000-8000-0000000000a2';
const named = (providerId: string, ...names: string[]) => ({
  providerId,
  comparedNames: names.map(comparedName),
});
const contract = (contractId: string, startsOn: string, endsBefore: string | null) => ({
  ...{ contractId, providerId: larkspur, type: 'framework' as const, startsOn, endsBefore },
});
const directory: ContractDirectory = {
  providers: [
    named(larkspur, 'Larkspur Care Ltd', 'Larkspur', 'Home Help'),
    named(oakmoor, 'Oakmoor\u00a0Support', 'Home Help'),
  ],
  contracts: [
    contract('old', '2017-10-09', '2025-10-13'),
    contract('new', '2025-10-13', null),
    { ...contract('spot', '2020-01-01', '2026-04-01'), type: 'spot' },
  ],
};

/** The rule that refuses, `undefined` when none does. */
function refusedBy(look: () => unknown): string | undefined {
  try {
    look();
    return undefined;
  } catch (error) {
    return error instanceof Rejection ? error.code : String(error);
  }
}

describe('The provider of a file', () => {
  it.each([
    ['larkspur care ltd', larkspur],
    ['Larkspur', larkspur],
    ['Oakmoor Support', oakmoor],
    ['OAKMOOR \u00a0 SUPPORT', oakmoor],
    [oakmoor.toUpperCase(), oakmoor],
  ])('is found by %j (S1-4, X30)', (text, providerId) => {
    expect(providerNamed(directory, text)).toBe(providerId);
  });

  it.each([
    ['Larkspur Car', 'ProviderNameUnknown'],
    ['Home Help', 'ProviderNameAmbiguous'],
    ['0193a000-0000-7000-8000-0000000000ff', 'ProviderNameUnknown'],
  ])('is not guessed from %j (S1-4)', (text, code) => {
    expect(refusedBy(() => providerNamed(directory, text))).toBe(code);
  });
});

describe('The contract of a file', () => {
  const inForce = (on: string, type: 'framework' | 'spot' | 'block' = 'framework') =>
    contractInForce(directory, { providerId: larkspur, type, on });

  it.each([
    ['2025-10-12', 'old'],
    ['2025-10-13', 'new'],
    ['2017-10-09', 'old'],
  ])('is the one in force on the first day, %s (S1-7, X30)', (on, contractId) => {
    expect(inForce(on)).toBe(contractId);
  });

  it('is of the type that the file names', () => {
    expect(inForce('2026-03-31', 'spot')).toBe('spot');
  });

  it.each([
    ['2017-10-08', 'framework'],
    ['2026-04-01', 'spot'],
    ['2025-10-13', 'block'],
  ] as const)('is missed on %s for %s', (on, type) => {
    expect(refusedBy(() => inForce(on, type))).toBe('ContractNotFound');
  });
});
