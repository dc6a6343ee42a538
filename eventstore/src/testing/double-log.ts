import Database from 'better-sqlite3';
import { judgeExpectation } from '../expectation.js';

/** An event as a client proposed it: bytes, whatever they mean. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position alike, as for every event that was written in one go. */
  readonly position: number;
  readonly createdMs: number;
}

/** `-1` no stream, `'any'`, `'exists'`, or the revision of the last event. */
export type Expected = number | 'any' | 'exists';

export type Written =
  | { readonly kind: 'written'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong'; readonly current: number };

/** What a stream's `$$` stream says of it. */
interface Limits {
  readonly from: number;
}

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
    const head = this.lastRevision(stream);
    if (expected === 'exists' && head < 0) return { kind: 'wrong', current: head };
    const known = typeof expected === 'number' ? expected : this.firstKnown(stream, events, head);
    const ids = events.map(({ id }) => id);
    const isAt = (revision: number, id: string) => this.at(stream, revision)?.id === id;
    const verdict = judgeExpectation(known, head, ids, isAt);
    if (verdict.kind === 'refuse') return { kind: 'wrong', current: head };
    if (verdict.kind === 'repeat') {
      const position = this.at(stream, verdict.revision)?.position ?? 0;
      return { kind: 'written', revision: verdict.revision, position };
    }
    return this.insert(stream, events, head);
  }

  read(stream: string, from: number, direction: 'forwards' | 'backwards', count: number) {
    const { from: first } = this.limits(stream);
    const sql =
      direction === 'forwards'
        ? 'stream = ? AND revision >= ? AND revision >= ? ORDER BY revision LIMIT ?'
        : 'stream = ? AND revision <= ? AND revision >= ? ORDER BY revision DESC LIMIT ?';
    return this.rows(sql, stream, from, first, count);
  }

  /** From this position on, the event there included. */
  readAll(from: number, direction: 'forwards' | 'backwards', count: number): Recorded[] {
    return direction === 'forwards'
      ? this.rows('position >= ? ORDER BY position LIMIT ?', from, count)
      : this.rows('position <= ? ORDER BY position DESC LIMIT ?', from, count);
  }

  /** Revision of the stream's last event, -1 without any. */
  lastRevision(stream: string): number {
    const sql = 'SELECT max(revision) FROM events WHERE stream = ?';
    return (this.statement(sql).pluck().get(stream) as number | null) ?? -1;
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

  private at(stream: string, revision: number): Recorded | undefined {
    return this.rows('stream = ? AND revision = ?', stream, revision)[0];
  }

  private limits(stream: string): Limits {
    const sql = 'stream = ? ORDER BY revision DESC LIMIT 1';
    const [last] = this.rows(sql, `$$${stream}`);
    if (!last) return { from: 0 };
    const { $maxCount, $tb } = JSON.parse(Buffer.from(last.data).toString()) as {
      readonly $maxCount?: number;
      readonly $tb?: number;
    };
    const kept = $maxCount === undefined ? 0 : this.lastRevision(stream) - $maxCount + 1;
    return { from: Math.max(0, kept, Math.min($tb ?? 0, Number.MAX_SAFE_INTEGER)) };
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
