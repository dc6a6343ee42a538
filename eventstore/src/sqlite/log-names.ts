import type Database from 'better-sqlite3';
import { categoryOf } from '../event-store.js';
import { noRevision } from '../expectation.js';

/** A stream as its writer knows it. */
export interface KnownStream {
  readonly key: number;
  /** Last revision, -1 before the first event; the writer advances it. */
  head: number;
}

const maxKnownStreams = 50_000;

/** Turns names of streams and types into the integers that stand for them in the tables. */
export class LogNames {
  private readonly sql: ReturnType<typeof prepare>;
  private readonly streams = new Map<string, KnownStream>();
  private readonly types = new Map<string, number>();

  constructor(db: Database.Database) {
    this.sql = prepare(db);
  }

  stream(name: string): KnownStream | undefined {
    const known = this.streams.get(name);
    if (known) return known;
    const key = this.sql.streamKey.get(name);
    if (key === undefined) return undefined;
    return this.remember(name, { key, head: this.sql.streamHead.get(key) ?? noRevision });
  }

  addStream(name: string): KnownStream {
    const key = Number(this.sql.addStream.run(name, categoryOf(name)).lastInsertRowid);
    return this.remember(name, { key, head: noRevision });
  }

  /** The key of a type, added when it is new. */
  typeKey(name: string): number {
    const known = this.types.get(name) ?? this.sql.typeKey.get(name);
    const key = known ?? Number(this.sql.addType.run(name).lastInsertRowid);
    this.types.set(name, key);
    return key;
  }

  /** Forgets what may have been rolled back. */
  forget(): void {
    this.streams.clear();
    this.types.clear();
  }

  private remember(name: string, stream: KnownStream): KnownStream {
    if (this.streams.size >= maxKnownStreams) this.streams.clear();
    this.streams.set(name, stream);
    return stream;
  }
}

function prepare(db: Database.Database) {
  return {
    streamKey: db.prepare<[string], number>('SELECT key FROM streams WHERE name = ?').pluck(),
    streamHead: db
      .prepare<[number], number | null>('SELECT max(revision) FROM events WHERE stream = ?')
      .pluck(),
    addStream: db.prepare('INSERT INTO streams (name, category) VALUES (?, ?)'),
    typeKey: db.prepare<[string], number>('SELECT key FROM types WHERE name = ?').pluck(),
    addType: db.prepare('INSERT INTO types (name) VALUES (?)'),
  };
}
