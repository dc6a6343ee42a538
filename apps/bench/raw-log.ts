import Database from 'better-sqlite3';
import type { NewEvent } from '#eventstore/event-store.js';

/**
 * The least that an append can be in better-sqlite3: the same bytes into one table with the same
 * unique key, one transaction for each batch, FULL. No hash chain, no idempotence, no expected
 * revision, no thread, no promise: the ceiling that the store is compared with.
 */
export class RawLog {
  private readonly db: Database.Database;
  private readonly sql: ReturnType<typeof prepare>;

  constructor(file: string) {
    this.db = new Database(file);
    this.db.pragma('journal_mode = wal');
    this.db.pragma('synchronous = full');
    this.db.pragma('wal_autocheckpoint = 4000');
    this.db.exec(`
      CREATE TABLE streams (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE events (
        position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL,
        type INTEGER NOT NULL, version INTEGER NOT NULL, id BLOB NOT NULL,
        hash BLOB NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (stream, revision)
      ) STRICT;`);
    if (this.db.pragma('synchronous', { simple: true }) !== 2) throw new Error('FULL did not take');
    this.sql = prepare(this.db);
  }

  addStream(name: string): number {
    return Number(this.sql.addStream.run(name).lastInsertRowid);
  }

  begin(): void {
    this.sql.begin.run();
  }

  insert(stream: number, revision: number, { id, version, data, metadata }: NewEvent): void {
    const { insert } = this.sql;
    const texts = [JSON.stringify(data), JSON.stringify(metadata)] as const;
    insert.run(stream, revision, 1, version, id, noHash, ...texts);
  }

  commit(): void {
    this.sql.commit.run();
  }

  close(): void {
    this.db.close();
  }
}

/** 32 bytes are written, as ours are, but none is computed. */
const noHash = Buffer.alloc(32);

const prepare = (db: Database.Database) => ({
  begin: db.prepare('BEGIN IMMEDIATE'),
  commit: db.prepare('COMMIT'),
  addStream: db.prepare('INSERT INTO streams (name) VALUES (?)'),
  insert: db.prepare("INSERT INTO events VALUES (NULL, ?, ?, ?, ?, unhex(?, '-'), ?, ?, ?)"),
});
