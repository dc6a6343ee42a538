import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { checkpointFileIn } from '#eventstore/checkpoint-file.js';
import { EventCodec } from '#eventstore/event-codec.js';
import type { EventStore } from '#eventstore/event-store.js';
import { EsdbLeases } from '#eventstore/esdb/esdb-lease.js';
import { EsdbStore, openEsdbStore } from '#eventstore/esdb/esdb.store.js';
import { LogSealer } from '#eventstore/esdb/log-sealer.js';
import { ensureChainNotCut } from '#eventstore/esdb/verify-esdb-log.js';
import { LeaseLost } from '#eventstore/lease.js';
import { lockDataDirectory } from '#eventstore/lock.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { TypedLog } from '#eventstore/typed-log.js';
import type { Config } from '#platform/config/config.js';
import { auditOf } from './auditing/audit.js';
import { catalogue } from './catalogue.js';
import type { ProgressOutput } from './demo-progress.js';
import { RunningService, type SharedLog } from './running-service.js';
import { applyErasures } from './erasures.js';
import { openSharedKeys, openSubjectKeys, type RuntimeKeys } from './subject-keys.js';

/** Opens the store and the read models that the configuration names; progress is told on `out`. */
export async function openRuntime(
  config: Config,
  out: ProgressOutput = process.stdout,
): Promise<RunningService> {
  const store = await openStore(config);
  let keys: RuntimeKeys | undefined;
  try {
    keys =
      store instanceof EsdbStore
        ? await openSharedKeys(config, store)
        : openSubjectKeys(config, await store.head());
    if (keys.store) await applyErasures(store, keys.store);
    const log = new TypedLog(store, new EventCodec(catalogue, keys.subjects));
    const shared = sharedLogOf(store, config);
    const service = new RunningService(config, log, keys, out, shared, auditOf(store, config));
    await service.start();
    return service;
  } catch (error) {
    keys?.close();
    await store.close();
    throw error;
  }
}

async function openStore(config: Config): Promise<EventStore> {
  if (config.store === 'memory') return createMemoryStore();
  if (config.esdb === undefined) {
    return openSqliteStore({ file: join(config.dataDir, 'events.db') });
  }
  // The log is elsewhere, but read models and keys are this process's own.
  const lock = lockDataDirectory(config.dataDir);
  let store: EsdbStore | undefined;
  try {
    store = await openEsdbStore({ ...config.esdb, onClosed: () => lock.release() });
    await ensureChainNotCut(store, checkpointFileIn(config.dataDir));
    return store;
  } catch (error) {
    await store?.close();
    lock.release();
    throw error;
  }
}

/** On a log that several processes share, one of them works at a time. */
function sharedLogOf(store: EventStore, { worker, dataDir }: Config): SharedLog | undefined {
  if (!(store instanceof EsdbStore)) return undefined;
  const holder = `${hostname()}/${process.pid}/${randomUUID()}`;
  const leases = new EsdbLeases(store, holder);
  const checkpointFile = checkpointFileIn(dataDir);
  return {
    lease: (signal) => (worker === 'off' ? never(signal) : leases.acquire('worker', signal)),
    seal: (lease) => new LogSealer(store, lease, { checkpointFile }),
  };
}

/** This process answers requests and leaves the work to others. */
const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new LeaseLost('this process does not work'));
    });
  });
