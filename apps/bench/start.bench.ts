import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Viewer } from '#kernel/actor.js';
import { civilDateOf, monthAfter, monthOf } from '#kernel/time.js';
import { verifyLog } from '#eventstore/sqlite/verify-log.js';
import { readConfig } from '#platform/config/config.js';
import { KpiReads } from '#projections/kpi/kpi.queries.js';
import { openRuntime } from '#runtime/open-runtime.js';
import { StartedApi } from '../api/started-api.js';
import { demoLog } from './demo-log.js';
import { GraphqlClient } from './graphql-client.js';
import * as figures from './harness.js';
import { writePlainLog } from './plain-log.js';
import type { Bench, BenchOptions, Section, Verdict } from './harness.js';

const commissioner: Viewer = { id: 'commissioner', roles: ['commissioner'] };

/** What the demo council's size costs: loading, starting, checking the chain, stating KPIs. */
export const startBench: Bench = async (options) => {
  const { dataDir, size, loadSeconds, events, visits } = await demoLog(options);
  const startSeconds = figures.median(await startsOn(dataDir, options));
  rmSync(join(dataDir, 'read'), { recursive: true });
  const rebuildingSeconds = await readyAndStopped(dataDir, true);
  const demoScan = await verifiedPerSecond(join(dataDir, 'events.db'));
  const plainScan = await verifiedPerSecond(await plainLog(options));
  const kpi = await kpiFigures(dataDir);
  const { atLeast, atMost, shortly, thousands } = figures;
  const rows = [
    ['load from an empty directory, seconds', shortly(loadSeconds)],
    ['recorded visits loaded', thousands(visits)],
    ['start to ready, read files kept, seconds', shortly(startSeconds)],
    [
      'start to ready and all read models rebuilt, read files deleted, seconds',
      shortly(rebuildingSeconds),
    ],
    ['verified events a second, 250 bytes of data', thousands(plainScan)],
    [
      `verified events a second, the demo’s (${thousands(bytesAnEvent(dataDir, events))} bytes)`,
      thousands(demoScan),
    ],
    ['KPI month of all providers, read, ms', shortly(kpi.readMs)],
    ['KPI month of all providers, over HTTP, p50 ms', shortly(kpi.httpMs)],
    ['all KPIs recomputed from rows, seconds', shortly(kpi.recountSeconds)],
  ];
  return {
    id: 'start',
    title: 'The demo council’s size',
    text: [
      `The ${size} demo council: ${thousands(events)} events. It is loaded by a start on an empty ` +
        'directory, through commands alone, read models following. "Ready" is the first 200 of ' +
        '`/health/ready`, from the start of the process.',
    ],
    tables: [{ head: ['what', 'measured'], rows }],
    verdicts: [
      atMost('demo council: load', loadSeconds, 120, 's'),
      atLeast('demo council: load', visits / loadSeconds, 3_000, 'visits/s'),
      atMost('start with the demo’s log', startSeconds, 3, 's'),
      atLeast('verified scan, 250 bytes of data', plainScan, 200_000, 'events/s'),
      atLeast('verified scan, the demo’s log', demoScan, 200_000, 'events/s'),
      atMost('KPI month of all providers, stored', kpi.readMs, 5, 'ms'),
      atMost('KPIs recomputed from rows', kpi.recountSeconds, 1, 's'),
      sameVerdict(kpi.same),
    ],
  } satisfies Section;
};

async function verifiedPerSecond(file: string): Promise<number> {
  const { seconds, result } = await figures.timed(() => verifyLog(file));
  if (result.fault) throw new Error(result.fault.why);
  return result.events / seconds;
}

async function plainLog({ directory, quick }: BenchOptions): Promise<string> {
  const file = join(directory, 'plain', 'events.db');
  await writePlainLog(file, quick ? 10_000 : 200_000);
  return file;
}

const bytesAnEvent = (dataDir: string, events: number): number =>
  statSync(join(dataDir, 'events.db')).size / events;

const sameVerdict = (same: boolean): Verdict => ({
  what: 'KPIs recomputed from rows',
  target: 'equal to the stored ones',
  measured: same ? 'equal' : 'different',
  met: same,
});

async function startsOn(dataDir: string, { quick }: BenchOptions): Promise<readonly number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < (quick ? 2 : 5); round += 1) {
    seconds.push(await readyAndStopped(dataDir, false));
  }
  return seconds;
}

/** Seconds until the service was ready, or until all its read models were at the head. */
async function readyAndStopped(dataDir: string, untilLive: boolean): Promise<number> {
  const startedAt = performance.now();
  const api = await StartedApi.start({ dataDir });
  const ready = async () => {
    const response = await api.get('/health/ready');
    if (response.status !== 200) return false;
    const text = await response.text();
    return !untilLive || !/"state":"(rebuilding|catching-up)"/.test(text);
  };
  try {
    await figures.until('readiness', ready, 300_000);
    return (performance.now() - startedAt) / 1000;
  } finally {
    await api.stop();
  }
}

interface KpiFigures {
  readonly readMs: number;
  readonly httpMs: number;
  readonly recountSeconds: number;
  readonly same: boolean;
}

async function kpiFigures(dataDir: string): Promise<KpiFigures> {
  const today = civilDateOf(new Date().toISOString());
  const month = monthAfter(monthOf(today), -1);
  const service = await openRuntime(readConfig({ DATA_DIR: dataDir, DEMO: 'off' }));
  const reads = new KpiReads(service.readModels);
  const read = () => reads.providerKpis(commissioner, month, today, undefined);
  const readMs = await medianMs(() => Promise.resolve(read()));
  if (read().rows.length === 0) throw new Error(`there are no KPIs for ${month}`);
  const recount = await figures.timed(() => reads.reader.figures.recount());
  await service.close();
  const { stored, recomputed } = recount.result;
  const same = isDeepStrictEqual(stored.counters, recomputed.counters);
  const httpMs = await overHttp(dataDir, month);
  return { readMs, httpMs, recountSeconds: recount.seconds, same };
}

async function overHttp(dataDir: string, month: string): Promise<number> {
  const share = '{ kept required display met }';
  const query = `{ providerKpis(month: "${month}") { rows { providerName
    punctualityStandard ${share} punctualityCritical ${share} continuity ${share} notMissed ${share}
  } } }`;
  const api = await StartedApi.start({ dataDir });
  const client = new GraphqlClient(api.url, 1);
  try {
    return await medianMs(() => client.ask('commissioner', JSON.stringify({ query })));
  } finally {
    client.close();
    await api.stop();
  }
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < 100; time += 1) taken.push((await figures.timed(work)).seconds * 1000);
  return figures.median(taken);
}
