import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvOf, row } from '#brokerage/take-on/take-on.fixtures.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { StartedApi } from '../api/started-api.js';
import { askedCli, endOf, ranCli, startCli } from './ran-cli.js';

const spot = { contract_type: 'spot' };
const startsOn = '2025-10-13';

const people = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    row({ ...spot, person_ref: `P-${n}`, referral_ref: `R-${n}` }),
  );

interface TakenOn {
  readonly packagesNew: number;
  readonly packagesRejected: number;
  readonly job?: { readonly jobId: string; readonly done: number; readonly status: string };
}

const jobsOf = async (api: StartedApi) => {
  const { jobs } = await api.data<{
    jobs: { edges: { node: { jobId: string; done: number; total: number; status: string } }[] };
  }>('broker', '{ jobs(first: 1) { edges { node { jobId done total status } } } }');
  return jobs.edges[0]?.node;
};

/** Asks until it is so; fails after half a minute. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it did not happen within 30 seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('brokerage take-on', () => {
  let api: StartedApi;

  const fileOf = (name: string, csv: string): string => {
    const file = join(api.dataDir, name);
    writeFileSync(file, csv);
    return file;
  };

  async function send(name: string, fields: object): Promise<string> {
    const mutation = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    const data = await api.data<Record<string, { id: string }>>(
      'commissioner',
      `mutation ($input: ${name}!) { ${mutation}(input: $input) { id } }`,
      { input: { commandId: newCommandId(), ...fields } },
    );
    return data[mutation]?.id ?? '';
  }

  beforeAll(async () => {
    api = await StartedApi.start();
    const names = { legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] };
    const providerId = await send('RegisterProvider', names);
    await send('OpenContract', { providerId, type: 'SPOT', spotReason: 'Take-on', startsOn });
  });

  afterAll(() => api.stop());

  it('previews, takes on, and finds everything received when asked again (X30)', async () => {
    const file = fileOf('book.csv', csvOf(...people(30)));
    const preview = await askedCli<TakenOn>(api.dataDir, 'take-on', file, '--preview');
    expect(preview).toMatchObject({ exitCode: 0, document: { packagesNew: 30 } });
    expect(preview.document.job).toBeUndefined();

    const taken = await askedCli<TakenOn>(api.dataDir, 'take-on', file);
    expect(taken).toMatchObject({
      exitCode: 0,
      document: { job: { status: 'finished', done: 30 }, refused: [] },
    });

    const again = await askedCli<TakenOn>(api.dataDir, 'take-on', file);
    expect(again).toMatchObject({
      exitCode: 1,
      document: { packagesNew: 0, packagesRejected: 30 },
    });

    const shown = await askedCli(api.dataDir, 'jobs', 'show', taken.document.job?.jobId ?? '');
    expect(shown).toMatchObject({ exitCode: 0, document: { job: { done: 30, total: 30 } } });
  });

  it('names the row and column of each rejection for a person (X30)', async () => {
    const file = fileOf('bad.csv', csvOf(row({ ...spot, referral_ref: 'R-x', minutes: 'half' })));
    const { exitCode, stdout } = await ranCli(api.dataDir, 'take-on', file, '--preview');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 package in 1 row read: 0 new, 1 rejected. Nothing was stored.');
    expect(stdout).toContain('row 2, minutes: It takes a whole number of minutes from 1 to 1439');
  });

  it.each([
    ['a wrong header', 'Name,Day\nMrs A,Monday\n', 1, 'The header lacks system'],
    ['no file', undefined, 2, 'cannot be read (ENOENT)'],
  ])('refuses %s with one sentence', async (_, csv, code, sentence) => {
    const file = csv === undefined ? join(api.dataDir, 'none.csv') : fileOf('wrong.csv', csv);
    const { exitCode, stderr, stdout } = await ranCli(api.dataDir, 'take-on', file);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe('');
  });

  it('may be interrupted: the job goes on, also after the service was killed (X30)', async () => {
    const count = 1_500;
    const csv = csvOf(
      ...Array.from({ length: count }, (_, n) =>
        row({ ...spot, person_ref: `P-k${n}`, referral_ref: `R-k${n}` }),
      ),
    );
    const child = startCli(api.dataDir, 'take-on', fileOf('long.csv', csv));
    const ended = endOf(child);
    // Before its list is complete a job is no promise yet.
    await until(async () => {
      const job = await jobsOf(api);
      return job?.total === count && job.status !== 'PREPARING';
    });
    child.kill('SIGINT');
    expect((await ended).exitCode).toBe(130);
    await api.kill9();

    const { dataDir } = api;
    api = await StartedApi.start({ dataDir });
    await until(async () => (await jobsOf(api))?.status === 'FINISHED');
    expect(await jobsOf(api)).toMatchObject({ done: count, total: count });
    const verified = await askedCli(dataDir, 'verify');
    expect(verified.exitCode).toBe(0);
    const again = await askedCli<TakenOn>(dataDir, 'take-on', fileOf('long.csv', csv), '--preview');
    expect(again.document).toMatchObject({ packagesNew: 0, packagesRejected: count });
    const { packages } = await api.data<{ packages: { totalCount: number } }>(
      'broker',
      '{ packages(first: 1) { totalCount } }',
    );
    expect(packages.totalCount).toBe(30 + count);
  });

  it('is a mutation too, its job readable to brokers', async () => {
    const { importTakeOns } = await api.data<{
      importTakeOns: { jobId: string; position: string; packagesNew: number };
    }>(
      'senior-broker',
      `mutation ($input: ImportTakeOns!) {
        importTakeOns(input: $input) { jobId position packagesNew rejections { row column code } }
      }`,
      {
        input: {
          commandId: newCommandId(),
          csv: csvOf(row({ ...spot, person_ref: 'P-g', referral_ref: 'R-g' })),
          preview: false,
        },
      },
    );
    expect(importTakeOns.packagesNew).toBe(1);
    const { job, jobItems } = await api.data<{
      job: { job: { total: number; startedBy: string } };
      jobItems: { totalCount: number; edges: { node: { label: string } }[] };
    }>(
      'broker',
      `query ($id: ID!, $after: String) {
        job(id: $id, after: $after) { job { total startedBy } asOf { position } }
        jobItems(jobId: $id, after: $after) { totalCount edges { node { label outcome } } }
      }`,
      { id: importTakeOns.jobId, after: importTakeOns.position },
    );
    expect(job.job).toEqual({ total: 1, startedBy: 'senior-broker' });
    expect(jobItems).toMatchObject({ totalCount: 1, edges: [{ node: { label: 'row 2' } }] });
  });

  it.each(['broker', 'auditor', 'provider:p-1'])('is not for %s', async (person) => {
    const { errors } = await api.graphql(
      person,
      'mutation ($input: ImportTakeOns!) { importTakeOns(input: $input) { jobId } }',
      { input: { commandId: newCommandId(), csv: csvOf(row()), preview: true } },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
