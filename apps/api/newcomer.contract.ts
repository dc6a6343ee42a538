import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';
import { StartedApi } from './started-api.js';

const tour = (): string => {
  const [, code] =
    /```bash\n([^]*?)```/.exec(readFileSync(`${projectRoot}README.md`, 'utf8')) ?? [];
  if (!code) throw new Error('the README has no tour');
  return code;
};

async function pasted(script: string, url: string): Promise<string> {
  const shell = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], {
    env: { ...process.env, URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  }
  const [code] = (await once(shell, 'close')) as [number];
  if (code !== 0) throw new Error(`the tour ended with ${code}:\n${printed}`);
  return printed;
}

const figures = `{ councilFigures { week planned { people visits carerMinutes }
  awarded { hoursPerWeek hoursPerPerson } fullCost { people } } }`;

async function until(done: () => Promise<boolean> | boolean, ms: number): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`it did not happen within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What the README promises who starts the service with a small demo council, on the store named. */
export function newcomerContract(store: () => Readonly<Record<string, string>> = () => ({})): void {
  let dataDir: string;
  let api: StartedApi;
  const start = () => StartedApi.start({ dataDir, environment: { DEMO: 'small', ...store() } });
  const isReady = async () => (await api.get('/health/ready')).status === 200;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'newcomer-'));
    api = await start();
  });

  afterAll(async () => {
    await api.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('is answered while it loads, and refused a change as DEMO_LOADING', async () => {
    await api.data('broker', '{ awaitingCare { totalCount } }');
    const { errors } = await api.graphql(
      'commissioner',
      `mutation { registerProvider(input: { commandId: "019aab00-1234-7abc-8def-0123456789ab",
        legalName: "Early", tradingNames: [], cqcLocationIds: [] }) { id } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'DEMO_LOADING', retryable: true });
  });

  it('goes on with the load after a kill -9', async () => {
    await until(() => api.printed.includes('20 %'), 60_000);
    await api.kill9();
    api = await start();
    await until(() => api.printed.includes('is loaded'), 120_000);
    const { planned } = (
      await api.data<{ councilFigures: { planned: { people: number } } }>('commissioner', figures)
    ).councilFigures;
    expect(planned.people).toBeGreaterThan(50);
  }, 240_000);

  it('pastes the tour and leads a person to the first delivered visit', async () => {
    const printed = await pasted(tour(), api.url);
    for (const code of ['VisitStartMissing', 'VisitMinutesMissing', 'VisitTasksMissing']) {
      expect(printed).toContain(code);
    }
    for (const code of ['AnswerWouldIdentify', 'RankingNotAskedFor'])
      expect(printed).toContain(code);
    expect(printed).toContain('"name":"Edith Fernsby"');
    expect(printed.match(/Edith Fernsby/g)).toHaveLength(1);
    expect(printed).toContain('"stage":"LIVE"');
    expect(printed).toMatch(/"punctualityStandard":\{"kept":[1-9]/);
  }, 120_000);

  it('loses nothing when the read models are deleted while the service is stopped', async () => {
    const before = await api.data('commissioner', figures);
    await api.stop();
    rmSync(join(dataDir, 'read'), { recursive: true });
    api = await start();
    await until(isReady, 60_000);
    await until(async () => {
      const after = await api.data('commissioner', figures);
      return JSON.stringify(after) === JSON.stringify(before);
    }, 60_000);
  }, 150_000);
}
