import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esdbLibraries } from '#eventstore/esdb/esdb-settings.js';
import { StartedApi } from '../api/started-api.js';
import { BenchDouble } from './bench-double.js';
import { atLeast, shortly, thousands, until, type Bench, type Verdict } from './harness.js';
import { answerOf } from './own-process.js';
import { runCliWith, YearOfFiles } from './year-runs.js';

const runner = fileURLToPath(new URL('./esdb-visits.main.js', import.meta.url));
const [byFile, oneByOne] = [
  'stream per week, recorded by file',
  'stream per week, recorded one by one',
];

type Rates = Readonly<Record<string, number>>;

interface Imported {
  readonly rows: number;
  readonly seconds: number;
}

/** Visits to EventStoreDB: by the command handler alone, and by files through the whole service. */
export const esdbVisitsBench: Bench = async ({ directory, quick }) => {
  const packages = String(quick ? 100 : 1_672);
  const year = await YearOfFiles.written(join(directory, 'weeks'), quick ? 2 : 6, quick ? 0.1 : 1);
  const rates = new Map<string, Rates>();
  const imports = new Map<string, Imported>();
  const measure = async (kind: string, place: string, environment: Record<string, string>) => {
    rates.set(kind, await answerOf<Rates>(runner, kind, place, packages));
    imports.set(kind, await imported(join(directory, `node-${kind}`), year, environment));
  };
  await measure('embedded', join(directory, 'visits'), {});
  for (const library of esdbLibraries) {
    for (const server of ['double', 'real'] as const) {
      const url = process.env['ESDB_URL'];
      if (server === 'real' && url === undefined) continue;
      const file = join(directory, `visits-${library}.db`);
      const double = server === 'double' ? await BenchDouble.start(library, file) : undefined;
      const STORE = double?.url ?? url ?? '';
      try {
        const alone = await answerOf<Rates>(runner, library, STORE, packages);
        rates.set(`${library}, ${server}`, alone);
      } finally {
        await double?.stop();
      }
      // The council needs a log of its own, which a real server may not have.
      if (!double) continue;
      const fresh = await BenchDouble.start(library, join(directory, `import-${library}.db`));
      try {
        const environment = { STORE: fresh.url, ESDB_CLIENT: library, MASTER_KEY: 'ab'.repeat(32) };
        const dataDir = join(directory, `node-${library}`);
        imports.set(`${library}, ${server}`, await imported(dataDir, year, environment));
      } finally {
        await fresh.stop();
      }
    }
  }
  return {
    id: 'esdb-visits',
    title: 'EventStoreDB: visits',
    text: [
      `By the command handler: ${thousands(Number(packages))} packages’ weeks of 17 visits planned and recorded, 64 weeks at ` +
        'once, without projections. By files: `brokerage import-visits` of ' +
        `${year.manifest.files.length} files through a service with all read models and policies, in rows a second until every ` +
        'read model shows them. The double is a process of its own on the same two cores, and takes most of one.',
    ],
    tables: [
      {
        head: [
          'store',
          'by file, visits/s',
          'one by one, visits/s',
          'files: rows',
          'seconds',
          'rows/s',
        ],
        rows: [...rates].map(([kind, found]) => {
          const files = imports.get(kind);
          return [
            ...[kind, thousands(found[byFile] ?? 0), thousands(found[oneByOne] ?? 0)],
            ...(files
              ? [
                  thousands(files.rows),
                  shortly(files.seconds),
                  thousands(files.rows / files.seconds),
                ]
              : ['–', '–', '–']),
          ];
        }),
      },
    ],
    verdicts: [...rates].flatMap(([kind, found]) =>
      kind === 'embedded' ? [] : verdictsOf(kind, found, imports.get(kind)),
    ),
  };
};

const verdictsOf = (kind: string, found: Rates, files: Imported | undefined): Verdict[] => [
  atLeast(`EventStoreDB, ${kind}: visits one by one`, found[oneByOne] ?? 0, 1_500, 'visits/s'),
  ...(files
    ? [
        atLeast(
          `EventStoreDB, ${kind}: files imported`,
          files.rows / files.seconds,
          4_000,
          'visits/s',
        ),
      ]
    : []),
];

async function imported(
  dataDir: string,
  year: YearOfFiles,
  environment: Record<string, string>,
): Promise<Imported> {
  mkdirSync(dataDir, { recursive: true });
  await runCliWith(environment, dataDir, 'demo', '--for-year', year.directory);
  const rows = year.cutTo(1);
  const api = await StartedApi.start({ dataDir, environment });
  try {
    await until('work', () => isWorking(api), 60_000);
    const startedAt = performance.now();
    await runCliWith(environment, dataDir, 'import-visits', year.directory);
    await until('the read models', () => isCaughtUp(api), 60_000);
    return { rows, seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await api.stop();
  }
}

const isWorking = async (api: StartedApi): Promise<boolean> =>
  (await (await api.get('/metrics')).text()).includes('brokerage_worker 1');

const isCaughtUp = async (api: StartedApi): Promise<boolean> => {
  const response = await api.get('/health/ready');
  return (
    response.status === 200 && !/"state":"(rebuilding|catching-up)"/.test(await response.text())
  );
};
