import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  contractsCsv,
  providersCsv,
  ratesCsv,
} from '#brokerage/register-import/register-import.fixtures.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { StartedApi } from '../api/started-api.js';
import { askedCli, ranCli } from './ran-cli.js';

interface Imported {
  readonly counts: { read: number; new: number; unchanged: number; rejected: number };
  readonly jobId?: string;
  readonly job?: { readonly done: number; readonly status: string };
}

const spot = {
  ...{ provider: 'LC', type: 'spot', starts_on: '06/01/2025' },
  spot_reason: 'No framework offer.',
};
const rate = {
  ...{ provider: 'larkspur care', contract_type: 'spot', effective_on: '2025-01-06' },
  ...{ day_kind: 'weekday-day', rate: '£20.87' },
};

describe('brokerage import-register', () => {
  let api: StartedApi;

  const fileOf = (name: string, csv: string): string => {
    const file = join(api.dataDir, name);
    writeFileSync(file, csv);
    return file;
  };
  const asked = (kind: string, csv: string, ...options: string[]) =>
    askedCli<Imported>(
      ...([api.dataDir, 'import-register', fileOf(`${kind}.csv`, csv)] as const),
      ...['--kind', kind, ...options],
    );

  beforeAll(async () => {
    api = await StartedApi.start();
  });
  afterAll(() => api.stop());

  it('previews, records, and finds nothing to change when asked again (S3-10)', async () => {
    const files = {
      providers: providersCsv({ legal_name: 'Larkspur Care', aliases: 'LC' }),
      contracts: contractsCsv(spot),
      rates: ratesCsv(rate),
    };
    for (const [kind, csv] of Object.entries(files)) {
      const preview = await asked(kind, csv, '--preview');
      expect(preview).toMatchObject({ exitCode: 0, document: { counts: { read: 1, new: 1 } } });
      expect(preview.document.jobId).toBeUndefined();
      expect(await asked(kind, csv)).toMatchObject({
        exitCode: 0,
        document: { job: { status: 'finished', done: 1 }, refused: [] },
      });
      const again = await asked(kind, csv);
      expect(again).toMatchObject({ exitCode: 0, document: { counts: { new: 0, unchanged: 1 } } });
      expect(again.document.jobId).toBeUndefined();
    }
    const { contracts } = await api.data<{ contracts: { edges: object[] } }>(
      'broker',
      '{ contracts(first: 5) { edges { node { providerName type rateCards { rates { pencePerHour } } } } } }',
    );
    expect(contracts.edges).toEqual([
      {
        node: {
          ...{ providerName: 'Larkspur Care', type: 'SPOT' },
          rateCards: [{ rates: [{ pencePerHour: 2_087 }] }],
        },
      },
    ]);
  });

  it('keeps rejections in a file that can be mended and sent again (S3-10)', async () => {
    const csv = providersCsv(
      { legal_name: 'Moss & Fern' },
      { legal_name: '=Fern', cqc_provider_id: 'soon' },
    );
    const rejections = join(api.dataDir, 'rejections.csv');
    const file = fileOf('some.csv', csv);
    const args = ['import-register', file, '--kind', 'providers', '--rejections', rejections];
    const { exitCode, stdout } = await ranCli(api.dataDir, ...args);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      '2 providers in 2 rows read: 1 new, 0 unchanged, 1 rejected. 1 change recorded.',
    );
    expect(stdout).toContain('row 3, cqc_provider_id: It takes an id of the Care Quality');
    const rejected = readFileSync(rejections, 'utf8');
    expect(rejected).toContain("\n'=Fern,");
    const mended = fileOf('mended.csv', rejected.replace(',soon,', ',1-100000044,'));
    const again = ['import-register', mended, '--kind', 'providers', '--rejections', rejections];
    expect((await ranCli(api.dataDir, ...again)).exitCode).toBe(0);
    expect(readFileSync(rejections, 'utf8')).toBe('');
    const { providers } = await api.data<{ providers: { edges: object[] } }>(
      'broker',
      '{ providers(name: "fern", first: 5) { edges { node { legalName } } } }',
    );
    expect(providers.edges).toEqual([
      { node: { legalName: '=Fern' } },
      { node: { legalName: 'Moss & Fern' } },
    ]);
  });

  it.each([
    ['a wrong header', 'Name\nMoss\n', ['--kind', 'providers'], 1, 'The header lacks legal_name'],
    ['an unknown kind', providersCsv(), ['--kind', 'carers'], 2, 'Allowed choices are providers'],
    ['no kind', providersCsv(), [], 2, '--kind'],
  ])('refuses %s with one sentence (S3-10)', async (_, csv, options, code, sentence) => {
    const { exitCode, stderr, stdout } = await ranCli(
      ...([api.dataDir, 'import-register', fileOf('wrong.csv', csv)] as const),
      ...options,
    );
    expect(exitCode).toBe(code);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe('');
  });

  it('imports nothing when its rejections could not be written', async () => {
    const file = fileOf('unwritable.csv', providersCsv({ legal_name: 'Birch Care' }));
    const nowhere = join(api.dataDir, 'none', 'rejections.csv');
    const args = ['import-register', file, '--kind', 'providers', '--rejections', nowhere];
    const { exitCode, stderr } = await ranCli(api.dataDir, ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('cannot be written (ENOENT)');
    expect(existsSync(nowhere)).toBe(false);
    const { providers } = await api.data<{ providers: { totalCount: number } }>(
      'broker',
      '{ providers(name: "birch") { totalCount } }',
    );
    expect(providers.totalCount).toBe(0);
  });

  const mutation = `mutation ($input: ImportRegister!) { importRegister(input: $input) {
    kind preview rowsRead jobId position counts { read new unchanged rejected }
    rejections { row column code reason } rejectionsCsv } }`;
  const input = (csv: string, preview: boolean) => ({
    ...{ commandId: newCommandId(), csv, preview },
    kind: 'PROVIDERS',
  });

  it.each(['commissioner', 'administrator'])(
    'is a mutation of the %s too (S3-10)',
    async (person) => {
      const csv = providersCsv({ legal_name: `Care of the ${person}` }, { aliases: 'nameless' });
      const { importRegister } = await api.data<{ importRegister: Imported }>(person, mutation, {
        input: input(csv, false),
      });
      expect(importRegister).toMatchObject({
        ...{ kind: 'PROVIDERS', preview: false, rowsRead: 2 },
        counts: { read: 2, new: 1, unchanged: 0, rejected: 1 },
        rejections: [{ row: 3, column: 'legal_name', code: 'CellMissing' }],
      });
      expect(importRegister.jobId).toBeDefined();
    },
  );

  it.each(['broker', 'senior-broker', 'auditor', 'finance', 'provider:p-1'])(
    'is not for %s',
    async (person) => {
      const { errors } = await api.graphql(person, mutation, {
        input: input(providersCsv(), true),
      });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    },
  );
});
