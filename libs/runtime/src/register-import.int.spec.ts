import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { readConfig } from '#platform/config/config.js';
import { projectRoot } from '#platform/config/project-root.js';
import type { RegisterKind } from '#brokerage/register-import/register-import.codes.js';
import {
  contractsCsv,
  providersCsv,
  ratesCsv,
} from '#brokerage/register-import/register-import.fixtures.js';
import { RegisterImporter } from '#brokerage/register-import/register-import.importer.js';
import { contractRegister } from '#projections/contract-register/contract-register.projection.js';
import { jobs } from '#projections/jobs/jobs.projection.js';
import { openRuntime } from './open-runtime.js';
import type { RunningService } from './running-service.js';

const actor: Actor = { id: 'commissioner-1', roles: ['commissioner'] };
const source = '0193a000-0000-7000-8000-000000000003';

const larkspur = {
  ...{ legal_name: 'Larkspur Care', trading_names: 'Larkspur', aliases: 'LC; Lark' },
  cqc_provider_id: '1-100000001',
};
const oakmoor = { legal_name: 'Oakmoor\u00a0Support', cqc_provider_id: '1-100000002' };
const framework = {
  ...{ provider: 'LC', type: 'framework', starts_on: '09/10/2017', framework: 'Care at home' },
};
const spot = {
  ...{ provider: 'Oakmoor Support', type: 'spot', starts_on: '2025-01-06' },
  spot_reason: 'No framework offer.',
};
const rate = { provider: 'lark', effective_on: '2017-10-09', day_kind: 'weekday-day' };

describe('The import of the register from files', () => {
  let dataDir: string;
  let service: RunningService;
  let sent = 0;

  const newId = () => deriveId(source, (sent += 1));
  const send = (name: string, fields: object) =>
    service.commands.executeNamed(name, { commandId: newId(), ...fields }, { actor });
  const importing = (kind: RegisterKind, csv: string, preview = false, commandId = newId()) =>
    new RegisterImporter(service.commands).import({ commandId, kind, csv, preview }, { actor });
  const imported = async (kind: RegisterKind, csv: string) => {
    const found = await importing(kind, csv);
    await service.jobs.idle();
    return found;
  };
  const register = async () => {
    const reader = service.readModels.reader(contractRegister);
    await reader.waitFor(await service.store.head());
    return reader;
  };
  const providersByName = async () => {
    const orderBy = { column: 'legalName', direction: 'asc' } as const;
    return (await register()).select(actor, 'providers', { orderBy });
  };
  const jobOf = async (jobId = '') => {
    const reader = service.readModels.reader(jobs);
    await reader.waitFor(await service.store.head());
    return reader.get(actor, 'jobs', jobId);
  };

  beforeEach(async () => {
    sent = 0;
    dataDir = mkdtempSync(join(tmpdir(), 'register-import-'));
    service = await openRuntime(
      readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, DEMO: 'off' }),
      process.stderr,
    );
    service.begin();
    const { id: frameworkId } = await send('EstablishFramework', {
      ...{ name: 'Care at home', startsOn: '2017-10-09', lastDay: '2030-10-08' },
      lots: ['lot-1', 'lot-2'].map((lot) => ({ lot, name: lot })),
    });
    const lots = ['lot-1', 'lot-2'];
    await send('OpenFramework', { frameworkId, opensOn: '2017-10-09', lots });
    await send('OpenFramework', { frameworkId, opensOn: '2019-06-10', lots: ['lot-1'] });
  });

  afterEach(async () => {
    await service.close();
    rmSync(dataDir, { recursive: true });
  });

  it('previews a file and stores nothing (S3-10)', async () => {
    const head = await service.store.head();
    const found = await importing('providers', providersCsv(larkspur, oakmoor, {}), true);
    expect(found).toMatchObject({
      ...{ preview: true, rowsRead: 2, rejections: [] },
      counts: { read: 2, new: 2, unchanged: 0, rejected: 0 },
    });
    expect(found.jobId).toBeUndefined();
    expect(await service.store.head()).toBe(head);
  });

  it('records what is not rejected by one job; the same file again changes nothing (S3-10)', async () => {
    const files: readonly [RegisterKind, string, number][] = [
      ['providers', providersCsv(larkspur, oakmoor), 2],
      [
        'contracts',
        contractsCsv(
          { ...framework, lots: 'lot-2' },
          { ...framework, lots: 'lot-1', admitted_on: '10/06/2019' },
          spot,
        ),
        2,
      ],
      [
        'rates',
        ratesCsv({ ...rate, effective_on: '2019-04-01', rate: '19' }, { ...rate, rate: '18.50' }),
        2,
      ],
    ];
    for (const [kind, csv, count] of files) {
      const found = await imported(kind, csv);
      expect(found).toMatchObject({ counts: { read: count, new: count, rejected: 0 } });
      expect(await jobOf(found.jobId)).toMatchObject({
        ...{ kind: 'register-import', status: 'finished', total: count, done: count },
      });
      const head = await service.store.head();
      const again = await imported(kind, csv);
      expect(again).toMatchObject({ counts: { read: count, new: 0, unchanged: count } });
      expect(again.jobId).toBeUndefined();
      expect(await service.store.head()).toBe(head);
    }
    expect(await providersByName()).toMatchObject([
      { legalName: 'Larkspur Care', tradingNames: ['Larkspur'], aliases: ['LC', 'Lark'] },
      { legalName: 'Oakmoor Support' },
    ]);
    const contracts = (await register()).select(actor, 'contracts');
    expect(contracts.find(({ type }) => type === 'framework')).toMatchObject({
      admissions: [
        { lots: ['lot-2'], admittedOn: '2017-10-09' },
        { lots: ['lot-1'], admittedOn: '2019-06-10' },
      ],
      rateCards: [
        { effectiveOn: '2017-10-09', rates: [{ pencePerHour: 1_850 }] },
        { effectiveOn: '2019-04-01', rates: [{ pencePerHour: 1_900 }] },
      ],
    });
    expect(contracts.find(({ type }) => type === 'spot')?.providerName).toBe('Oakmoor Support');
  });

  it('records the mended rejections and leaves the rest alone (S3-10)', async () => {
    const bad = { legal_name: 'Moss Care', cqc_provider_id: '17' };
    const found = await imported('providers', providersCsv(larkspur, bad));
    expect(found).toMatchObject({
      counts: { read: 2, new: 1, rejected: 1 },
      rejections: [{ row: 3, column: 'cqc_provider_id', code: 'CellUnusable' }],
    });
    const csv = found.rejectionsCsv ?? '';
    expect(csv).toContain('Moss Care');
    expect(csv).not.toContain('Larkspur');
    const again = await imported('providers', csv.replace(',17,', ',1-100000017,'));
    expect(again).toMatchObject({ counts: { read: 1, new: 1, rejected: 0 } });
    expect(await providersByName()).toHaveLength(2);
  });

  it('adds the names that a provider lacks, and never merges by similarity (S1-4)', async () => {
    await imported('providers', providersCsv(larkspur));
    const csv = providersCsv(
      { legal_name: 'LARKSPUR care', aliases: 'LC; Lark Care' },
      { legal_name: 'Larkspur Cares' },
    );
    expect(await imported('providers', csv)).toMatchObject({ counts: { new: 2 } });
    expect(await providersByName()).toMatchObject([
      { legalName: 'Larkspur Care', aliases: ['LC', 'Lark', 'Lark Care'] },
      { legalName: 'Larkspur Cares', aliases: [] },
    ]);
  });

  it.each([
    ['legal_name', { legal_name: 'lark' }, { aliases: 'Lark' }],
    ['aliases', { aliases: 'Moss' }, { legal_name: 'Moss', aliases: '' }],
  ])('rejects a name that an earlier row has as its own: %s (S1-4)', async (_, one, other) => {
    const csv = providersCsv(
      { legal_name: 'Fern Care', ...other },
      { legal_name: 'Birch Care', ...one },
    );
    const found = await importing('providers', csv, true);
    expect(found).toMatchObject({
      counts: { new: 1, rejected: 1 },
      rejections: [{ row: 3, code: 'RowRepeated' }],
    });
  });

  it.each([
    [
      'a contract before its framework',
      { starts_on: '08/10/2017' },
      'starts_on ContractOutsideFramework',
    ],
    [
      'a lot that was not offered',
      { lots: 'lot-2', opened_on: '2019-06-10', admitted_on: '2019-06-10' },
      'lots LotNotOffered',
    ],
    [
      'an admission before its opening',
      { lots: 'lot-1', opened_on: '2019-06-10', admitted_on: '2019-06-09' },
      'admitted_on AdmittedBeforeOpening',
    ],
    ['an own last day', { last_day: '2020-01-01' }, 'last_day FrameworkContractNamesLastDay'],
    ['no framework', { framework: '' }, 'framework FrameworkRequired'],
    [
      'no reason of a spot contract',
      { type: 'spot', framework: '' },
      'spot_reason SpotReasonRequired',
    ],
    ['a block without a scheme', { type: 'block', framework: '' }, 'scheme BlockTermsRequired'],
  ])('rejects %s by the rule that says so (S3-10, S1-5)', async (_, changed, place) => {
    await imported('providers', providersCsv(larkspur));
    const found = await importing('contracts', contractsCsv({ ...framework, ...changed }), true);
    expect(found.rejections.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      `2 ${place}`,
    ]);
  });

  it.each([
    ['no weekday daytime rate', { day_kind: 'night' }, 'day_kind RateCardEmpty'],
    [
      'hours out of order',
      { day_from: '7:00', evening_from: '06:00', night_from: '22:00' },
      'day_from DayHoursNotAscending',
    ],
  ])('rejects a card with %s (S1-14)', async (_, changed, place) => {
    await imported('providers', providersCsv(larkspur));
    await imported('contracts', contractsCsv(framework));
    const found = await importing('rates', ratesCsv({ ...rate, rate: '18', ...changed }), true);
    expect(found.rejections.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      `2 ${place}`,
    ]);
  });

  it('answers the same job when the same command is sent again', async () => {
    const commandId = newId();
    const csv = providersCsv(larkspur);
    const first = await importing('providers', csv, false, commandId);
    await service.jobs.idle();
    const again = await importing('providers', csv, false, commandId);
    expect(again).toMatchObject({ jobId: first.jobId, position: first.position });
    expect(again.counts).toBeUndefined();
    const other = importing('providers', providersCsv(oakmoor), false, commandId);
    await expect(other).rejects.toMatchObject({ name: 'IdempotencyKeyReused' });
  });

  it.each(['providers', 'contracts', 'rates'] as const)(
    'refuses a file of %s with a wrong header with one sentence (S3-10)',
    async (kind) => {
      const refused = importing(kind, 'name\nMoss\n', true);
      await expect(refused).rejects.toMatchObject({ code: 'ImportHeaderWrong' });
      await expect(refused).rejects.toThrow(
        /^The header lacks [a-z_, ]+ and has the unknown name\. See/,
      );
    },
  );

  it('takes the samples of the documentation one after the other (S3-10)', async () => {
    for (const kind of ['providers', 'contracts', 'rates'] as const) {
      const csv = readFileSync(`${projectRoot}docs/samples/register-${kind}.csv`, 'utf8');
      const found = await imported(kind, csv);
      expect(found.rejections).toEqual([]);
      expect(found.counts?.new).toBeGreaterThan(1);
      expect((await jobOf(found.jobId))?.done).toBe(found.counts?.new);
    }
  });
});
