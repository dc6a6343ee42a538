import Database from 'better-sqlite3';
import { judgeExpectation } from '../expectation.js';
import type { Expected, Proposed, Recorded, Written } from './double-events.js';
import { limitsOf, tombstoneType, truncation, type Limits } from './stream-limits.js';

interface Row extends Omit<Recorded, 'data' | 'metadata'> {
  readonly data: Buffer;
  readonly metadata: Buffer;
}

/** Behind each event the log grows by its frame as well, so positions are never consecutive. */
const frameBytes = 93;

const schema = `
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL,
    id TEXT NOT NULL, type TEXT NOT NULL, contentType TEXT NOT NULL,
    data BLOB NOT NULL, metadata BLOB NOT NULL, createdMs INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS inStream ON events (stream, revision);
`;

/** The log of the double, in SQLite: it survives the end of the process, however that comes. */
export class DoubleLog {
  private readonly db: Database.Database;
  private readonly followers = new Set<() => void>();

  constructor(file: string) {
    this.db = new Database(file);
    this.db.pragma('journal_mode = WAL');
    this.db.pragma('synchronous = NORMAL');
    this.db.exec(schema);
  }

  /** Runs several writes as one; followers hear of them afterwards. */
  together(run: () => void): void {
    // What a caller gave up long ago may come when the double is stopped.
    if (!this.db.open) return;
    this.db.transaction(run).immediate();
    for (const told of this.followers) told();
  }

  /** With the server's idempotence; call it inside `together`. */
  write(stream: string, events: readonly Proposed[], expected: Expected): Written {
    const last = this.last(stream);
    const head = last?.revision ?? -1;
    const { isDeleted } = this.limits(stream, head);
    if (last?.type === tombstoneType) return { kind: 'deleted' };
    if (expected === 'exists' && isDeleted) return { kind: 'deleted' };
    if (expected === 'exists' && head < 0) return { kind: 'wrong', current: head };
    const known = typeof expected === 'number' ? expected : this.firstKnown(stream, events, head);
    const ids = events.map(({ id }) => id);
    const isAt = (revision: number, id: string) => this.at(stream, revision)?.id === id;
    const verdict = judgeExpectation(known, head, ids, isAt);
    if (verdict.kind === 'repeat') return this.repeated(stream, verdict.revision);
    const isBegunAgain = isDeleted && expected === -1;
    if (verdict.kind === 'refuse' && !isBegunAgain) return { kind: 'wrong', current: head };
    if (isDeleted) this.write(`$$${stream}`, [truncation(head + 1)], 'any');
    return this.insert(stream, events, head);
  }

  /** What a reader of the stream is shown: neither what is truncated nor what is too old. */
  read(stream: string, from: number, direction: 'forwards' | 'backwards', count: number) {
    const { first, notBeforeMs } = this.limits(stream);
    const sql =
      direction === 'forwards'
        ? 'revision >= ? ORDER BY revision LIMIT ?'
        : 'revision <= ? ORDER BY revision DESC LIMIT ?';
    const shown = 'stream = ? AND revision >= ? AND createdMs >= ? AND';
    return this.rows(`${shown} ${sql}`, stream, first, notBeforeMs, from, count);
  }

  /** `'missing'` also when deleted, until something is written again. */
  stateOf(stream: string): 'missing' | 'there' | 'deleted' {
    const last = this.last(stream);
    if (last?.type === tombstoneType) return 'deleted';
    return last && !this.limits(stream, last.revision).isDeleted ? 'there' : 'missing';
  }

  /** From this position on, the event there included. */
  readAll(from: number, direction: 'forwards' | 'backwards', count: number): Recorded[] {
    return direction === 'forwards'
      ? this.rows('position >= ? ORDER BY position LIMIT ?', from, count)
      : this.rows('position <= ? ORDER BY position DESC LIMIT ?', from, count);
  }

  /** Whether `$all` can be read from here: a record begins here, or nothing is there yet. */
  isPlace(position: string | undefined): boolean {
    const place = Number(position ?? 0);
    return place === 0 || place > this.end || this.rows('position = ?', place).length > 0;
  }

  /** Revision of the stream's last event, -1 without any. */
  lastRevision(stream: string): number {
    return this.last(stream)?.revision ?? -1;
  }

  at(stream: string, revision: number): Recorded | undefined {
    return this.rows('stream = ? AND revision = ?', stream, revision)[0];
  }

  get end(): number {
    const sql = 'SELECT max(position) FROM events';
    return (this.statement(sql).pluck().get() as number | null) ?? 0;
  }

  /** Told after each write; answers how to stop that. */
  follow(told: () => void): () => void {
    this.followers.add(told);
    return () => this.followers.delete(told);
  }

  close(): void {
    this.db.close();
  }

  private insert(stream: string, events: readonly Proposed[], head: number): Written {
    let [position, revision] = [this.end, head];
    for (const { id, type, contentType, data, metadata } of events) {
      position += frameBytes + data.length + metadata.length + type.length;
      revision += 1;
      this.statement('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
        ...([position, stream, revision, id, type, contentType] as const),
        ...([data, metadata, Date.now()] as const),
      );
    }
    return { kind: 'written', revision, position };
  }

  /** Without an expectation the server looks whether the first event is the stream's already. */
  private firstKnown(stream: string, [first]: readonly Proposed[], head: number): number {
    const sql = 'SELECT revision FROM events WHERE stream = ? AND id = ?';
    const revision = this.statement(sql)
      .pluck()
      .get(stream, first?.id ?? '');
    return typeof revision === 'number' ? revision - 1 : head;
  }

  private repeated(stream: string, revision: number): Written {
    const { first } = this.limits(stream);
    const position = revision < first ? undefined : this.at(stream, revision)?.position;
    return { kind: 'written', revision, position };
  }

  private last(stream: string): Recorded | undefined {
    return this.rows('stream = ? ORDER BY revision DESC LIMIT 1', stream)[0];
  }

  private limits(stream: string, head?: number): Limits {
    if (stream.startsWith('$$')) return limitsOf(undefined, 0);
    const last = this.last(`$$${stream}`);
    return limitsOf(last?.data, last ? (head ?? this.lastRevision(stream)) : 0);
  }

  private rows(where: string, ...values: readonly (string | number)[]): Recorded[] {
    return this.statement(`SELECT * FROM events WHERE ${where}`).all(...values) as Row[];
  }

  private readonly statements = new Map<string, Database.Statement>();

  private statement(sql: string): Database.Statement {
    const prepared = this.statements.get(sql) ?? this.db.prepare(sql);
    this.statements.set(sql, prepared);
    return prepared;
  }
}
