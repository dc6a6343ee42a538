import { Rejection } from '#kernel/rejection.js';
import { readTable } from '../csv-import/csv-import.table.js';
import { AddProviderAlias, RegisterProvider } from '../provider/provider.commands.js';
import { providerIds, providersCsv, register } from './register-import.fixtures.js';
import { providerFiles } from './register-import.providers.js';

const entriesOf = (csv: string) => providerFiles.entries(readTable(csv, providerFiles.columns));

/** What becomes of each row: its commands, or what refuses it. */
const outcomes = (csv: string) =>
  entriesOf(csv).map(({ changes, problems, placeOf }) => {
    if (problems.length > 0) return problems.map(({ column, code }) => `${column} ${code}`);
    try {
      return changes(register);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return error.violations.map((each) => `${placeOf(each).column} ${each.code}`);
    }
  });

describe('A file of providers', () => {
  it('registers a provider that no name is equal to, however similar (S1-4)', () => {
    const [changes] = outcomes(
      providersCsv({
        legal_name: 'Larkspur Care Limited',
        trading_names: 'Home Help; Larkspur at Home',
        aliases: 'LCL',
        cqc_provider_id: '1-100000009',
        cqc_location_ids: '1-200000008;1-200000009',
      }),
    );
    expect(changes).toEqual([
      {
        command: RegisterProvider,
        fields: {
          legalName: 'Larkspur Care Limited',
          tradingNames: ['Home Help', 'Larkspur at Home'],
          aliases: ['LCL'],
          cqcProviderId: '1-100000009',
          cqcLocationIds: ['1-200000008', '1-200000009'],
        },
      },
    ]);
  });

  it('changes nothing of a provider that has these names, whatever their blanks and capitals (S1-4)', () => {
    const known = { cqc_provider_id: '1-100000001', cqc_location_ids: '1-200000001' };
    const csv = providersCsv({
      legal_name: 'LARKSPUR\u00a0Care  ltd',
      aliases: 'larkspur; Home\u00a0Help',
      ...known,
    });
    expect(outcomes(csv)).toEqual([[]]);
  });

  it('adds the names that a known provider lacks, each once (S1-4)', () => {
    const csv = providersCsv({
      legal_name: 'Larkspur',
      trading_names: 'Larkspur North',
      aliases: 'Larkspur  north; Larkspur Care Ltd',
    });
    const fields = { providerId: providerIds.larkspur, alias: 'Larkspur north' };
    expect(outcomes(csv)).toEqual([[{ command: AddProviderAlias, fields }]]);
  });

  it.each([
    ['a name of two providers', { legal_name: 'Home Help' }, 'legal_name ProviderNameAmbiguous'],
    [
      'the CQC id of another provider',
      { legal_name: 'Larkspur Care Limited', cqc_provider_id: '1-100000001' },
      'cqc_provider_id CqcIdTaken',
    ],
    [
      'another CQC id of a known provider',
      { legal_name: 'Larkspur', cqc_provider_id: '1-100000003' },
      'cqc_provider_id RegisterDiffers',
    ],
    [
      'another location of a known provider',
      { legal_name: 'Larkspur', cqc_location_ids: '1-200000001;1-200000002' },
      'cqc_location_ids RegisterDiffers',
    ],
    ['no name', { aliases: 'LCL' }, 'legal_name CellMissing'],
    [
      'what is no CQC id',
      { legal_name: 'Moss', cqc_provider_id: '100000003' },
      'cqc_provider_id CellUnusable',
    ],
  ])('rejects %s (S1-4)', (_, cells, place) => {
    expect(outcomes(providersCsv(cells))).toEqual([[place]]);
  });

  it('rejects a second row with the CQC id of a row of another name (S1-4)', () => {
    const cqc = { cqc_provider_id: '1-100000007' };
    const [first, second] = outcomes(
      providersCsv({ legal_name: 'Moss Care', ...cqc }, { legal_name: 'Mossy Care', ...cqc }),
    );
    expect(first).toHaveLength(1);
    expect(second).toEqual(['cqc_provider_id CqcIdTaken']);
  });
});
