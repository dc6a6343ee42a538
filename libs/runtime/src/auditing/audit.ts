import { join } from 'node:path';
import { EsdbStore } from '#eventstore/esdb/esdb.store.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { Lease } from '#eventstore/lease.js';
import { EsdbChainedLog } from '#eventstore/proof/esdb-chained-log.js';
import { originOf } from '#eventstore/proof/signed-checkpoint.js';
import { sqliteChainedLog } from '#eventstore/proof/sqlite-chained-log.js';
import { systemClock } from '#platform/commands/clock.js';
import type { Config } from '#platform/config/config.js';
import type { AuditStanding } from '#platform/runtime/runtime.js';
import { DailyCheckpoints, newStanding } from './daily-checkpoints.js';
import { openSigningKey } from './signing-key.js';

/** How a service proves its log to an auditor. */
export interface Audit {
  readonly standing: AuditStanding;
  /** Begins to sign under a lease. */
  begin(lease: Lease): { close(): Promise<void> };
}

/** `undefined` where nothing is kept, or where production names no key. Throws `BadAuditKey`. */
export function auditOf(store: EventStore, config: Config): Audit | undefined {
  if (config.store === 'memory') return undefined;
  const key = openSigningKey(config);
  if (!key) return undefined;
  const { logId } = store;
  const { dataDir, audit } = config;
  const standing = newStanding();
  const openLog = () =>
    store instanceof EsdbStore
      ? new EsdbChainedLog(store.parts.reads, logId)
      : sqliteChainedLog(join(dataDir, 'events.db'));
  // The clock of the machine: what is signed is said to somebody outside, also of a simulation.
  const now = () => systemClock.now();
  const origin = originOf(logId);
  return {
    standing: Object.assign(standing, {
      publicKey: { pem: key.public.pem, verifier: key.public.verifierFor(origin) },
    }),
    begin: (lease) =>
      new DailyCheckpoints(
        { dataDir, logId, key, openLog, now, url: audit.checkpointUrl },
        lease,
        standing,
      ),
  };
}
