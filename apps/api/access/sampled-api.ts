import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { StartedApi } from '../started-api.js';
import type { PeopleByRole } from './access-matrix.js';
import type { KnownValues } from './schema-walk.js';

const playerFile = fileURLToPath(new URL('./sampled-directory.js', import.meta.url));

/** A service over the sampled council, with what a test may ask it for. */
export interface SampledApi {
  readonly api: StartedApi;
  readonly known: KnownValues;
  readonly people: PeopleByRole;
  stop(): Promise<void>;
}

export async function startSampledApi(): Promise<SampledApi> {
  const dataDir = await mkdtemp(join(tmpdir(), 'access-'));
  await promisify(execFile)(process.execPath, [playerFile, dataDir]);
  const written = await readFile(join(dataDir, 'known-values.json'), 'utf8');
  const known: KnownValues = new Map(JSON.parse(written) as [string, string[]][]);
  const api = await StartedApi.start({ dataDir });
  await tryRankings(api, known.get('requestId') ?? []);
  return {
    ...{ api, known, people: peopleOf(known) },
    async stop() {
      await api.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Someone looks for a ranking that nobody asked for, so that whoever may see attempts sees some. */
async function tryRankings(api: StartedApi, requestIds: readonly string[]): Promise<void> {
  for (const requestId of requestIds) {
    await api.graphql('broker', `{ rankingAdvice(requestId: "${requestId}") { method } }`);
  }
  const attempts = async (): Promise<number> => {
    let seen = 0;
    for (const requestId of requestIds) {
      const { rankingAccess } = await api.data<{ rankingAccess: { attempts: object[] } | null }>(
        'auditor',
        `{ rankingAccess(requestId: "${requestId}") { attempts { count } } }`,
      );
      seen += rankingAccess?.attempts.length ?? 0;
    }
    return seen;
  };
  for (const began = Date.now(); (await attempts()) === 0;) {
    if (Date.now() - began > 20_000) throw new Error('no attempt to see a ranking was recorded');
  }
}

const providersAsked = 2;

/** Someone of each role; providers and external brokers of organisations that have cases. */
const peopleOf = (known: KnownValues): PeopleByRole => ({
  ...Object.fromEntries(councilPeople.map((person) => [person, [person]])),
  provider: (known.get('providerId') ?? []).slice(0, providersAsked).map((id) => `provider:${id}`),
  'external-broker': [`external-broker:${known.get('brokerOrganisation')?.[0] ?? 'none'}`],
});

const councilPeople = [
  'broker',
  'senior-broker',
  'commissioner',
  'finance',
  'quality-officer',
  'panel-member',
  'auditor',
  'case-system',
  'administrator',
];
