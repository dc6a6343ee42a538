import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemActor } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import { readConfig } from '#platform/config/config.js';
import { needs } from '#brokerage/package/package.fixtures.js';
import { chase } from '#projections/chase/chase.projection.js';
import { jobs } from '#projections/jobs/jobs.projection.js';
import { openRuntime } from '#runtime/open-runtime.js';
import type { RunningService } from '#runtime/running-service.js';
import { BulkHandbackStarter } from '#brokerage/bulk-handback/bulk-handback.starter.js';
import { atMost, shortly, thousands, timed, type Bench, type Section } from './harness.js';
import { nextId } from './sample-appends.js';

/** A provider fails: all its packages wait again, each with its alarm (X19, S4-14). */
export const handbackBench: Bench = async ({ directory, quick }) => {
  const dataDir = join(directory, 'handback');
  const packages = quick ? 50 : 500;
  const config = readConfig({ DATA_DIR: dataDir, DEMO: 'off' });
  const service = await openRuntime(config, process.stderr);
  try {
    service.begin();
    const providerId = await providerWith(service, packages);
    const job = await timed(() => handedBack(service, providerId));
    const shown = await timed(() => alarmsOf(service));
    if (shown.result !== packages) throw new Error(`${shown.result} gaps are open`);
    return sectionOf(packages, job.seconds, shown.seconds);
  } finally {
    await service.close();
    rmSync(dataDir, { recursive: true });
  }
};

async function providerWith({ commands }: RunningService, packages: number): Promise<string> {
  const send = (name: string, fields: object) =>
    commands.executeNamed(name, { commandId: nextId(), ...fields }, { actor: systemActor });
  const names = { legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] };
  const { id: providerId } = await send('RegisterProvider', names);
  const startsOn = '2025-10-13';
  const spot = { providerId, type: 'spot', spotReason: 'Measured', startsOn };
  const { id: contractId } = await send('OpenContract', spot);
  for (let index = 0; index < packages; index += 1) {
    const ref = { system: 'case-system', personRef: `P-${index}`, referralRef: `R-${index}` };
    await send('TakeOnPackage', {
      ...{ reference: ref, needs, providerId, contractId, startedOn: startsOn },
    });
  }
  return providerId;
}

/** From the mutation to the last result of the job. */
async function handedBack(service: RunningService, providerId: string): Promise<void> {
  const { commands, clock, readModels, store } = service;
  const { jobId = '' } = await new BulkHandbackStarter(commands, clock).start(
    {
      ...{ commandId: nextId(), providerId, cause: 'provider-failure', reason: 'Insolvent' },
      effectiveOn: civilDateOf(clock.now()),
    },
    { actor: systemActor },
  );
  await service.jobs.idle();
  const reader = readModels.reader(jobs);
  await reader.waitFor(await store.head(), 30_000);
  const job = reader.get(systemActor, 'jobs', jobId);
  if (job?.status !== 'finished' || job.done !== job.total) throw new Error('not all handed back');
}

async function alarmsOf({ readModels, store }: RunningService): Promise<number> {
  const reader = readModels.reader(chase);
  await reader.waitFor(await store.head(), 30_000);
  return reader.count(systemActor, 'gaps', {});
}

const sectionOf = (packages: number, jobSeconds: number, shownSeconds: number): Section => ({
  id: 'handback',
  title: `Bulk handback of ${thousands(packages)} packages`,
  text: [
    'A provider fails today. One job hands back all its packages through the ordinary command: each ' +
      'waits for another provider at once and has an open gap with its owner. Timed from the ' +
      'mutation to the last result, policies and read models running beside it.',
  ],
  tables: [
    {
      head: ['what', 'measured'],
      rows: [
        ['all handed back, a result each, seconds', shortly(jobSeconds)],
        ['packages a second', thousands(packages / jobSeconds)],
        ['then until every gap is listed, seconds', shortly(shownSeconds)],
      ],
    },
  ],
  verdicts: [atMost('bulk handback of 500 packages', jobSeconds, 10, 's')],
});
