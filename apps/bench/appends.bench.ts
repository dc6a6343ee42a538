import { join } from 'node:path';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { EmmettLog } from './emmett-log.js';
import {
  median,
  notMeasured,
  percent,
  ratePerSecond,
  ratioVerdict,
  thousands,
  type Bench,
  type BenchOptions,
  type Verdict,
} from './harness.js';
import { missingPeers } from './peers.js';
import { PrivatePostgres } from './private-postgres.js';
import { RawLog } from './raw-log.js';
import { advance, newLanes, sampleEvent, sampleSizes } from './sample-appends.js';

const widths = [1, 16, 64] as const;

interface Rates {
  readonly ours: number[];
  readonly raw: number[];
  readonly emmett: number[];
}

/** Durable appends of one event each, against raw SQLite and against Emmett on PostgreSQL. */
export const appendsBench: Bench = async (options) => {
  const postgres = await PrivatePostgres.start();
  const missing = postgres
    ? missingPeers()
    : 'PostgreSQL is not installed (apt-get install postgresql)';
  try {
    const measured: { width: number; rates: Rates }[] = [];
    for (const width of widths) {
      measured.push({
        width,
        rates: await ratesAt(width, missing ? undefined : postgres, options),
      });
    }
    return sectionOf(measured, postgres?.version, missing);
  } finally {
    await postgres?.stop();
  }
};

/** Rounds are interleaved, so that a slow minute of the machine meets all of them. */
async function ratesAt(
  width: number,
  postgres: PrivatePostgres | undefined,
  { directory, quick }: BenchOptions,
): Promise<Rates> {
  const seconds = quick ? 0.5 : 3;
  const rounds = quick ? 1 : 3;
  const rates: Rates = { ours: [], raw: [], emmett: [] };
  const emmett = postgres && (await EmmettLog.open(postgres.url, width));
  for (let round = 0; round < rounds; round += 1) {
    const folder = join(directory, `appends-${width}-${round}`);
    rates.ours.push(await oursPerSecond(folder, width, seconds));
    rates.raw.push(rawPerSecond(join(folder, 'raw.db'), width, seconds));
    if (emmett) rates.emmett.push(await emmettPerSecond(emmett, width, seconds));
  }
  await emmett?.close();
  return rates;
}

async function oursPerSecond(folder: string, width: number, seconds: number): Promise<number> {
  const store = await openSqliteStore({ file: join(folder, 'events.db') });
  const lanes = newLanes(width);
  const append = async (index: number) => {
    const { stream, revision } = advance(lanes, index);
    await store.append(stream, [sampleEvent()], revision === 0 ? 'none' : revision - 1);
  };
  await ratePerSecond(width, seconds / 3, append);
  const rate = await ratePerSecond(width, seconds, append);
  await store.close();
  return rate;
}

function rawPerSecond(file: string, width: number, seconds: number): number {
  const log = new RawLog(file);
  const lanes = newLanes(width);
  const keys: number[] = [];
  const batches = (durationSeconds: number): number => {
    const startedAt = performance.now();
    let count = 0;
    while (performance.now() - startedAt < durationSeconds * 1000) {
      log.begin();
      for (let index = 0; index < width; index += 1) {
        const { stream, revision } = advance(lanes, index);
        if (revision === 0) keys[index] = log.addStream(stream);
        log.insert(keys[index] ?? 0, revision, sampleEvent());
      }
      log.commit();
      count += width;
    }
    return count / ((performance.now() - startedAt) / 1000);
  };
  batches(seconds / 3);
  const rate = batches(seconds);
  log.close();
  return rate;
}

async function emmettPerSecond(log: EmmettLog, width: number, seconds: number): Promise<number> {
  const lanes = newLanes(width);
  const append = (index: number) => {
    const { stream, revision } = advance(lanes, index);
    return log.append(stream, revision, sampleEvent());
  };
  await ratePerSecond(width, seconds / 3, append);
  return ratePerSecond(width, seconds, append);
}

function sectionOf(
  measured: readonly { width: number; rates: Rates }[],
  postgres: string | undefined,
  missing: string | undefined,
) {
  const rows = measured.map(({ width, rates }) => {
    const [ours, raw, emmett] = [median(rates.ours), median(rates.raw), median(rates.emmett)];
    const peer = !missing ? [thousands(emmett), `${(ours / emmett).toFixed(1)}×`] : ['–', '–'];
    return [String(width), thousands(ours), thousands(raw), percent(ours / raw), ...peer];
  });
  return {
    id: 'appends',
    title: 'Durable appends',
    text: [
      `One event an append (${sampleSizes()}), exact expected revision, one append in ten creates a ` +
        'stream. Ours: group commit in the writer thread, FULL, hash chain, idempotence. Raw: ' +
        'better-sqlite3 in the main thread, the same bytes, one transaction for each batch of as ' +
        'many as are in flight, FULL, and nothing else.',
      postgres && !missing
        ? `Emmett's PostgreSQL store on ${postgres}, default settings (fsync and synchronous_commit ` +
          'on), a connection for each append in flight.'
        : `Emmett was not measured: ${missing}.`,
    ],
    tables: [
      {
        head: ['in flight', 'ours /s', 'raw /s', 'ours : raw', 'Emmett /s', 'ours : Emmett'],
        rows,
      },
    ],
    verdicts: verdictsOf(measured, missing),
  };
}

function verdictsOf(
  measured: readonly { width: number; rates: Rates }[],
  missing: string | undefined,
): Verdict[] {
  const { ours, raw, emmett } = measured.at(-1)?.rates ?? { ours: [], raw: [], emmett: [] };
  const what = 'durable appends, 64 in flight';
  return [
    ratioVerdict(`${what}: of raw SQLite`, median(ours) / median(raw), 0.5, '%'),
    missing
      ? notMeasured(`${what}: of Emmett on PostgreSQL`, '≥ 5×', missing)
      : ratioVerdict(`${what}: of Emmett on PostgreSQL`, median(ours) / median(emmett), 5, '×'),
  ];
}
