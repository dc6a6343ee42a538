import type Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkpointFileOf, readCheckpointFile, type LogCheckpoint } from '../checkpoint-file.js';
import { start, type Position } from '../event-store.js';
import {
  LogCut,
  type LogFault,
  type LogVerification,
  type VerifyOptions,
} from '../log-verification.js';
import { hashAt, headOf, unreadableBehind } from './chain-scan.js';
import { logIdIn } from './log-schema.js';
import { KnownNames } from './known-names.js';
import { lostEvents, type LostEvent } from './lookup-check.js';
import { openForReading } from './open-log.js';
import { scanLog, type ScannedLog } from './scan-parts.js';

const linksPerPage = 5_000;
const hashBytes = 32;

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
    const total = Math.max(0, headOf(db) - from + 1);
    const scan = await scanLog(db, from, (checked) => onProgress?.({ checked, total }));
    const { events, position, hash } = scan;
    if (onLink) await tellLinks(db, { from, position }, onLink);
    const fault = scan.fault ?? (await lostFault(db, scan, from)) ?? cut;
    return {
      ...{ logId, events, position, hash },
      ...(checkpoint && { checkpoint }),
      ...(fault && { fault }),
    };
  } finally {
    db.close();
  }
}

/** The hashes that were proven, as they are written down. */
async function tellLinks(
  db: Database.Database,
  { from, position }: { readonly from: Position; readonly position: Position },
  onLink: (hash: Buffer) => void,
): Promise<void> {
  // One text for a page: a buffer for each row would cost as much as hashing it.
  const page = db
    .prepare<[number, number], string>(
      `SELECT group_concat(hex(hash), '' ORDER BY position) FROM events
       WHERE position > ? AND position <= ?`,
    )
    .pluck();
  for (let after = from - 1; after < position; after += linksPerPage) {
    const hashes = page.get(after, Math.min(position, after + linksPerPage)) ?? '';
    const bytes = Buffer.from(hashes, 'hex');
    for (let at = 0; at < bytes.length; at += hashBytes) onLink(bytes.subarray(at, at + hashBytes));
    await nextTurn();
  }
}

/** The first event that the service does not find where it looks. */
async function lostFault(
  db: Database.Database,
  { entries, position, unfound }: ScannedLog,
  from: Position,
): Promise<LogFault | undefined> {
  try {
    const named = (lost: LostEvent): LogFault => {
      const place = lost.position - from;
      const stream = new KnownNames(db, 'streams').of(entries.streamAt(place) ?? -1);
      const revision = entries.revisionAt(place);
      return {
        ...lost,
        ...(stream !== undefined && revision !== undefined && { stream, revision }),
      };
    };
    if (unfound !== undefined) {
      return named({ position: unfound, why: 'its position does not lead to it' });
    }
    for (const lost of lostEvents(db, entries, from)) {
      if (lost) return named(lost);
      await nextTurn();
    }
  } catch (error) {
    return unreadableBehind(position, error);
  }
  return undefined;
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
