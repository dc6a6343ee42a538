import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LogReader } from '#eventstore/sqlite/log-reader.js';
import type { VisitsRecorded } from '#brokerage/visit/visit.events.js';
import { StartedApi } from '../api/started-api.js';
import { timed, until, type BenchOptions } from './harness.js';

/** The demo council's data directory, loaded by a start of the service and stopped again. */
export interface DemoLog {
  readonly dataDir: string;
  readonly size: 'full' | 'small';
  readonly loadSeconds: number;
  readonly events: number;
  /** Visits with at least one recorded leg. */
  readonly visits: number;
}

let loaded: Promise<DemoLog> | undefined;

/** Loads the demo council, once for all benches of a run. */
export const demoLog = (options: BenchOptions): Promise<DemoLog> => (loaded ??= load(options));

const deadlineMs = 600_000;

async function load({ directory, quick }: BenchOptions): Promise<DemoLog> {
  const dataDir = join(directory, 'demo');
  mkdirSync(dataDir);
  const size = quick ? 'small' : 'full';
  const environment = { DEMO: quick ? 'small' : 'on' };
  const { seconds: loadSeconds } = await timed(async () => {
    const api = await StartedApi.start({ dataDir, environment });
    const isLoaded = () => api.printed.includes('The demo council is loaded');
    try {
      await until('the demo council', isLoaded, deadlineMs);
    } finally {
      await api.stop();
    }
  });
  return { dataDir, size, loadSeconds, ...countsIn(join(dataDir, 'events.db')) };
}

function countsIn(file: string): { events: number; visits: number } {
  const reader = new LogReader(file);
  let visits = 0;
  for (let after = 0; ;) {
    const page = reader.readAll({ after, limit: 2_000, filter: { types: ['VisitsRecorded'] } });
    for (const { data } of page.events) {
      visits += new Set((data as VisitsRecorded['data']).legs.map(({ visit }) => visit)).size;
    }
    after = page.upTo;
    if (page.caughtUp) break;
  }
  const events = reader.head();
  reader.close();
  return { events, visits };
}
