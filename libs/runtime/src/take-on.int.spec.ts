import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { readConfig } from '#platform/config/config.js';
import { csvOf, furtherRow, row } from '#brokerage/take-on/take-on.fixtures.js';
import { TakeOnImporter } from '#brokerage/take-on/take-on.importer.js';
import { jobs } from '#projections/jobs/jobs.projection.js';
import { openRuntime } from './open-runtime.js';
import type { RunningService } from './running-service.js';

const actor: Actor = { id: 'senior-broker', roles: ['senior-broker'] };
const source = '0193a000-0000-7000-8000-000000000001';
const startsOn = '2025-10-13';

describe('The take-on of packages from a file', () => {
  let dataDir: string;
  let service: RunningService;
  let sent = 0;

  const newId = () => deriveId(source, (sent += 1));
  const send = (name: string, fields: object) =>
    service.commands.executeNamed(name, { commandId: newId(), ...fields }, { actor });

  async function provider(legalName: string): Promise<string> {
    const names = { legalName, tradingNames: [], cqcLocationIds: [] };
    const { id: providerId } = await send('RegisterProvider', names);
    await send('OpenContract', { providerId, type: 'spot', spotReason: 'Take-on', startsOn });
    return providerId;
  }

  const importing = (csv: string, preview: boolean, commandId = newId()) =>
    new TakeOnImporter(service.commands).import({ commandId, csv, preview }, { actor });

  const spot = { contract_type: 'spot' };
  const packages = async (): Promise<number> => {
    const filter = { types: ['PackageTakenOn'] };
    return (await service.store.readAll({ filter })).events.length;
  };

  beforeEach(async () => {
    sent = 0;
    dataDir = mkdtempSync(join(tmpdir(), 'take-on-'));
    service = await openRuntime(
      readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, DEMO: 'off' }),
      process.stderr,
    );
    service.begin();
    await provider('Larkspur Care');
  });

  afterEach(async () => {
    await service.close();
    rmSync(dataDir, { recursive: true });
  });

  it('previews a file and stores nothing (X30)', async () => {
    const head = await service.store.head();
    const csv = csvOf(row(spot), furtherRow({ start: '12:00' }));
    expect(await importing(csv, true)).toMatchObject({
      ...{ preview: true, rowsRead: 2, packagesRead: 1, packagesNew: 1, packagesRejected: 0 },
      rejections: [],
    });
    expect(await service.store.head()).toBe(head);
  });

  it('takes on what is not rejected, by a job (X30)', async () => {
    const second = row({ ...spot, referral_ref: 'R-2', person_ref: 'P-2' });
    const bad = row({ ...spot, referral_ref: 'R-3', person_ref: 'P-3', gender: 'x' });
    const found = await importing(csvOf(row(spot), bad, second), false);
    expect(found).toMatchObject({ packagesRead: 3, packagesNew: 2, packagesRejected: 1 });
    await service.jobs.idle();
    expect(await packages()).toBe(2);
    const reader = service.readModels.reader(jobs);
    await reader.waitFor(await service.store.head());
    expect(reader.get(actor, 'jobs', found.jobId ?? '')).toMatchObject({
      ...{ kind: 'take-on', status: 'finished', total: 2, done: 2 },
      startedBy: 'senior-broker',
    });
  });

  it('changes nothing when the same file comes again: each row was received (X30)', async () => {
    const csv = csvOf(row(spot), furtherRow({ start: '12:00' }));
    await importing(csv, false);
    await service.jobs.idle();
    const head = await service.store.head();
    const again = await importing(csv, false);
    expect(again).toMatchObject({ packagesNew: 0, packagesRejected: 1 });
    expect(again.jobId).toBeUndefined();
    expect(again.rejections).toMatchObject([
      { row: 2, column: 'referral_ref', code: 'ReferralAlreadyReceived' },
    ]);
    expect(await service.store.head()).toBe(head);
  });

  it('answers the same job when the same command is sent again', async () => {
    const csv = csvOf(row(spot));
    const commandId = newId();
    const first = await importing(csv, false, commandId);
    await service.jobs.idle();
    const again = await importing(csv, false, commandId);
    expect(again).toMatchObject({ jobId: first.jobId, position: first.position, packagesNew: 1 });
    const other = importing(csvOf(row({ ...spot, patch: 'South' })), false, commandId);
    await expect(other).rejects.toMatchObject({ name: 'IdempotencyKeyReused' });
  });

  it.each([
    ['an unknown provider', { provider: 'Larkspurr Care' }, 'provider ProviderNameUnknown'],
    ['no contract of the type', { contract_type: 'framework' }, 'contract ContractNotFound'],
    ['a start before the contract', { started_on: '2025-10-12' }, 'contract ContractNotFound'],
    ['an unknown contract', { contract: newContractId() }, 'contract ContractUnknown'],
    ['a contract that is no id', { contract: 'ours' }, 'contract CellUnusable'],
    ['too long a visit', { minutes: '1440' }, 'minutes CellUnusable'],
    ['a day twice', { days: 'Mon;Mon' }, 'days VisitDaysRepeated'],
    [
      'no reason for a critical visit',
      { critical: 'yes' },
      'critical_reason CriticalReasonMissing',
    ],
    ['a full postcode', { postcode_district: 'ZZ7 1AA' }, 'postcode_district CellUnusable'],
  ])('rejects %s by row and column (X30)', async (_, changed, place) => {
    const found = await importing(csvOf(row({ ...spot, ...changed })), true);
    expect(found).toMatchObject({ packagesNew: 0, packagesRejected: 1 });
    expect(found.rejections.map(({ row: at, column, code }) => `${at} ${column} ${code}`)).toEqual([
      `2 ${place}`,
    ]);
  });

  it('rejects the row of the visit that overlaps, naming it (X1, X30)', async () => {
    const morning = row({ ...spot, days: 'Mon', start: '08:00' });
    const { rejections } = await importing(csvOf(morning, furtherRow({ start: '08:29' })), true);
    expect(rejections).toMatchObject([{ row: 3, column: 'days', code: 'VisitsOverlap' }]);
    const apart = csvOf(morning, furtherRow({ start: '08:30' }));
    expect((await importing(apart, true)).rejections).toEqual([]);
  });

  it('rejects a second open package of one person in the same file (X1)', async () => {
    const second = row({ ...spot, referral_ref: 'R-2' });
    const found = await importing(csvOf(row(spot), second), true);
    expect(found.packagesNew).toBe(1);
    expect(found.rejections).toMatchObject([
      { row: 3, column: 'person_ref', code: 'ReferralRepeated' },
    ]);
    const shortTerm = { ...second, service_line: 'short-term' };
    expect((await importing(csvOf(row(spot), shortTerm), true)).packagesNew).toBe(2);
  });

  it('finds a provider that was registered just before, by its alias (S1-4)', async () => {
    const providerId = await provider('Oakmoor Support');
    await send('AddProviderAlias', { providerId, alias: 'Oak\u00a0Moor' });
    const found = await importing(csvOf(row({ ...spot, provider: 'oak moor' })), true);
    expect(found.packagesNew).toBe(1);
  });
});

function newContractId(): string {
  return deriveId(source, 'no contract');
}
