import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { addDays, civilDateOf, isoWeekOf, mondayOf } from '#kernel/time.js';
import { readConfig } from '#platform/config/config.js';
import { VisitsImporter } from '#brokerage/ecm-import/ecm.importer.js';
import { needs } from '#brokerage/package/package.fixtures.js';
import { openRuntime } from './open-runtime.js';
import type { RunningService } from './running-service.js';

const commissioner: Actor = { id: 'commissioner', roles: ['commissioner'] };
const secondCommissioner: Actor = { id: 'second-commissioner', roles: ['commissioner'] };
const source = '0193a000-0000-7000-8000-000000000003';

async function until(done: () => Promise<boolean>): Promise<void> {
  for (const began = Date.now(); !(await done());) {
    if (Date.now() - began > 30_000) throw new Error('it did not happen within 30 s');
  }
}

describe('A provider’s file of visits', () => {
  let dataDir: string;
  let service: RunningService;
  let sent = 0;
  let provider: Actor;
  let monday: string;

  const newId = () => deriveId(source, (sent += 1));
  const send = (name: string, fields: object, actor = commissioner) =>
    service.commands.executeNamed(name, { commandId: newId(), ...fields }, { actor });
  const open = async () => {
    const config = readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, DEMO: 'off' });
    service = await openRuntime(config, process.stderr);
    service.begin();
  };
  const organisation = () => provider.organisation ?? '';

  beforeEach(async () => {
    sent = 0;
    dataDir = mkdtempSync(join(tmpdir(), 'visits-import-'));
    await open();
    monday = addDays(mondayOf(isoWeekOf(civilDateOf(service.clock.now()))), -7);
    const change = { effectiveOn: addDays(monday, -60), reason: 'Monitoring begins' };
    const { events } = await service.store.readAll();
    expect(events).toEqual([]);
    await send('ChangePolicy', { ...change, values: { ecmGoLiveOn: addDays(monday, -28) } });
    const [proposed] = await service.store.read('councilPolicy-council');
    const { changeId } = (proposed?.data ?? {}) as { changeId?: string };
    await send('ApprovePolicyChange', { changeId }, secondCommissioner);
    const names = { legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] };
    const { id } = await send('RegisterProvider', names);
    provider = { id: `provider:${id}`, roles: ['provider'], organisation: id };
    const spot = { providerId: id, type: 'spot', spotReason: 'Take-on', startsOn: '2025-01-06' };
    const { id: contractId } = await send('OpenContract', spot);
    for (const personRef of ['P-1', 'P-2']) {
      const reference = { system: 'case-system', personRef, referralRef: `R-${personRef}` };
      const taken = { reference, needs, providerId: id, contractId, startedOn: '2025-01-06' };
      const { id: packageId } = await send('TakeOnPackage', taken);
      await send('PlanWeek', { packageId, week: isoWeekOf(monday) });
    }
    await service.readModels.caughtUp();
  });

  afterEach(async () => {
    await service.close();
    rmSync(dataDir, { recursive: true });
  });

  const importer = () => new VisitsImporter(service.commands);
  const importing = (csv: string, fields: object = {}) =>
    importer().import(
      {
        ...{ commandId: newId(), providerId: organisation(), format: 'generic' },
        ...{ csv, preview: false, ...fields },
      },
      { actor: provider },
    );
  const done = async () => {
    await service.jobs.idle();
    await service.settle();
  };
  const types = async () => {
    const { events } = await service.store.readAll({ limit: 10_000 });
    // The service plans weeks and finds missed visits by itself, whenever it gets to it.
    return events.map(({ type }) => type).filter((type) => type !== 'WeekPlanned');
  };
  const header =
    'fileRef,personRef,visitRef,visitDate,plannedStart,carerRef,actualStart,actualEnd,status';
  const line = (personRef: string, visitRef: string, rest = '') =>
    `F-1,${personRef},${visitRef},${monday},08:00,C-1,08:04,08:31,delivered${rest}`;
  const csv = () => [header, line('P-1', 'S-1'), line('P-2', 'S-2')].join('\n');

  it('is previewed, nothing stored; then recorded by a job, one append a week of a package (S1-15)', async () => {
    const before = (await types()).length;
    const preview = await importing(csv(), { preview: true });
    expect(preview.counts).toMatchObject({ read: 2, new: 2, rejected: 0 });
    expect((await types()).length).toBe(before);
    const taken = await importing(csv());
    expect(taken.jobId).toBeDefined();
    await done();
    const told = (await types()).slice(before);
    expect(told.filter((type) => type === 'VisitsRecorded')).toHaveLength(2);
    expect(told).toContain('EcmFileReceived');
    // Once all of it is recorded, what it leaves out was missed (S2-12).
    await until(async () => (await types()).includes('VisitMissDetected'));
    const all = (await types()).slice(before);
    expect(all.indexOf('VisitMissDetected')).toBeGreaterThan(all.indexOf('EcmFileAccepted'));
    expect(all.indexOf('EcmFileAccepted')).toBeGreaterThan(all.lastIndexOf('VisitsRecorded'));
  });

  it('changes nothing when it comes again; another one of its reference is refused (S1-15)', async () => {
    await importing(csv());
    await done();
    const ofFiles = async () =>
      (await types()).filter((type) => /Ecm|Job|Recorded|Reported|Unallocated/.test(type)).length;
    const before = await ofFiles();
    const again = await importing(csv());
    expect(again.counts).toMatchObject({ new: 0, unchanged: 2 });
    expect(again.jobId).toBeUndefined();
    await done();
    expect(await ofFiles()).toBe(before);
    await expect(importing(`${csv()}\n${line('P-1', 'S-3')}`)).rejects.toMatchObject({
      code: 'FileReferenceTaken',
    });
  });

  it('goes on with the same command, though it now finds its rows recorded (S1-15)', async () => {
    const commandId = newId();
    const first = await importing(csv(), { commandId });
    await done();
    const again = await importing(csv(), { commandId });
    expect(first.counts).toMatchObject({ new: 2, unchanged: 0 });
    expect(again.counts).toMatchObject({ new: 0, unchanged: 2 });
  });

  it('says row by row what is rejected; the rejections mended are a file again (S1-15)', async () => {
    const wrong = [header, line('P-9', 'S-1'), line('P-2', '').replace('08:04', 'noon')].join('\n');
    const { counts, rejections, rejectionsCsv = '' } = await importing(wrong);
    expect(counts).toMatchObject({ read: 2, new: 0, rejected: 2 });
    expect(rejections).toMatchObject([
      { row: 2, column: 'personRef', code: 'PersonRefUnknown' },
      { row: 3, column: 'actualStart', code: 'CellUnusable' },
    ]);
    const mended = rejectionsCsv.replace('P-9', 'P-1').replace('noon', '08:05');
    expect((await importing(mended)).counts).toMatchObject({ read: 2, new: 2, rejected: 0 });
  });

  it('is the provider’s own, and keeps no name that it holds (S1-15)', async () => {
    const abacus = readFileSync(join('docs', 'samples', 'visits-abacus.csv'), 'utf8');
    expect(abacus).toContain('ServiceUserDetails');
    const dated = abacus.replaceAll('02/03/2026', monday.split('-').toReversed().join('/'));
    const answer = await importing(dated.replaceAll(/08\/03\/2026/g, ''), { format: 'abacus' });
    expect(answer.counts).toMatchObject({ rejected: 0 });
    await done();
    const { events } = await service.store.readAll({ limit: 10_000 });
    expect(JSON.stringify(events)).not.toContain('Quillfeather');
    const other: Actor = { ...provider, organisation: newId() };
    await expect(
      importer().import(
        {
          ...{ commandId: newId(), providerId: organisation(), format: 'generic', csv: csv() },
          preview: true,
        },
        { actor: other },
      ),
    ).rejects.toMatchObject({ code: 'EcmFileOfAnotherProvider' });
  });
});
