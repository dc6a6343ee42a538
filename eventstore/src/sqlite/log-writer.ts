import type Database from 'better-sqlite3';
import { checkpointFileOf, writeCheckpointFile, type LogCheckpoint } from '../checkpoint-file.js';
import type { Position } from '../event-store.js';
import { judgeExpectation, noRevision } from '../expectation.js';
import { chainHash, chainStart } from '../hash-chain.js';
import type { StoredText } from '../stored-form.js';
import type { WriteEntry, WriteOutcome } from './batch.js';
import { LogNames, type KnownStream } from './log-names.js';
import { createLogTables, logIdIn } from './log-schema.js';
import { openForWriting, sqliteCode } from './open-log.js';

export interface LogWriterOptions {
  /** Lets a test meet a full disk. */
  readonly maxPages?: number;
  /** Lets a bench mimic a disk whose fsync takes so many milliseconds. */
  readonly slowCommitMs?: number;
}

/** The only writer of a log file: synchronous, so it lives in a thread of its own. */
export class LogWriter {
  readonly logId: string;
  private position: Position;
  private hash: string;
  /** A write failed, so none follows. */
  broken = false;
  private readonly db: Database.Database;
  private readonly sql: ReturnType<typeof prepare>;
  private readonly names: LogNames;

  constructor(
    private readonly file: string,
    private readonly options: LogWriterOptions = {},
  ) {
    this.db = openForWriting(file, options);
    createLogTables(this.db);
    this.logId = logIdIn(this.db) ?? '';
    this.sql = prepare(this.db);
    this.names = new LogNames(this.db);
    const last = this.sql.last.get();
    this.position = last?.position ?? 0;
    this.hash = last?.hash ?? chainStart;
  }

  /**
   * Writes all entries in one transaction, each atomic alone, and returns their outcomes once they
   * are durable. Throws when the disk refuses, and from then on always: after a failed fsync
   * nobody knows what the disk holds.
   */
  commit(entries: readonly WriteEntry[]): WriteOutcome[] {
    if (this.broken) throw new Error('an earlier write failed');
    const { position, hash } = this;
    try {
      this.sql.begin.run();
      const outcomes = entries.map((entry) => this.writeAlone(entry));
      this.sql.commit.run();
      if (this.options.slowCommitMs) stall(this.options.slowCommitMs);
      return outcomes;
    } catch (error) {
      Object.assign(this, { broken: true, position, hash });
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** How far the log has come. */
  get checkpoint(): LogCheckpoint {
    const { logId, position, hash } = this;
    return { logId, position, count: position, hash };
  }

  writeCheckpointFile(): void {
    writeCheckpointFile(checkpointFileOf(this.file), this.checkpoint);
  }

  /** Settings as they are in force, for a test to read back. */
  pragma(name: string): unknown {
    return this.db.pragma(name, { simple: true });
  }

  close(): void {
    this.db.close();
  }

  private writeAlone(entry: WriteEntry): WriteOutcome {
    const { position, hash } = this;
    this.sql.savepoint.run();
    try {
      const outcome = this.write(entry);
      this.sql.release.run();
      return outcome;
    } catch (error) {
      // A full disk or a failed write may already have ended the transaction.
      if (!isRefusedRow(error) || !this.db.inTransaction) throw error;
      this.sql.undo.run();
      this.sql.release.run();
      this.position = position;
      this.hash = hash;
      this.names.forget();
      return { kind: 'failed', reason: error.message };
    }
  }

  private write(entry: WriteEntry): WriteOutcome {
    if (entry.kind === 'checkpoint') {
      this.sql.saveCheckpoint.run(entry.name, entry.position);
      return { kind: 'done', revision: 0, position: entry.position };
    }
    const { stream: name, expected, events } = entry;
    const stream = this.names.stream(name);
    const verdict = judgeExpectation(
      expected,
      stream?.head ?? noRevision,
      events.map((event) => event.id),
      (revision, id) => this.sql.at.get(stream?.key ?? 0, revision)?.id === idHex(id),
    );
    if (verdict.kind === 'refuse') {
      return { kind: 'wrong-expectation', actual: stream?.head ?? noRevision };
    }
    if (verdict.kind === 'repeat') {
      const { revision } = verdict;
      const position = this.sql.at.get(stream?.key ?? 0, revision)?.position ?? 0;
      return { kind: 'done', revision, position };
    }
    const target = stream ?? this.names.addStream(name);
    for (const event of events) this.insert(name, target, event);
    return { kind: 'done', revision: target.head, position: this.position };
  }

  private insert(name: string, stream: KnownStream, event: StoredText): void {
    const revision = stream.head + 1;
    const position = this.position + 1;
    const { id, version, data, metadata } = event;
    const hash = chainHash(this.hash, { ...event, stream: name, revision });
    const keys = [position, stream.key, revision, this.names.typeKey(event.type)];
    this.sql.insert.run(...keys, version, id, hash, data, metadata);
    stream.head = revision;
    this.position = position;
    this.hash = hash;
  }
}

function prepare(db: Database.Database) {
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    savepoint: db.prepare('SAVEPOINT entry'),
    undo: db.prepare('ROLLBACK TO entry'),
    release: db.prepare('RELEASE entry'),
    last: db.prepare<[], { position: number; hash: string }>(
      'SELECT position, lower(hex(hash)) AS hash FROM events ORDER BY position DESC LIMIT 1',
    ),
    at: db.prepare<[number, number], { position: number; id: string }>(
      'SELECT position, lower(hex(id)) AS id FROM events WHERE stream = ? AND revision = ?',
    ),
    insert: db.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, unhex(?, '-'), unhex(?), ?, ?)"),
    saveCheckpoint: db.prepare(
      'INSERT INTO checkpoints VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position',
    ),
  };
}

const idHex = (id: string): string => id.replaceAll('-', '');

/** The row itself was refused; anything else means that the disk or the file failed. */
const isRefusedRow = (error: unknown): error is Error =>
  sqliteCode(error).startsWith('SQLITE_CONSTRAINT');

/** Blocks this thread as a slow fsync does, without using the processor. */
function stall(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}
