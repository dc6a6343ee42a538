import Database from 'better-sqlite3';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkpointFileOf } from '#eventstore/checkpoint-file.js';
import { LogReader } from '#eventstore/sqlite/log-reader.js';
import { logIdIn } from '#eventstore/sqlite/log-schema.js';
import { ensureVersion, openForReading, openForWriting } from '#eventstore/sqlite/open-log.js';
import { ensureNotCut } from '#eventstore/sqlite/verify-log.js';
import { fail, ok, warn, type Check } from './checkup.js';

/** SQLite, the log and how fast the disk makes a commit durable. Nothing of the log is changed. */
export const logChecks = (dataDir: string, logFile: string): readonly Check[] => [
  { check: 'sqlite', run: sqliteVersion, otherwise: 'Install again with npm ci.' },
  {
    check: 'log',
    run: () => openableLog(logFile),
    otherwise: 'Stop the service and bring back a copy of the log; `verify` names the bad event.',
  },
  {
    check: 'durability',
    run: () => commitTime(dataDir),
    otherwise: 'Keep DATA_DIR on a local disk that makes a commit durable.',
  },
  {
    check: 'clock',
    run: () => clockAgainstLog(logFile, new Date()),
    otherwise: 'Set the clock of the machine by NTP.',
  },
];

function sqliteVersion() {
  const db = new Database(':memory:');
  const version = db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
  db.close();
  ensureVersion(version);
  return ok(version);
}

function openableLog(logFile: string) {
  ensureNotCut(logFile);
  if (!existsSync(logFile)) return warn(`there is no ${logFile} yet`, 'The first start makes it.');
  const db = openForReading(logFile);
  try {
    const logId = logIdIn(db);
    const mode: unknown = db.pragma('journal_mode', { simple: true });
    const head = db.prepare<[], number | null>('SELECT max(position) FROM events').pluck().get();
    if (mode !== 'wal') return fail(`journal mode ${String(mode)}`, 'Start the service once.');
    const checkpointed = existsSync(checkpointFileOf(logFile)) ? ', not cut' : '';
    return ok(`log ${logId} opens, ${head ?? 0} events${checkpointed}`);
  } finally {
    db.close();
  }
}

const commits = 20;

/** Commits to a scratch file as the log does: FULL is set and read back there as well. */
function commitTime(dataDir: string) {
  if (!existsSync(dataDir)) return warn('not measured', 'The first start makes the directory.');
  const scratch = mkdtempSync(join(resolve(dataDir), 'doctor-'));
  try {
    const db = openForWriting(join(scratch, 'scratch.db'));
    db.exec('CREATE TABLE scratch (n INTEGER)');
    const insert = db.prepare('INSERT INTO scratch VALUES (?)');
    const times = Array.from({ length: commits }, (_, n) => {
      const startedAt = performance.now();
      insert.run(n);
      return performance.now() - startedAt;
    });
    db.close();
    return durableCommit(times.toSorted((a, b) => a - b)[commits / 2] ?? 0);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Warns over 10 ms for a durable commit. */
export function durableCommit(medianMs: number) {
  const found = `synchronous FULL is held; a durable commit takes ${medianMs.toFixed(2)} ms`;
  return medianMs > 10
    ? warn(found, 'Every acknowledged command waits for this; a faster disk helps.')
    : ok(found);
}

function clockAgainstLog(logFile: string, now: Date) {
  if (!existsSync(logFile)) return ok(now.toISOString());
  const log = new LogReader(logFile);
  try {
    const { events } = log.readAll({ after: log.head() - 1 });
    return clock(now.toISOString(), events.at(-1)?.metadata.recordedAt);
  } finally {
    log.close();
  }
}

/** Fails when the log holds an event of later than now. */
export function clock(now: string, lastRecordedAt: string | undefined) {
  if (lastRecordedAt === undefined || lastRecordedAt <= now) return ok(now);
  const found = `${now}, but the last event was recorded at ${lastRecordedAt}`;
  return fail(found, 'Set the clock of the machine by NTP before anything is recorded.');
}
