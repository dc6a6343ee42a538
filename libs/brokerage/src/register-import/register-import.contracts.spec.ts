import { Rejection } from '#kernel/rejection.js';
import { readTable } from '../csv-import/csv-import.table.js';
import { AdmitToLots, OpenContract } from '../provider-contract/provider-contract.commands.js';
import * as cells from './register-import.cells.js';
import { contractFiles } from './register-import.contracts.js';
import {
  contractsCsv,
  frameworkContract,
  frameworkId,
  openings,
  providerIds,
  register,
} from './register-import.fixtures.js';

const outcomes = (csv: string) =>
  contractFiles
    .entries(readTable(csv, contractFiles.columns))
    .map(({ changes, problems, placeOf }) => {
      if (problems.length > 0) {
        return problems.map(({ row, column, code }) => `${row} ${column} ${code}`);
      }
      try {
        return changes(register);
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        return error.violations.map((violation) => {
          const { row, column } = placeOf(violation);
          return `${row} ${column} ${violation.code}`;
        });
      }
    });

const providerId = providerIds.oakmoor;
const framework = {
  ...{ provider: 'Oakmoor Support', type: 'framework', starts_on: '09/10/2017' },
  framework: 'care at\u00a0home',
};
const spot = {
  ...{ provider: 'Larkspur', type: 'spot', starts_on: '2025-01-06', last_day: '05/01/2026' },
  ...{ patches: 'South; North', spot_reason: 'No framework offer.', max_packages: '5' },
};

describe('A file of contracts', () => {
  it('opens a framework contract with an admission in each row (S1-5, S3-10)', () => {
    const csv = contractsCsv(
      { ...framework, lots: 'Lot-2' },
      { ...framework, starts_on: '2017-10-09', lots: 'lot-1', admitted_on: '10/06/2019' },
    );
    const admissions = [
      { lots: ['lot-2'], admittedOn: '2017-10-09', openingId: openings.allLots },
      { lots: ['lot-1'], admittedOn: '2019-06-10', openingId: openings.lotOne },
    ];
    const terms = { type: 'framework', startsOn: '2017-10-09', providerId, frameworkId };
    expect(outcomes(csv)).toEqual([[{ command: OpenContract, fields: { ...terms, admissions } }]]);
  });

  it('takes the opening of the day that a row names (S1-6)', () => {
    const on = (openedOn: string, admittedOn: string) =>
      outcomes(
        contractsCsv({
          ...framework,
          ...{ lots: 'lot-1', opened_on: openedOn, admitted_on: admittedOn },
        }),
      )[0];
    expect(on('2017-10-09', '2020-01-01')).toMatchObject([
      { fields: { admissions: [{ openingId: openings.allLots }] } },
    ]);
    expect(on('2017-10-10', '2020-01-01')).toEqual(['2 opened_on OpeningNotFound']);
  });

  it('finds no opening for lots on the day before they were offered (S1-6)', () => {
    const on = (admittedOn: string) =>
      outcomes(contractsCsv({ ...framework, lots: 'lot-1', admitted_on: admittedOn }))[0];
    expect(on('2017-10-08')).toEqual(['2 lots OpeningNotFound']);
    expect(on('2017-10-09')).toHaveLength(1);
  });

  it('changes nothing of a contract that the register has (S3-10)', () => {
    expect(outcomes(contractsCsv(spot))).toEqual([[]]);
    const admitted = { ...framework, provider: 'Larkspur', lots: 'lot-1' };
    expect(outcomes(contractsCsv(admitted))).toEqual([[]]);
  });

  it('admits a known contract to lots that it lacks (S1-5)', () => {
    const csv = contractsCsv({
      ...{ ...framework, provider: 'Larkspur', lots: 'lot-1; lot-2' },
    });
    const fields = {
      ...{ contractId: frameworkContract.contractId, openingId: openings.allLots },
      ...{ lots: ['lot-2'], admittedOn: '2017-10-09' },
    };
    expect(outcomes(csv)).toEqual([[{ command: AdmitToLots, fields }]]);
  });

  it.each([
    ['another last day', { last_day: '06/01/2026' }, 'last_day'],
    ['other patches', { patches: 'North' }, 'patches'],
    ['another cap', { max_packages: '6' }, 'max_packages'],
    ['another reason', { spot_reason: 'Urgent.' }, 'spot_reason'],
  ])('overwrites nothing: it rejects %s (S3-10)', (_, changed, column) => {
    expect(outcomes(contractsCsv({ ...spot, ...changed }))).toEqual([
      [`2 ${column} RegisterDiffers`],
    ]);
  });

  it('says nothing of a known contract with an empty cell (S3-10)', () => {
    expect(outcomes(contractsCsv({ ...spot, last_day: '', max_packages: '' }))).toEqual([[]]);
  });

  it.each([
    ['an unknown provider', { ...spot, provider: 'Larkspurr' }, '2 provider ProviderNameUnknown'],
    ['an ambiguous one', { ...spot, provider: 'Home Help' }, '2 provider ProviderNameAmbiguous'],
    [
      'an unknown framework',
      { ...framework, framework: 'Care' },
      '2 framework FrameworkNameUnknown',
    ],
    ['an unknown type', { ...spot, type: 'lease' }, '2 type CellUnusable'],
    [
      'another day of an admission',
      { ...framework, provider: 'Larkspur', lots: 'lot-1', admitted_on: '2018-01-01' },
      '2 admitted_on RegisterDiffers',
    ],
    [
      'half a block',
      {
        ...spot,
        type: 'block',
        scheme: 'Elm Court',
        windows: 'night 22:00-07:00',
        weekly_price: '900',
      },
      '2 bought_weekly_minutes CellMissing',
    ],
  ])('rejects %s by row and column (S3-10, S1-4)', (_, row, place) => {
    expect(outcomes(contractsCsv(row))).toEqual([[place]]);
  });

  it('rejects a row that contradicts or repeats the row before (S3-10)', () => {
    const lots = { lots: 'lot-1' };
    const other = { ...framework, lots: 'lot-2', notice_days: '14' };
    expect(outcomes(contractsCsv({ ...framework, ...lots, notice_days: '28' }, other))).toEqual([
      ['3 notice_days CellsDiffer'],
    ]);
    expect(outcomes(contractsCsv({ ...framework, ...lots }, { ...framework, ...lots }))).toEqual([
      ['3 lots RowRepeated'],
    ]);
  });

  it('reads the terms of a block and of cost and volume (S2-4, S3-11)', () => {
    const block = {
      ...{ provider: 'Oakmoor Support', type: 'block', starts_on: '2026-01-05' },
      ...{ scheme: 'Elm Court', windows: 'lunch 12:00-14:00; night 22:00 - 7:00' },
      ...{ bought_weekly_minutes: '6000', weekly_price: '£2,100' },
    };
    const volume = {
      ...{ provider: 'Oakmoor Support', type: 'cost and volume', starts_on: '2026-01-05' },
      ...{ period: 'month', minimum_price: '10000', tiers: '0=21.50; 60000 = 20.75' },
    };
    expect(outcomes(contractsCsv(block, volume))).toMatchObject([
      [
        {
          fields: {
            block: {
              ...{ scheme: 'Elm Court', weeklyMinutes: 6_000, weeklyPence: 210_000 },
              windows: [
                { name: 'lunch', from: '12:00', before: '14:00' },
                { name: 'night', from: '22:00', before: '07:00' },
              ],
            },
          },
        },
      ],
      [
        {
          fields: {
            costAndVolume: {
              ...{ period: 'month', minimumPence: 1_000_000 },
              tiers: [
                { aboveMinutes: 0, pencePerHour: 2_150 },
                { aboveMinutes: 60_000, pencePerHour: 2_075 },
              ],
            },
          },
        },
      ],
    ]);
  });
});

describe('A cell of contract terms', () => {
  it.each([['lunch'], ['lunch 12:00'], ['12:00-14:00'], ['lunch 12:00-25:00'], ['']])(
    'is no list of windows: %j (S2-4)',
    (text) => {
      expect(cells.windows(text)).toBeUndefined();
    },
  );

  it.each([['21.50'], ['0=free'], ['0=20.755'], ['=20']])(
    'is no list of tiers: %j (S3-11)',
    (text) => {
      expect(cells.tiers(text)).toBeUndefined();
    },
  );

  it('is a number of at least one', () => {
    expect(cells.positive('0')).toBeUndefined();
    expect(cells.positive('1')).toBe(1);
  });
});
