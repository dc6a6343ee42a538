import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, civilDateOf } from '#kernel/time.js';
import { StartedApi } from '../api/started-api.js';
import { GraphqlClient } from './graphql-client.js';
import { atMost, shortly, thousands, until, type Bench, type Verdict } from './harness.js';
import { referralInput } from './needs.js';
import { openLoop, type Latencies } from './open-loop.js';
import { nextId } from './sample-appends.js';
import { prepareStatements } from './year-statements.js';
import { peakOf, runCli, YearOfFiles } from './year-runs.js';
import { yearPeers } from './year-peers.js';

const parts = [0.25, 0.5, 1] as const;
const perSecond = 100;
const connections = 64;

/** A year of monitoring files from two vendors' forms, to every read model that shows them (S1-15). */
export const yearImportBench: Bench = async ({ directory, quick }) => {
  const [weeks, scale] = quick ? [4, 0.1] : [52, 1];
  const dataDir = join(directory, 'year-data');
  const year = await YearOfFiles.written(join(directory, 'year'), weeks, scale);
  const setUp = await runCli(dataDir, 'demo', '--for-year', year.directory);
  const copy = join(directory, 'year-copy');
  cpSync(dataDir, copy, { recursive: true });
  const peers = await yearPeers(year);
  const imported = await importedInParts(dataDir, year);
  const readySeconds = await secondsToReady(dataDir);
  const { visits, people, providers, files } = year.manifest;
  rmSync(dataDir, { recursive: true });
  const beside = await commandsBeside(copy, year, quick ? 5 : 40);
  rmSync(copy, { recursive: true });
  const { pay } = imported;
  const whole = imported.runs.at(-1)?.seconds ?? 0;
  const peak = (imported.apiBytes + imported.cliBytes) / 1024 ** 2;
  return {
    id: 'year-import',
    title: 'A year of monitoring files',
    text: [
      `${thousands(visits)} planned visits of ${thousands(people)} people with ${providers} providers ` +
        `over ${weeks} weeks: ${thousands(files.length)} files in the forms of Abacus and ContrOCC, ` +
        `${thousands(peers.rows)} rows, some late, corrected, wrong or without a plan ` +
        '(`brokerage demo --ecm-year`). `brokerage import-visits DIR` sends them to the running service; ' +
        'each is checked row by row, recorded by a job through the ordinary command with one append ' +
        'for each package and week, and accepted; policies, detection and all read models run in ' +
        'the same process. Timed until every read model shows all of it, and every file gave the ' +
        'counts that its manifest expects.',
      `The council and its plan were set up before, in ${shortly(setUp.seconds)} s. The peers read ` +
        'the same files and neither check nor match nor keep anything.',
    ],
    tables: [
      {
        head: ['part of the files', 'rows', 'seconds', 'rows a second'],
        rows: imported.runs.map(({ part, rows, seconds }) => [
          `${part * 100} %`,
          ...[thousands(rows), shortly(seconds), thousands(rows / seconds)],
        ]),
      },
      {
        head: ['what', 'measured'],
        rows: [
          ['csv-parse alone, seconds', shortly(peers.csvParseSeconds)],
          ['DuckDB loading the same files, seconds', shortly(peers.duckDbSeconds)],
          ['largest memory of the service, MB', thousands(imported.apiBytes / 1024 ** 2)],
          ['the same after the first quarter, MB', thousands(imported.quarterBytes / 1024 ** 2)],
          ['largest memory of the command line, MB', thousands(imported.cliBytes / 1024 ** 2)],
          ['start to ready with all of it in the log, seconds', shortly(readySeconds)],
          [
            `statements of a period for ${pay.providers} providers, ${thousands(pay.lines)} lines, seconds`,
            shortly(pay.seconds),
          ],
          ...latencyRows(beside),
        ],
      },
    ],
    verdicts: [
      atMost('import of a year', whole, 300, 's'),
      atMost('import of a year: memory of all processes', peak, 768, 'MB'),
      atMost('statements of a period for all providers', pay.seconds, 10, 's'),
      atMost('start with a year in the log', readySeconds, 3, 's'),
      besideVerdict(beside),
    ],
  };
};

interface PartRun {
  readonly part: number;
  readonly rows: number;
  readonly seconds: number;
}

/** A quarter, then up to a half, then all: what was taken before is passed over. */
async function importedInParts(dataDir: string, year: YearOfFiles) {
  const api = await StartedApi.start({ dataDir });
  const runs: PartRun[] = [];
  let [seconds, quarterBytes, cliBytes] = [0, 0, 0];
  try {
    for (const part of parts) {
      const rows = year.cutTo(part);
      const startedAt = performance.now();
      const run = await runCli(dataDir, 'import-visits', year.directory);
      await caughtUp(api);
      seconds += (performance.now() - startedAt) / 1000;
      runs.push({ part, rows, seconds });
      cliBytes = Math.max(cliBytes, run.peakBytes);
      quarterBytes ||= peakOf(api.pid);
    }
    const apiBytes = peakOf(api.pid);
    const pay = await prepareStatements(api, year.manifest.request.endsBefore);
    return { runs, quarterBytes, cliBytes, apiBytes, pay };
  } finally {
    await api.stop();
  }
}

const isCaughtUp = async (api: StartedApi): Promise<boolean> => {
  const response = await api.get('/health/ready');
  return (
    response.status === 200 && !/"state":"(rebuilding|catching-up)"/.test(await response.text())
  );
};

const caughtUp = (api: StartedApi) => until('the read models', () => isCaughtUp(api), 60_000);

async function secondsToReady(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const api = await StartedApi.start({ dataDir });
  try {
    await caughtUp(api);
    return (performance.now() - startedAt) / 1000;
  } finally {
    await api.stop();
  }
}

/** Referrals and requests at a steady rate while files are taken. */
async function commandsBeside(
  dataDir: string,
  year: YearOfFiles,
  seconds: number,
): Promise<Latencies> {
  year.cutTo(parts[0]);
  const api = await StartedApi.start({ dataDir });
  const client = new GraphqlClient(api.url, connections);
  const referred: string[] = [];
  const startOn = addDays(civilDateOf(new Date().toISOString()), 7);
  const next = async (index: number): Promise<void> => {
    const packageId = index % 3 === 2 ? referred.shift() : undefined;
    const input = packageId ? { packageId } : referralInput(`beside-${index}`, index, startOn);
    const command = packageId ? 'IssueRequest' : 'ReferPackage';
    const { id } = await client.send('broker', command, { commandId: nextId(), ...input });
    if (!packageId && id) referred.push(id);
  };
  try {
    await openLoop(perSecond, 3, (index) => next(1_000_000 + index));
    const importing = runCli(dataDir, 'import-visits', year.directory);
    // It is awaited below, perhaps long after it failed.
    importing.catch(() => undefined);
    const latencies = await openLoop(perSecond, seconds, next);
    await importing;
    return latencies;
  } finally {
    client.close();
    await api.stop();
  }
}

const latencyRows = ({ sent, p50, p95, p99 }: Latencies): string[][] => [
  [
    `commands beside the import (${perSecond} a second, ${thousands(sent)} sent), p50 ms`,
    shortly(p50),
  ],
  ['the same, p95 ms', shortly(p95)],
  ['the same, p99 ms', shortly(p99)],
];

function besideVerdict({ p99, failed, complaints }: Latencies): Verdict {
  const verdict = atMost('commands while a year is imported: p99', p99, 150, 'ms');
  if (failed === 0) return verdict;
  return { ...verdict, measured: `${failed} failed (${complaints.join('; ')})`, met: false };
}
