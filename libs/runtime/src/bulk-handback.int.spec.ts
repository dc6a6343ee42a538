import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor.js';
import { fold } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { addDays, civilDateOf } from '#kernel/time.js';
import { readConfig } from '#platform/config/config.js';
import { BulkHandbackStarter } from '#brokerage/bulk-handback/bulk-handback.starter.js';
import { packageDecider } from '#brokerage/package/package.decider.js';
import { needs } from '#brokerage/package/package.fixtures.js';
import { coverOn } from '#brokerage/package/package.cover.rules.js';
import type { PackageState } from '#brokerage/package/package.rules.js';
import { awaitingCare } from '#projections/awaiting-care/awaiting-care.projection.js';
import { jobs } from '#projections/jobs/jobs.projection.js';
import { openRuntime } from './open-runtime.js';
import type { RunningService } from './running-service.js';

const actor: Actor = { id: 'senior-broker', roles: ['senior-broker'] };
const source = '0193a000-0000-7000-8000-000000000002';
const startsOn = '2025-10-13';

describe('A provider that leaves all its packages', () => {
  let dataDir: string;
  let service: RunningService;
  let sent = 0;

  const newId = () => deriveId(source, (sent += 1));
  const send = (name: string, fields: object) =>
    service.commands.executeNamed(name, { commandId: newId(), ...fields }, { actor });
  const open = async () => {
    const config = readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, DEMO: 'off' });
    service = await openRuntime(config, process.stderr);
    service.begin();
  };

  async function provider(legalName: string) {
    const names = { legalName, tradingNames: [], cqcLocationIds: [] };
    const { id: providerId } = await send('RegisterProvider', names);
    const spot = { providerId, type: 'spot', spotReason: 'Take-on', startsOn };
    const { id: contractId } = await send('OpenContract', spot);
    return { providerId, contractId };
  }

  async function takeOn(holder: { providerId: string; contractId: string }, count: number) {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const referralRef = `R-${sent}`;
      const reference = { system: 'case-system', personRef: `P-${sent}`, referralRef };
      const taken = { reference, needs, ...holder, startedOn: startsOn };
      ids.push((await send('TakeOnPackage', taken)).id);
    }
    return ids;
  }

  const today = () => civilDateOf(service.clock.now());
  const leaving = (fields: object, commandId = newId()) =>
    new BulkHandbackStarter(service.commands, service.clock).start(
      {
        ...{ commandId, cause: 'provider-failure', effectiveOn: today(), reason: 'Insolvent' },
        ...(fields as { providerId: string }),
      },
      { actor },
    );
  const stateOf = async (packageId: string) =>
    fold<PackageState>(packageDecider, await service.store.read(`carePackage-${packageId}`));
  const jobOf = async (jobId: string | undefined) => {
    const reader = service.readModels.reader(jobs);
    await reader.waitFor(await service.store.head());
    return reader.get(actor, 'jobs', jobId ?? '');
  };

  beforeEach(async () => {
    sent = 0;
    dataDir = mkdtempSync(join(tmpdir(), 'bulk-handback-'));
    await open();
  });

  afterEach(async () => {
    await service.close();
    rmSync(dataDir, { recursive: true });
  });

  it('has each of them waiting and alarmed by one job, and nobody else’s (X19, S4-14)', async () => {
    const larkspur = await provider('Larkspur Care');
    const other = await provider('Juniper Care');
    const ids = await takeOn(larkspur, 5);
    const [untouched = ''] = await takeOn(other, 1);
    expect(await leaving({ ...larkspur, preview: true })).toMatchObject({ packages: 5 });
    const { jobId, packages } = await leaving(larkspur);
    expect(packages).toBe(5);
    await service.jobs.idle();
    expect(await jobOf(jobId)).toMatchObject({ status: 'finished', total: 5, done: 5 });
    for (const packageId of ids) {
      const { stage, service: care } = await stateOf(packageId);
      expect(stage).toBe('awaiting-request');
      expect(coverOn(care, today())).toMatchObject({ kind: 'gap' });
    }
    expect((await stateOf(untouched)).stage).toBe('live');
    const waiting = service.readModels.reader(awaitingCare);
    await waiting.waitFor(await service.store.head());
    expect(waiting.count(actor, 'waiting', {})).toBe(5);
  });

  it('goes on after a restart with the list that was frozen, each package once (X19)', async () => {
    const larkspur = await provider('Larkspur Care');
    await takeOn(larkspur, 40);
    const commandId = newId();
    const first = await leaving(larkspur, commandId);
    await service.close();
    await open();
    await takeOn(larkspur, 1);
    expect(await leaving(larkspur, commandId)).toMatchObject({ jobId: first.jobId, packages: 40 });
    await service.jobs.idle();
    expect(await jobOf(first.jobId)).toMatchObject({ status: 'finished', total: 40, done: 40 });
    const filter = { types: ['PackageHandedBack'] };
    const { events } = await service.store.readAll({ filter });
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(40);
    expect(events).toHaveLength(40);
  });

  it('leaves out what is handed back already or over, unless it fails before that (X19)', async () => {
    const larkspur = await provider('Larkspur Care');
    const [first = ''] = await takeOn(larkspur, 2);
    const notice = addDays(today(), 40);
    await send('HandBackPackage', { packageId: first, effectiveOn: notice, reason: 'Too far' });
    const handback = { ...larkspur, cause: 'bulk-handback', effectiveOn: notice };
    expect(await leaving({ ...handback, preview: true })).toMatchObject({ packages: 1 });
    await send('EndPackage', { packageId: first, lastDay: today(), outcome: 'moved-away' });
    const { jobId } = await leaving(larkspur);
    await service.jobs.idle();
    expect(await jobOf(jobId)).toMatchObject({ status: 'finished', total: 1, done: 1 });
    await expect(
      send('HandBackPackage', { packageId: first, effectiveOn: notice, reason: 'Too far' }),
    ).rejects.toMatchObject({ violations: [{ code: 'PackageIsOver' }] });
  });

  it('may be of some contracts alone, and from today on unless it failed (X19)', async () => {
    const larkspur = await provider('Larkspur Care');
    await takeOn(larkspur, 1);
    const contractIds = [newId()];
    expect(await leaving({ ...larkspur, contractIds })).toMatchObject({ packages: 0 });
    const yesterday = { ...larkspur, effectiveOn: addDays(today(), -1), preview: true };
    expect(await leaving(yesterday)).toMatchObject({ packages: 1 });
    const handback = leaving({ ...yesterday, cause: 'bulk-handback' });
    await expect(handback).rejects.toMatchObject({ violations: [{ code: 'HandbackInPast' }] });
  });
});
