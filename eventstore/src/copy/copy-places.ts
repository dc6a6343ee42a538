import { EsdbLeases } from '../esdb/esdb-lease.js';
import {
  esdbSettings,
  isEsdbUrl,
  type EsdbLibrary,
  type EsdbSettings,
} from '../esdb/esdb-settings.js';
import { openEsdbStore } from '../esdb/esdb.store.js';
import { LogSealer } from '../esdb/log-sealer.js';
import { LeaseLost } from '../lease.js';
import { lockDataDirectory } from '../lock.js';
import { EsdbCopyTarget } from './esdb-copy-target.js';
import { esdbRawLog } from './esdb-raw-log.js';
import { CopyRefused, type CopyTarget, type RawLog } from './raw-log.js';
import { SqliteCopyTarget } from './sqlite-copy-target.js';
import { sqliteRawLog } from './sqlite-raw-log.js';

/** Where a log lies. */
export type CopyPlace =
  | { readonly kind: 'sqlite'; readonly directory: string }
  | { readonly kind: 'esdb'; readonly settings: EsdbSettings };

/** Longer than a worker that was killed keeps its lease. */
const leaseWaitMs = 15_000;
/** An hour: everything is sealed when the sealer is closed. */
const muchLaterMs = 3_600_000;

/** Reads `sqlite:<data directory>` or `esdb://…`. Throws `CopyRefused`. */
export function copyPlaceOf(text: string, library: EsdbLibrary): CopyPlace {
  if (isEsdbUrl(text)) return { kind: 'esdb', settings: esdbSettings(text, { library }) };
  const directory = /^sqlite:(?:\/\/)?(.+)$/.exec(text)?.[1];
  if (directory !== undefined) return { kind: 'sqlite', directory };
  throw new CopyRefused('A log is sqlite:<data directory> or esdb://host:2113.');
}

/** A log that nobody works on meanwhile: its directory, or the worker's lease, is taken for so long. */
export async function openCopySource(place: CopyPlace): Promise<RawLog> {
  return place.kind === 'sqlite' ? sqliteSource(place.directory) : esdbSource(place.settings);
}

/** @param from the log that is copied */
export const openCopyTarget = (place: CopyPlace, from: string): Promise<CopyTarget> =>
  place.kind === 'sqlite'
    ? SqliteCopyTarget.open(place.directory)
    : EsdbCopyTarget.open(place.settings, from);

/** Seals a finished copy on EventStoreDB from its first event to its last. */
export async function sealCopy(settings: EsdbSettings): Promise<number> {
  const store = await openEsdbStore(settings);
  try {
    const lease = await new EsdbLeases(store, 'copy-log').acquire(
      'worker',
      AbortSignal.timeout(leaseWaitMs),
    );
    const sealer = new LogSealer(store, lease, { withinMs: muchLaterMs });
    await sealer.close();
    await lease.release();
    return sealer.sealedEvents;
  } finally {
    await store.close();
  }
}

function sqliteSource(directory: string): RawLog {
  const lock = lockDataDirectory(directory);
  try {
    const raw = sqliteRawLog(directory);
    return {
      ...raw,
      close: async () => {
        await raw.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function esdbSource(settings: EsdbSettings): Promise<RawLog> {
  const store = await openEsdbStore(settings);
  try {
    const leases = new EsdbLeases(store, 'copy-log');
    const lease = await leases.acquire('worker', AbortSignal.timeout(leaseWaitMs));
    return esdbRawLog(store.parts.reads, store.logId, async () => {
      await lease.release();
      await store.close();
    });
  } catch (error) {
    await store.close();
    if (!(error instanceof LeaseLost)) throw error;
    throw new CopyRefused('A worker runs on this log. Stop every node of the service first.');
  }
}
