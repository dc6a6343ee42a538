import type Database from 'better-sqlite3';
import {
  start,
  type EventFilter,
  type EventMetadata,
  type LogPage,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type StoredEvent,
} from '../event-store.js';
import { commonPart, metadataOffset } from '../stored-form.js';
import { filterCondition, knowParts } from './log-filter.js';
import { idOfHex, logIdIn } from './log-schema.js';
import { openForReading } from './open-log.js';

/** A filtered page looks at no more rows than this, so that it stays a matter of milliseconds. */
const maxRowsLookedAt = 20_000;

type Row = [
  position: number,
  stream: string,
  revision: number,
  type: number,
  version: number,
  id: string,
  data: string,
  metadata: string,
];

const columns =
  'e.position, s.name, e.revision, e.type, e.version, lower(hex(e.id)), e.data, e.metadata';
const joined = `SELECT ${columns} FROM events e JOIN streams s ON s.key = e.stream`;

/**
 * Reads a log file, beside its writer or alone, by prepared statements of its own connection.
 * Synchronous; a page of 1,000 events takes some milliseconds.
 */
export class LogReader {
  readonly logId: string;
  private readonly db: Database.Database;
  private readonly sql: ReturnType<typeof prepare>;
  private readonly filtered = new Map<string, Database.Statement<unknown[], Row>>();
  private typeNames: string[] = [];
  /** The metadata last met that later events may refer to. */
  private shared: { position: number; metadata: EventMetadata } | undefined;

  /** Throws when the file is missing, empty or of another layout. */
  constructor(file: string) {
    this.db = openForReading(file);
    const logId = logIdIn(this.db);
    if (logId === undefined) throw new Error(`${file} holds no log`);
    this.logId = logId;
    this.sql = prepare(this.db);
    knowParts(this.db);
  }

  read(stream: string, { from, direction, limit = 1000 }: ReadOptions = {}): StoredEvent[] {
    const key = this.sql.streamKey.get(stream);
    if (key === undefined) return [];
    const rows =
      direction === 'backwards'
        ? this.sql.backwards.all(key, from ?? Number.MAX_SAFE_INTEGER, limit)
        : this.sql.forwards.all(key, from ?? 0, limit);
    return rows.map((row) => this.toEvent(row));
  }

  readAll({ after = start, limit = 1000, filter }: ReadAllOptions = {}): LogPage {
    const head = this.head();
    if (!filter || Object.keys(filter).length === 0) {
      const events = this.sql.page.all(after, limit).map((row) => this.toEvent(row));
      const upTo = events.at(-1)?.position ?? after;
      return { events, upTo, caughtUp: upTo >= head };
    }
    const until = Math.min(head, after + maxRowsLookedAt);
    // The types are looked up after `until` is fixed: all types up to there are known by then.
    const rows = this.filteredBy(filter).all(after, until, limit);
    const events = rows.map((row) => this.toEvent(row));
    const upTo =
      events.length === limit ? (events.at(-1)?.position ?? after) : Math.max(after, until);
    return { events, upTo, caughtUp: upTo >= head };
  }

  head(): Position {
    return this.sql.head.get() ?? start;
  }

  checkpoint(name: string): Position | undefined {
    return this.sql.checkpoint.get(name);
  }

  get isOpen(): boolean {
    return this.db.open;
  }

  close(): void {
    this.db.close();
  }

  private filteredBy(filter: EventFilter): Database.Statement<unknown[], Row> {
    const where = filterCondition(filter, (type) => this.typeKey(type));
    const known = this.filtered.get(where);
    if (known) return known;
    const statement = this.db
      // CROSS JOIN keeps SQLite from walking the streams first: the log is read in its order.
      .prepare<unknown[], Row>(
        `SELECT ${columns} FROM events e CROSS JOIN streams s ON s.key = e.stream
         WHERE ${where} ORDER BY e.position LIMIT ?`,
      )
      .raw();
    if (this.filtered.size >= 100) this.filtered.clear();
    this.filtered.set(where, statement);
    return statement;
  }

  private typeKey(name: string): number | undefined {
    if (!this.typeNames.includes(name)) this.loadTypes();
    const key = this.typeNames.indexOf(name);
    return key < 0 ? undefined : key;
  }

  private loadTypes(): void {
    for (const { key, name } of this.sql.types.all()) this.typeNames[key] = name;
  }

  private toEvent(row: Row): StoredEvent {
    const [position, stream, revision, type, version, id, data, metadata] = row;
    if (this.typeNames[type] === undefined) this.loadTypes();
    return {
      id: idOfHex(id),
      stream,
      revision,
      position,
      type: this.typeNames[type] ?? '',
      version,
      data: JSON.parse(data) as unknown,
      metadata: this.metadataOf(position, metadata),
    };
  }

  private metadataOf(position: number, text: string): EventMetadata {
    const offset = metadataOffset(text);
    if (offset === 0) return this.full(position, text);
    const first = position - offset;
    if (this.shared?.position !== first) this.full(first, this.sql.metadata.get(first) ?? '{}');
    return this.shared?.metadata ?? this.full(first, '{}');
  }

  private full(position: number, text: string): EventMetadata {
    const metadata = JSON.parse(text) as EventMetadata;
    this.shared = { position, metadata: commonPart(metadata) };
    return metadata;
  }
}

function prepare(db: Database.Database) {
  const rows = (where: string): Database.Statement<unknown[], Row> =>
    db.prepare<unknown[], Row>(`${joined} WHERE ${where} LIMIT ?`).raw();
  return {
    streamKey: db.prepare<[string], number>('SELECT key FROM streams WHERE name = ?').pluck(),
    forwards: rows('e.stream = ? AND e.revision >= ? ORDER BY e.revision'),
    backwards: rows('e.stream = ? AND e.revision <= ? ORDER BY e.revision DESC'),
    page: rows('e.position > ? ORDER BY e.position'),
    head: db.prepare<[], number>('SELECT max(position) FROM events').pluck(),
    metadata: db
      .prepare<[number], string>('SELECT metadata FROM events WHERE position = ?')
      .pluck(),
    types: db.prepare<[], { key: number; name: string }>('SELECT key, name FROM types'),
    checkpoint: db
      .prepare<[string], number>('SELECT position FROM checkpoints WHERE name = ?')
      .pluck(),
  };
}
