import type Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkpointFileOf, readCheckpointFile, type LogCheckpoint } from '../checkpoint-file.js';
import { start } from '../event-store.js';
import {
  LogCut,
  type LogFault,
  type LogVerification,
  type VerifyOptions,
} from '../log-verification.js';
import { ChainScan, hashAt } from './chain-scan.js';
import { logIdIn } from './log-schema.js';
import { openForReading } from './open-log.js';

/**
 * Checks every event against the hash chain, the order of its stream and the checkpoint file, and
 * stops at the first fault. Reads beside a running service in short transactions, and lets the
 * event loop turn between them. Throws only when the file cannot be read as a log at all.
 */
export async function verifyLog(
  file: string,
  { from = 1, onProgress, onLink, checkpointFile = checkpointFileOf(file) }: VerifyOptions = {},
): Promise<LogVerification> {
  const checkpoint = readCheckpointFile(checkpointFile);
  const db = openForReading(file);
  try {
    const logId = logIdIn(db);
    if (logId === undefined) throw new Error(`${file} holds no log`);
    const cut = checkpoint && cutBefore(db, logId, checkpoint);
    const scan = new ChainScan(db, from, onLink);
    const total = scan.total;
    while (!scan.fault && scan.readPage()) {
      onProgress?.({ checked: scan.events, total });
      await nextTurn();
    }
    const fault = scan.fault ?? cut;
    return {
      logId,
      events: scan.events,
      position: scan.position,
      hash: scan.hash,
      ...(checkpoint && { checkpoint }),
      ...(fault && { fault }),
    };
  } finally {
    db.close();
  }
}

/** Throws `LogCut` when the log does not hold what its checkpoint file proves. */
export function ensureNotCut(file: string): void {
  const checkpointFile = checkpointFileOf(file);
  const checkpoint = readCheckpointFile(checkpointFile);
  if (!checkpoint || checkpoint.position === start) return;
  if (!existsSync(file)) {
    const why = `${file} is missing but had ${checkpoint.count} events`;
    throw new LogCut({ position: 1, why }, checkpointFile);
  }
  const db = openForReading(file);
  try {
    const fault = cutBefore(db, logIdIn(db), checkpoint);
    if (fault) throw new LogCut(fault, checkpointFile);
  } finally {
    db.close();
  }
}

function cutBefore(
  db: Database.Database,
  logId: string | undefined,
  checkpoint: LogCheckpoint,
): LogFault | undefined {
  const { position } = checkpoint;
  if (logId !== checkpoint.logId) {
    const why = `${db.name} is log ${logId ?? 'none'}, its checkpoint is of ${checkpoint.logId}`;
    return { position: start, why };
  }
  if (position === start) return undefined;
  const head = db.prepare<[], number>('SELECT max(position) FROM events').pluck().get() ?? start;
  if (head < position) {
    const why = `${db.name} ends at position ${head} but had reached ${position}`;
    return { position: head + 1, why };
  }
  const found = hashAt(db, position);
  if (found === checkpoint.hash) return undefined;
  return { position, why: `the hash at position ${position} is not the one of the checkpoint` };
}
