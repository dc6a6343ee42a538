import type Database from 'better-sqlite3';
import { start, type Position } from '../event-store.js';
import { chainHash, chainStart } from '../hash-chain.js';
import type { LogFault } from '../log-verification.js';
import { exactText } from './exact-text.js';
import { KnownNames } from './known-names.js';
import { idOfHex } from './log-schema.js';
import { PositionSeeks } from './position-seeks.js';
import { StreamEntries, type PlainEntries } from './stream-entries.js';

type Row = [
  position: number,
  stream: number,
  revision: number,
  type: number,
  version: number,
  /** 32 hex digits of the id, 64 of the hash: one column costs less than two. */
  idAndHash: string,
  data: string,
  metadata: string,
];

const rowsPerPage = 2000;
const idDigits = 32;

/** The chain's hash at a position, 64 hex digits. */
export const hashAt = (db: Database.Database, position: Position): string | undefined =>
  db
    .prepare<[number], string>('SELECT lower(hex(hash)) FROM events WHERE position = ?')
    .pluck()
    .get(position);

/** The last position of a log. */
export const headOf = (db: Database.Database): Position =>
  db.prepare<[], number>('SELECT max(position) FROM events').pluck().get() ?? start;

/** The revision and position at which a stretch of the log first meets a stream. */
export type FirstMet = readonly [revision: number, position: Position];

/** What a walk along a stretch of the chain came to. */
export interface ScannedPart {
  readonly fault?: LogFault | undefined;
  readonly unfound?: Position | undefined;
  readonly events: number;
  readonly position: Position;
  readonly hash: string;
  readonly entries: PlainEntries;
  readonly firsts: ReadonlyMap<string, FirstMet>;
  readonly lasts: ReadonlyMap<string, number>;
}

/** A walk along the chain, page by page, up to its end or its first fault. */
export class ChainScan {
  fault: LogFault | undefined;
  events = 0;
  position: Position;
  hash: string;
  private readonly entries = new StreamEntries();
  /** Of each stream that goes on from before the first position, and the last of every stream. */
  private readonly firsts = new Map<string, FirstMet>();
  private readonly lasts = new Map<string, number>();
  private readonly streams: KnownNames;
  private readonly types: KnownNames;
  private readonly page: Database.Statement<[number, number], Row>;
  private readonly seeks: PositionSeeks;
  /** The first event that is in the log, but not found by its position. */
  unfound: Position | undefined;

  /** @param until the last position to look at; the log is to reach it */
  constructor(
    private readonly db: Database.Database,
    private readonly from: Position,
    private readonly until = Number.MAX_SAFE_INTEGER,
  ) {
    this.position = from - 1;
    this.hash = hashAt(db, this.position) ?? chainStart;
    this.page = db
      .prepare<[number, number], Row>(
        `SELECT position, stream, revision, type, version, lower(hex(id) || hex(hash)), data,
           metadata
         FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ${rowsPerPage}`,
      )
      .raw();
    this.streams = new KnownNames(db, 'streams');
    this.types = new KnownNames(db, 'types');
    this.seeks = new PositionSeeks(db);
  }

  /** Whether there may be more. */
  readPage(): boolean {
    try {
      const rows = this.page.all(this.position, this.until);
      for (const row of rows) {
        if (!this.check(row)) return false;
      }
      const first = this.position - rows.length + 1;
      if (rows.length > 0) this.unfound ??= this.seeks.firstUnfound(first, this.position);
      else this.fault = this.missingAtEnd();
      return rows.length > 0;
    } catch (error) {
      this.fault = unreadableBehind(this.position, error);
      return false;
    }
  }

  get result(): ScannedPart {
    const { fault, unfound, events, position, hash, firsts, lasts } = this;
    return { fault, unfound, events, position, hash, firsts, lasts, entries: this.entries.plain };
  }

  /** Where another part of the log follows, there are events up to it. */
  private missingAtEnd(): LogFault | undefined {
    if (this.until === Number.MAX_SAFE_INTEGER || this.position === this.until) return undefined;
    const next = this.db
      .prepare<[number], number>('SELECT min(position) FROM events WHERE position > ?')
      .pluck()
      .get(this.position);
    return missing(this.position + 1, (next ?? this.until + 1) - 1);
  }

  private check(row: Row): boolean {
    const [position, key, revision] = row;
    if (position !== this.position + 1) {
      this.fault = missing(this.position + 1, position - 1);
      return false;
    }
    const stream = this.streams.of(key);
    const why = this.whyBad(row, stream);
    if (why) {
      this.fault = { position, revision, why, ...(stream !== undefined && { stream }) };
      return false;
    }
    this.events += 1;
    this.position = position;
    this.hash = row[5].slice(idDigits);
    this.entries.add(key, revision);
    return true;
  }

  private whyBad(row: Row, stream: string | undefined): string | undefined {
    const [position, , revision, typeKey, version, idAndHash] = row;
    const type = this.types.of(typeKey);
    if (stream === undefined) return 'its stream has no name';
    if (type === undefined) return 'its type has no name';
    const [data, metadata] = exactText(this.db, position, row[6], row[7]);
    const event = {
      stream,
      revision,
      id: idOfHex(idAndHash.slice(0, idDigits)),
      type,
      version,
      data,
      metadata,
    };
    if (chainHash(this.hash, event) !== idAndHash.slice(idDigits))
      return 'its content or the hash before it was altered';
    return this.whyOutOfOrder(stream, revision, position);
  }

  private whyOutOfOrder(stream: string, revision: number, position: Position): string | undefined {
    const previous = this.lasts.get(stream);
    this.lasts.set(stream, revision);
    if (previous === undefined && this.from > 1) {
      this.firsts.set(stream, [revision, position]);
      return undefined;
    }
    return whyNotBehind(previous, revision);
  }
}

const missing = (first: Position, last: Position): LogFault => ({
  position: first,
  why: `positions ${first} to ${last} are missing`,
});

/** Why a revision is not the one behind another, `undefined` where it is. */
export const whyNotBehind = (previous = -1, revision: number): string | undefined =>
  revision === previous + 1 ? undefined : `it follows revision ${previous} of its stream`;

export const unreadableBehind = (position: Position, error: unknown): LogFault => {
  const why = `the file cannot be read on: ${(error as Error).message}`;
  return { position: position + 1, why };
};
