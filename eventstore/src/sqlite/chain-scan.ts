import type Database from 'better-sqlite3';
import { start, type Position } from '../event-store.js';
import { chainHash, chainStart } from '../hash-chain.js';
import type { LogFault } from '../log-verification.js';
import { exactText } from './exact-text.js';
import { idOfHex } from './log-schema.js';

type Row = [
  position: number,
  stream: string | null,
  revision: number,
  type: string | null,
  version: number,
  id: string,
  hash: string,
  data: string,
  metadata: string,
];

const rowsPerPage = 2000;

/** The chain's hash at a position, 64 hex digits. */
export const hashAt = (db: Database.Database, position: Position): string | undefined =>
  db
    .prepare<[number], string>('SELECT lower(hex(hash)) FROM events WHERE position = ?')
    .pluck()
    .get(position);

/** A walk along the chain, page by page, up to its end or its first fault. */
export class ChainScan {
  fault: LogFault | undefined;
  events = 0;
  position: Position;
  hash: string;
  readonly total: number;
  private readonly page: Database.Statement<unknown[], Row>;
  private readonly revisions = new Map<string, number>();

  constructor(
    private readonly db: Database.Database,
    private readonly from: Position,
    private readonly onLink?: (hash: string) => void,
  ) {
    this.position = from - 1;
    this.hash = hashAt(db, this.position) ?? chainStart;
    const head = db.prepare<[], number>('SELECT max(position) FROM events').pluck().get() ?? start;
    this.total = Math.max(0, head - this.position);
    this.page = db
      .prepare<unknown[], Row>(
        `SELECT e.position, s.name, e.revision, t.name, e.version, lower(hex(e.id)),
           lower(hex(e.hash)), e.data, e.metadata
         FROM events e LEFT JOIN streams s ON s.key = e.stream LEFT JOIN types t ON t.key = e.type
         WHERE e.position > ? ORDER BY e.position LIMIT ${rowsPerPage}`,
      )
      .raw();
  }

  /** Whether there may be more. */
  readPage(): boolean {
    let rows: Row[];
    try {
      rows = this.page.all(this.position);
    } catch (error) {
      const why = `the file cannot be read on: ${(error as Error).message}`;
      this.fault = { position: this.position + 1, why };
      return false;
    }
    for (const row of rows) {
      if (!this.check(row)) return false;
    }
    return rows.length > 0;
  }

  private check(row: Row): boolean {
    const [position, stream, revision, , , , hash] = row;
    if (position !== this.position + 1) {
      const why = `positions ${this.position + 1} to ${position - 1} are missing`;
      this.fault = { position: this.position + 1, why };
      return false;
    }
    const why = this.whyBad(row);
    if (why) {
      this.fault = { position, revision, why, ...(stream !== null && { stream }) };
      return false;
    }
    this.events += 1;
    this.position = position;
    this.hash = hash;
    this.onLink?.(hash);
    return true;
  }

  private whyBad(row: Row): string | undefined {
    const [position, stream, revision, type, version, id, hash] = row;
    if (stream === null) return 'its stream has no name';
    if (type === null) return 'its type has no name';
    const [data, metadata] = exactText(this.db, position, row[7], row[8]);
    const event = { stream, revision, id: idOfHex(id), type, version, data, metadata };
    if (chainHash(this.hash, event) !== hash)
      return 'its content or the hash before it was altered';
    const previous = this.revisions.get(stream) ?? (this.from > 1 ? revision - 1 : -1);
    this.revisions.set(stream, revision);
    return revision === previous + 1 ? undefined : `it follows revision ${previous} of its stream`;
  }
}
