import { Rejection } from '#kernel/rejection.js';
import { readTable } from '../csv-import/csv-import.table.js';
import { SetRateCard } from '../provider-contract/provider-contract.commands.js';
import {
  frameworkContract,
  providerIds,
  ratesCsv,
  register,
  spotContract,
} from './register-import.fixtures.js';
import { rateFiles } from './register-import.rates.js';

const outcomes = (csv: string, known = register) =>
  rateFiles.entries(readTable(csv, rateFiles.columns)).map(({ changes, problems, placeOf }) => {
    if (problems.length > 0) {
      return problems.map(({ row, column, code }) => `${row} ${column} ${code}`);
    }
    try {
      return changes(known);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return error.violations.map((violation) => {
        const { row, column } = placeOf(violation);
        return `${row} ${column} ${violation.code}`;
      });
    }
  });

const { contractId } = spotContract;
const spot = { provider: 'Larkspur', contract_type: 'spot', effective_on: '06/01/2025' };
const day = { ...spot, day_kind: 'weekday day', rate: '£20.87' };

describe('A file of rates', () => {
  it('sets a card with a rate in each row (S1-14)', () => {
    const half = { ...spot, day_kind: 'weekend', rate: '24', visit_minutes: '30' };
    const rates = [
      { dayKind: 'weekday-day', pencePerHour: 2_087 },
      { dayKind: 'weekend', pencePerHour: 2_400, visitMinutes: 30 },
    ];
    expect(outcomes(ratesCsv(day, { ...half, effective_on: '2025-01-06' }))).toEqual([
      [{ command: SetRateCard, fields: { contractId, effectiveOn: '2025-01-06', rates } }],
    ]);
  });

  it('sends earlier cards of a contract first, wherever they stand (S1-14)', () => {
    const later = { ...day, effective_on: '2025-06-01', rate: '21.95' };
    expect(outcomes(ratesCsv(later, day))).toMatchObject([
      [{ fields: { effectiveOn: '2025-01-06' } }],
      [{ fields: { effectiveOn: '2025-06-01' } }],
    ]);
  });

  it('finds the contract in force on the first day of the prices, its last day included (S1-14)', () => {
    const on = (effectiveOn: string) =>
      outcomes(ratesCsv({ ...day, effective_on: effectiveOn }))[0];
    expect(on('2026-01-05')).toMatchObject([{ fields: { contractId } }]);
    expect(on('2026-01-06')).toEqual(['2 contract ContractNotFound']);
  });

  it('changes nothing when the contract has this card (S1-14)', () => {
    const framework = { provider: 'Larkspur', effective_on: '2017-10-09' };
    const csv = ratesCsv({ ...framework, day_kind: 'weekday-day', rate: '18.00' });
    expect(outcomes(csv)).toEqual([[]]);
    const usual = { day_from: '7:00', evening_from: '19:00', night_from: '22:00' };
    const said = ratesCsv({ ...framework, day_kind: 'weekday-day', rate: '18', ...usual });
    expect(outcomes(said)).toEqual([[]]);
  });

  it.each([
    ['another price', '2017-10-09', '18.01'],
    ['later prices', '2018-10-09', '18.00'],
  ])('leaves %s of a priced contract to an uplift and its second person (X25)', (_, on, rate) => {
    const row = { provider: 'Larkspur', effective_on: on, day_kind: 'weekday-day', rate };
    expect(outcomes(ratesCsv(row))).toEqual([['2 effective_on ContractPricedAlready']]);
  });

  it('does not guess between two contracts in force (S3-10)', () => {
    const second = { ...spotContract, contractId: '0193a000-0000-7000-8000-0000000000c9' };
    const two = { ...register, contracts: [...register.contracts, second] };
    expect(outcomes(ratesCsv(day), two)).toEqual([['2 contract ContractAmbiguous']]);
    const named = ratesCsv({ ...day, contract: second.contractId.toUpperCase() });
    expect(outcomes(named, two)).toMatchObject([[{ fields: { contractId: second.contractId } }]]);
  });

  it.each([
    ['an unknown provider', { provider: 'Nobody' }, '2 provider ProviderNameUnknown'],
    [
      'a contract of another',
      { provider: providerIds.oakmoor, contract: frameworkContract.contractId },
      '2 contract ContractOfAnother',
    ],
    ['what is no contract', { contract: 'ours' }, '2 contract ContractNotFound'],
    ['parts of a penny', { rate: '20.875' }, '2 rate CellUnusable'],
    ['an unknown day kind', { day_kind: 'sunday' }, '2 day_kind CellUnusable'],
    [
      'some hours of a day',
      { day_from: '07:00', night_from: '22:00' },
      '2 evening_from CellMissing',
    ],
  ])('rejects %s by row and column (S3-10)', (_, changed, place) => {
    expect(outcomes(ratesCsv({ ...day, ...changed }))).toEqual([[place]]);
  });
});
