import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';

/** Raised when the tables change; a log of another layout is refused, never guessed at. */
const layout = 1;

const tables = `
  CREATE TABLE log (
    logId TEXT NOT NULL, layout INTEGER NOT NULL, createdAt TEXT NOT NULL
  ) STRICT;
  CREATE TABLE streams (
    key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, category TEXT NOT NULL
  ) STRICT;
  CREATE TABLE types (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams,
    revision INTEGER NOT NULL,
    type INTEGER NOT NULL REFERENCES types,
    version INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TABLE checkpoints (
    name TEXT PRIMARY KEY, position INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

const appendOnly = ['log', 'streams', 'types', 'events']
  .flatMap((table) =>
    ['UPDATE', 'DELETE'].map(
      (verb) => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
        BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    ),
  )
  .join('\n');

/** REPLACE deletes without a delete trigger, so an insert is held to the end of log and stream. */
const gapless = `
  CREATE TRIGGER events_gapless BEFORE INSERT ON events
    WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM events)
      OR NEW.revision <>
        (SELECT coalesce(max(revision), -1) + 1 FROM events WHERE stream = NEW.stream)
    BEGIN SELECT RAISE(ABORT, 'events are appended without gaps'); END;
  CREATE TRIGGER log_once BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log)
    BEGIN SELECT RAISE(ABORT, 'a log has one name'); END;
`;

/** Creates the tables in an empty file. Throws when the file holds anything but a log. */
export function createLogTables(db: Database.Database): void {
  db.transaction(() => {
    if (logIdIn(db) !== undefined) return;
    db.exec(tables + appendOnly + gapless);
    db.prepare('INSERT INTO log (logId, layout, createdAt) VALUES (?, ?, ?)').run(
      randomUUID(),
      layout,
      new Date().toISOString(),
    );
  }).immediate();
}

/** The log's name, `undefined` in an empty file. Throws when its layout is not this one. */
export function logIdIn(db: Database.Database): string | undefined {
  const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (isEmpty) return undefined;
  const found = db.prepare<[], { logId: string; layout: number }>('SELECT * FROM log').get();
  if (found?.layout !== layout) {
    throw new Error(`${db.name} has layout ${found?.layout}; this software reads layout ${layout}`);
  }
  return found.logId;
}

/** 32 hex digits as a UUID: `hex()` of a column costs a tenth of a buffer for each row. */
export const idOfHex = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
