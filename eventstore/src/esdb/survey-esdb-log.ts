import { ChainSeals } from './chain-seals.js';
import { EsdbConnection } from './esdb-connection.js';
import { leaseHolderIn } from './esdb-lease.js';
import { EsdbReads } from './esdb-reads.js';
import type { EsdbSettings } from './esdb-settings.js';
import { knownIdentity } from './log-identity.js';

/** What an operator asks of a server first. */
export interface EsdbSurvey {
  /** Absent where the server holds no log of this product yet. */
  readonly logId?: string;
  /** A small read, there and back, once connected. */
  readonly readMs: number;
  /** The process that works, `null` where none does. */
  readonly worker: string | null;
  /** Events that the chain proves. */
  readonly sealedEvents: number;
}

/** Looks at a server without writing. Throws when it does not answer within the settings' patience. */
export async function surveyEsdbLog(settings: EsdbSettings): Promise<EsdbSurvey> {
  const connection = await EsdbConnection.to(settings);
  try {
    const reads = new EsdbReads(connection);
    const logId = await knownIdentity(reads);
    const startedAt = performance.now();
    const worker = await leaseHolderIn(reads, 'worker');
    const readMs = performance.now() - startedAt;
    if (logId === undefined) return { readMs, worker, sealedEvents: 0 };
    const { total: sealedEvents } = await new ChainSeals(reads, logId).last();
    return { logId, readMs, worker, sealedEvents };
  } finally {
    await connection.close();
  }
}
