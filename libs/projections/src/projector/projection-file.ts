import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase, { type Database, type Statement } from 'better-sqlite3';
import { beforeFirst, checkpointWriter, readCheckpoint, type Checkpoint } from './checkpoint.js';
import type { AnyProjection } from './definition.js';
import { schemaHash, schemaOf } from './schema.js';

/** A projection in the memory of one process, for specs: reads see unfinished work. */
export const inMemory = ':memory:';

/**
 * One projection's SQLite file with its two connections: the fold writes on `writer` in
 * transactions that stay open over turns of the event loop, reads on `reader` see only what was
 * committed.
 */
export class ProjectionFile {
  readonly writer: Database;
  readonly reader: Database;
  private readonly bySql = new Map<string, Statement>();
  private backlog: Statement | undefined;

  private constructor(
    readonly projection: AnyProjection,
    readonly path: string,
    /** The checkpoint that was found, or the one before the first event of a new file. */
    readonly found: Checkpoint,
  ) {
    this.writer = new SqliteDatabase(path);
    tune(this.writer);
    this.reader = path === inMemory ? this.writer : new SqliteDatabase(path, { readonly: true });
    if (path === inMemory) createTables(this.writer, projection, found);
    else this.reader.pragma('cache_size = -2000');
  }

  /** Opens the file; a missing, unreadable or differently shaped one is created anew. */
  static open(projection: AnyProjection, path: string, logId: string): ProjectionFile {
    const found = checkpointIn(path, projection);
    return found
      ? new ProjectionFile(projection, path, found)
      : ProjectionFile.create(projection, path, logId);
  }

  /** Opens an empty file; what was there before is removed. */
  static create(projection: AnyProjection, path: string, logId: string): ProjectionFile {
    const checkpoint = beforeFirst(logId);
    if (path !== inMemory) {
      removeFile(path);
      mkdirSync(dirname(path), { recursive: true });
      const db = new SqliteDatabase(path);
      tune(db);
      createTables(db, projection, checkpoint);
      db.close();
    }
    return new ProjectionFile(projection, path, checkpoint);
  }

  /** A statement on the reading connection, prepared once. */
  prepared(sql: string): Statement {
    let statement = this.bySql.get(sql);
    if (!statement) this.bySql.set(sql, (statement = this.reader.prepare(sql)));
    return statement;
  }

  /** Frames of the write-ahead log that a checkpoint would move into the file. */
  walBacklog(): number {
    if (this.path === inMemory) return 0;
    this.backlog ??= this.writer.prepare('PRAGMA wal_checkpoint(NOOP)');
    const { log, checkpointed } = this.backlog.get() as { log: number; checkpointed: number };
    return log - checkpointed;
  }

  close(): void {
    this.reader.close();
    this.writer.close();
  }
}

/** The checkpoint in a file of this projection's shape, `undefined` when there is no such file. */
export function checkpointIn(path: string, projection: AnyProjection): Checkpoint | undefined {
  if (path === inMemory || !existsSync(path)) return undefined;
  let db: Database | undefined;
  try {
    db = new SqliteDatabase(path);
    return readCheckpoint(db, schemaHash(projection));
  } catch {
    // An unreadable file holds nothing that the log does not: it is built anew.
    return undefined;
  } finally {
    db?.close();
  }
}

export function removeFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/** Puts a closed file in the place of another one. */
export function replaceFile(path: string, by: string): void {
  removeFile(path);
  renameSync(by, path);
}

function createTables(db: Database, projection: AnyProjection, checkpoint: Checkpoint): void {
  db.transaction(() => {
    for (const statement of schemaOf(projection)) db.exec(statement);
    checkpointWriter(db, schemaHash(projection))(checkpoint);
  })();
}

/** A lost tail of a read model is folded again, so commits need not wait for the disk. */
function tune(db: Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  // Checkpoints wait for the disk: they are made in a thread, when the backlog asks for it.
  db.pragma('wal_autocheckpoint = 0');
  db.pragma('cache_size = -4000');
  db.pragma('temp_store = MEMORY');
}
