import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobRunner } from '#platform/jobs/job-runner.js';
import { operator } from '#platform/admin/service-operations.js';
import { readConfig } from '#platform/config/config.js';
import { openRuntime } from '#runtime/open-runtime.js';
import { operations } from '#runtime/operations.js';
import type { RunningService } from '#runtime/running-service.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { yearCommandId } from './import-year.js';
import { askedCli } from './ran-cli.js';
import { visitsIn } from './visits-in-log.fixtures.js';
import { readManifest, readYearFile } from './year-directory.js';

interface Jobs {
  readonly jobs: readonly { readonly status: string; readonly done: number; total: number }[];
}

describe('brokerage import-visits, cancelled', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'cli-cancel-'));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('takes the rest of a file when it is sent again, and ends as if undisturbed (S1-15)', async () => {
    const [year, base] = [join(directory, 'year'), join(directory, 'base')];
    mkdirSync(base);
    await askedCli(
      ...([base, 'demo', '--ecm-year', year, '--as-of', '2026-04-13'] as const),
      ...['--weeks', '4', '--scale', '0.03'],
    );
    expect(await askedCli(base, 'demo', '--for-year', year)).toMatchObject({ exitCode: 0 });
    const [calm, cancelled] = [join(directory, 'calm'), join(directory, 'cancelled')];
    cpSync(base, calm, { recursive: true });
    cpSync(base, cancelled, { recursive: true });
    expect(await askedCli(calm, 'import-visits', year)).toMatchObject({ exitCode: 0 });

    const environment = { DATA_DIR: cancelled, DEMO: 'off', NODE_ENV: 'test' };
    const service = await openRuntime(readConfig(environment), process.stderr);
    const halfway = await cancelledHalfWay(service, year).finally(() => service.close());
    expect(halfway.done).toBeGreaterThan(0);
    expect(halfway.done).toBeLessThan(halfway.total);

    // The job is shown as it ended, and its file is not among those that were taken.
    const { document: before } = await askedCli<Jobs>(cancelled, 'jobs', 'list');
    expect(before.jobs).toMatchObject([{ status: 'cancelled', done: halfway.done }]);
    const { exitCode, document } = await askedCli(cancelled, 'import-visits', year);
    expect({ exitCode, document }).toMatchObject({ exitCode: 0, document: { before: 0 } });
    const [undisturbed, after] = [await visitsIn(calm), await visitsIn(cancelled)];
    expect(after.filesAccepted).toBe(undisturbed.filesAccepted);
    expect(Object.fromEntries(after.visits)).toEqual(Object.fromEntries(undisturbed.visits));
    // And once more: everything was taken before.
    const again = await askedCli<{ before: number; files: number }>(
      ...([cancelled, 'import-visits', year] as const),
    );
    expect(again.document.before).toBe(again.document.files);
  }, 120_000);
});

/** Sends the first file as the command line does, and cancels its job after the first results. */
async function cancelledHalfWay(service: RunningService, year: string) {
  const [told] = readManifest(year).files;
  if (!told) throw new Error('the year has no file');
  const { csv, contentHash, carersCsv } = readYearFile(year, told);
  const { jobId, position } = await operations['import-visits'].run(service, {
    commandId: yearCommandId(told, contentHash),
    ...{ providerId: told.providerId, format: told.format, csv, preview: false },
    ...(carersCsv !== undefined && { carersCsv }),
  });
  if (jobId === undefined) throw new Error('nothing was to be recorded');
  const { store, commands } = service;
  const slow = new JobRunner({ store, commands, batchSize: 1, atOnce: 1 });
  slow.begin();
  const { signal } = new AbortController();
  const filter = { types: ['JobResultsRecorded'] };
  for await (const { events } of store.subscribe(Number(position), { filter, signal })) {
    if (events.length > 0) break;
  }
  await slow.close();
  const cancel = { commandId: newCommandId(), jobId };
  await commands.executeNamed('CancelJob', cancel, { actor: operator });
  service.begin();
  await service.jobs.idle();
  const { job } = await operations.job.run(service, { jobId, after: await store.head() });
  if (job?.status !== 'cancelled') throw new Error(`the job is ${job?.status}`);
  return job;
}
