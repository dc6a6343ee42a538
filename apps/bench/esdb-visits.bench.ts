import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esdbLibraries, type EsdbLibrary } from '#eventstore/esdb/esdb-settings.js';
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
  const year = await YearOfFiles.written(join(directory, 'weeks'), 2, quick ? 0.1 : 1);
  const rates = new Map<string, Rates>();
  const imports = new Map<string, Imported>();
  const embedded = join(directory, 'visits');
  rates.set('embedded', await answerOf<Rates>(runner, 'embedded', embedded, packages));
  imports.set('embedded', await imported(join(directory, 'node'), year, {}));
  const nodeOf = (library: EsdbLibrary, STORE: string) => ({
    ...{ STORE, ESDB_CLIENT: library, MASTER_KEY: 'ab'.repeat(32) },
  });
  const real = process.env['ESDB_URL'];
  if (real !== undefined) {
    // The council needs an empty log, so it comes first, by way of the default library alone.
    const environment = nodeOf('eventstore', real);
    const dataDir = join(directory, 'node-real');
    imports.set('eventstore, real', await imported(dataDir, year, environment));
    for (const library of esdbLibraries) {
      rates.set(`${library}, real`, await answerOf<Rates>(runner, library, real, packages));
    }
  }
  for (const library of esdbLibraries) {
    const file = (name: string) => join(directory, `${name}-${library}.db`);
    const kind = `${library}, double`;
    await onDouble(library, file('import'), async (url) => {
      const dataDir = join(directory, `node-${library}`);
      imports.set(kind, await imported(dataDir, year, nodeOf(library, url)));
    });
    await onDouble(library, file('visits'), async (url) => {
      rates.set(kind, await answerOf<Rates>(runner, library, url, packages));
    });
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

async function onDouble(
  library: EsdbLibrary,
  file: string,
  measure: (url: string) => Promise<void>,
): Promise<void> {
  const double = await BenchDouble.start(library, file);
  try {
    await measure(double.url);
  } finally {
    await double.stop();
  }
}

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
