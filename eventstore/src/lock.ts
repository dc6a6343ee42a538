import Database from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sqliteCode } from './sqlite/open-log.js';

/** Another process works on this data directory. */
export class DataDirectoryLocked extends Error {
  override readonly name = 'DataDirectoryLocked';
  constructor(
    readonly directory: string,
    /** Its process id, when it could be read. */
    readonly pid: number | undefined,
  ) {
    const owner = pid === undefined ? 'another process' : `process ${pid}`;
    super(`the data directory ${directory} is in use by ${owner}; stop it or choose another one`);
  }
}

export interface DataDirectoryLock {
  readonly directory: string;
  /** Harmless when repeated. */
  release(): void;
}

const fileIn = (directory: string): string => join(directory, 'lock.db');

/**
 * Holds a data directory (created when missing) for this process until `release` or its death,
 * also by `kill -9`: the lock is a SQLite write transaction that stays open, so the operating
 * system lets go of it. Throws `DataDirectoryLocked`.
 */
export function lockDataDirectory(directory: string): DataDirectoryLock {
  const path = resolve(directory);
  mkdirSync(path, { recursive: true });
  const db = new Database(fileIn(path), { timeout: 0 });
  try {
    // Readers are let in beside a write transaction, so a refused process can read the owner's pid.
    db.pragma('journal_mode = DELETE');
    db.exec('CREATE TABLE IF NOT EXISTS owner (pid INTEGER NOT NULL) STRICT');
    db.exec('BEGIN IMMEDIATE; DELETE FROM owner');
    db.prepare('INSERT INTO owner (pid) VALUES (?)').run(process.pid);
    db.exec('COMMIT; BEGIN IMMEDIATE');
  } catch (error) {
    const pid = readOwner(db);
    db.close();
    if (isBusy(error)) throw new DataDirectoryLocked(path, pid);
    throw error;
  }
  held.add(db);
  return {
    directory: path,
    release: () => {
      forgetOwner(db);
      db.close();
      held.delete(db);
    },
  };
}

/** A connection that nobody refers to is closed by garbage collection, and its lock with it. */
const held = new Set<Database.Database>();

/**
 * The process that holds a data directory, as far as can be told without taking it: the last one
 * that took it, when it still runs.
 */
export function lockOwner(directory: string): number | undefined {
  const file = fileIn(resolve(directory));
  if (!existsSync(file)) return undefined;
  const db = new Database(file, { readonly: true });
  try {
    const pid = readOwner(db);
    return pid !== undefined && isRunning(pid) ? pid : undefined;
  } finally {
    db.close();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** So that a process which lives on is not taken for the owner; a full disk may prevent it. */
function forgetOwner(db: Database.Database): void {
  try {
    if (db.open) db.exec('DELETE FROM owner; COMMIT');
  } catch {
    // The pid stays; nobody depends on it to take the directory.
  }
}

function readOwner(db: Database.Database): number | undefined {
  try {
    return db.prepare<[], number>('SELECT pid FROM owner').pluck().get();
  } catch {
    return undefined;
  }
}

const isBusy = (error: unknown): boolean => sqliteCode(error).startsWith('SQLITE_BUSY');
