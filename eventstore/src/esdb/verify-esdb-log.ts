import { setImmediate as nextTurn } from 'node:timers/promises';
import { readCheckpointFile, type LogCheckpoint } from '../checkpoint-file.js';
import { start } from '../event-store.js';
import {
  LogCut,
  type LogFault,
  type LogVerification,
  type VerifyOptions,
} from '../log-verification.js';
import { ChainSeals, unsealedLog, type ChainSeal } from './chain-seals.js';
import { EsdbConnection } from './esdb-connection.js';
import { EsdbReads } from './esdb-reads.js';
import type { EsdbSettings } from './esdb-settings.js';
import type { EsdbStore } from './esdb.store.js';
import { knownIdentity } from './log-identity.js';
import { SealedScan } from './sealed-scan.js';

const eventsPerRead = 2_000;

/**
 * Checks every sealed event against the chain, the order of its stream and the checkpoint file, and
 * stops at the first fault; states how many events behind the last seal nothing proves yet. Only
 * reads, beside a running service. Throws when the server cannot be read or holds no log.
 */
export async function verifyEsdbLog(
  settings: EsdbSettings,
  { from = 1, onProgress, onLink, checkpointFile }: VerifyOptions = {},
): Promise<LogVerification> {
  const connection = await EsdbConnection.to(settings);
  try {
    const reads = new EsdbReads(connection);
    const logId = await knownIdentity(reads);
    if (logId === undefined) throw new Error('the server holds no log of this product');
    const checkpoint =
      checkpointFile === undefined ? undefined : readCheckpointFile(checkpointFile);
    const { seals, fault: broken } = await sealsOf(new ChainSeals(reads, logId), checkpoint, logId);
    const trusted = seals.findLast(({ upTo }) => upTo < from) ?? unsealedLog;
    const scan = new SealedScan(trusted, seals.slice(trusted.segment + 1), onLink);
    const total = (seals.at(-1) ?? unsealedLog).total - trusted.total;
    for (let [after, caughtUp] = [trusted.upTo, false]; !caughtUp && !scan.fault;) {
      const page = await reads.recordPage({ after, limit: eventsPerRead });
      for (const record of page.records) scan.check(record);
      ({ upTo: after, caughtUp } = page);
      onProgress?.({ checked: scan.events, total: Math.max(total, scan.events) });
      await nextTurn();
    }
    const fault = scan.fault ?? scan.missing() ?? broken;
    const { events, unsealed, proven } = scan;
    return {
      ...{ logId, events, unsealed, position: proven.upTo, hash: proven.hash },
      ...(checkpoint && { checkpoint }),
      ...(fault && { fault }),
    };
  } finally {
    await connection.close();
  }
}

/** Throws `LogCut` when the server's chain does not hold what a checkpoint file proves. */
export async function ensureChainNotCut(store: EsdbStore, checkpointFile: string): Promise<void> {
  const checkpoint = readCheckpointFile(checkpointFile);
  if (!checkpoint) return;
  const { logId, parts } = store;
  const last = await new ChainSeals(parts.reads, logId).last();
  const isThere = logId === checkpoint.logId && last.total >= checkpoint.count;
  if (!isThere) throw new LogCut(cutOf(checkpoint, logId, last), checkpointFile);
}

/** The seals of a log, up to the first that does not follow the one before it. */
async function sealsOf(
  chain: ChainSeals,
  checkpoint: LogCheckpoint | undefined,
  logId: string,
): Promise<{ readonly seals: readonly ChainSeal[]; readonly fault?: LogFault }> {
  const seals: ChainSeal[] = [];
  for await (const seal of chain.all()) {
    const before = seals.at(-1) ?? unsealedLog;
    if (!follows(seal, before)) {
      const why = `segment ${seal.segment} of the chain does not follow segment ${before.segment}`;
      return { seals, fault: { position: before.upTo + 1, why } };
    }
    seals.push(seal);
  }
  const fault = checkpoint && cutBefore(checkpoint, logId, seals);
  return { seals, ...(fault && { fault }) };
}

const follows = (seal: ChainSeal, before: ChainSeal): boolean =>
  seal.segment === before.segment + 1 &&
  seal.after === before.upTo &&
  seal.upTo > seal.after &&
  seal.total === before.total + seal.events;

function cutBefore(
  checkpoint: LogCheckpoint,
  logId: string,
  seals: readonly ChainSeal[],
): LogFault | undefined {
  const sealed = seals.find(({ upTo }) => upTo === checkpoint.position);
  if (logId !== checkpoint.logId || !sealed) {
    return cutOf(checkpoint, logId, seals.at(-1) ?? unsealedLog);
  }
  if (sealed.hash === checkpoint.hash) return undefined;
  const { position } = checkpoint;
  return { position, why: `the hash at position ${position} is not the one of the checkpoint` };
}

function cutOf(checkpoint: LogCheckpoint, logId: string, last: ChainSeal): LogFault {
  if (logId !== checkpoint.logId) {
    const why = `the server holds log ${logId}, the checkpoint is of ${checkpoint.logId}`;
    return { position: start, why };
  }
  const { count, position } = checkpoint;
  const why = `the log is sealed for ${last.total} events but had ${count}, up to position ${position}`;
  return { position: last.upTo + 1, why };
}
