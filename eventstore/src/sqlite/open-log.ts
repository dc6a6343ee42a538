import Database from 'better-sqlite3';

/** Older versions can corrupt a database when the write-ahead log restarts. */
const oldestSqlite = [3, 51, 3] as const;

const fullSync = 2;

/**
 * Opens a log file for its only writer. FULL is set and read back at each open, because the
 * library's default for a write-ahead log is NORMAL, and a power cut would then lose acknowledged
 * events. Throws when SQLite is too old or a setting does not take.
 */
export function openForWriting(file: string, { maxPages }: { maxPages?: number } = {}) {
  const db = new Database(file);
  try {
    ensureVersion(db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '');
    setPragma(db, 'journal_mode', 'wal');
    setPragma(db, 'synchronous', fullSync);
    setPragma(db, 'wal_autocheckpoint', 4000);
    setPragma(db, 'journal_size_limit', 64 * 1024 * 1024);
    if (maxPages !== undefined) db.pragma(`max_page_count = ${maxPages}`);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** Opens a log file to read beside its writer, in this process or another one. */
export function openForReading(file: string): Database.Database {
  return new Database(file, { readonly: true, fileMustExist: true });
}

/** SQLite's name of an error, `SQLITE_FULL` for example; empty for any other error. */
export const sqliteCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Throws when a SQLite version such as `3.51.2` is below 3.51.3. */
export function ensureVersion(version: string): void {
  const parts = version.split('.').map(Number);
  for (const [index, oldest] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest) {
      throw new Error(`SQLite ${version} can corrupt a log; ${oldestSqlite.join('.')} is needed`);
    }
  }
}

function setPragma(db: Database.Database, name: string, value: string | number): void {
  db.pragma(`${name} = ${value}`);
  const found: unknown = db.pragma(name, { simple: true });
  if (found !== value) throw new Error(`${name} is ${String(found)} after setting it to ${value}`);
}
