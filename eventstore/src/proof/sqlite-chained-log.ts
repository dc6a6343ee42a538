import type Database from 'better-sqlite3';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { chainStart } from '../hash-chain.js';
import { idOfHex, logIdIn } from '../sqlite/log-schema.js';
import { openForReading } from '../sqlite/open-log.js';
import { exactText } from '../sqlite/exact-text.js';
import type { ChainedLog, LinkedEvent } from './chained-log.js';

const eventsPerPage = 500;
const hashesPerPage = 1_000;

type Row = Omit<LinkedEvent, 'index' | 'previous' | 'kept' | 'data' | 'metadata'> & {
  readonly data: string;
  readonly metadata: string;
};

/** Opens an embedded log to read it beside its service. Throws when the file is no log. */
export function sqliteChainedLog(file: string): ChainedLog {
  const db = openForReading(file);
  try {
    const logId = logIdIn(db);
    if (logId === undefined) throw new Error(`${file} holds no log`);
    return { logId, store: 'embedded', ...readsOf(db) };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Positions count the events, so an index is the position before. */
function readsOf(db: Database.Database): Omit<ChainedLog, 'logId' | 'store'> {
  const sql = prepare(db);
  const sizeNow = () => sql.head.get() ?? 0;
  const linked = (row: Row, previous: string): LinkedEvent => {
    const [data, metadata] = exactText(db, row.position, row.data, row.metadata);
    const index = row.position - 1;
    return { ...row, id: idOfHex(row.id), data, metadata, index, previous, kept: row.hash };
  };
  return {
    size: () => Promise.resolve(sizeNow()),
    unsealed: () => Promise.resolve(0),
    async *hashes(from) {
      for (let after = from; ;) {
        const rows = sql.hashes.all(after, hashesPerPage);
        if (rows.length === 0) return;
        yield rows;
        after += rows.length;
        await nextTurn();
      }
    },
    async *events(from) {
      let [after, previous] = [from, sql.hashAt.get(from) ?? chainStart];
      for (;;) {
        const rows = sql.events.all(after, eventsPerPage);
        const page = rows.map((row) => {
          const event = linked(row, previous);
          ({ hash: previous } = row);
          return event;
        });
        const last = page.at(-1);
        if (!last) return;
        yield page;
        after = last.position;
        await nextTurn();
      }
    },
    find: (event) => {
      const position = typeof event === 'number' ? event : sql.positionOf.get(event);
      const isThere = position !== undefined && position >= 1 && position <= sizeNow();
      return Promise.resolve(isThere ? position - 1 : undefined);
    },
    close: () => {
      db.close();
      return Promise.resolve();
    },
  };
}

const prepare = (db: Database.Database) => ({
  head: db.prepare<[], number | null>('SELECT max(position) FROM events').pluck(),
  hashAt: db
    .prepare<[number], string>('SELECT lower(hex(hash)) FROM events WHERE position = ?')
    .pluck(),
  hashes: db
    .prepare<[number, number], Buffer>(
      'SELECT hash FROM events WHERE position > ? ORDER BY position LIMIT ?',
    )
    .pluck(),
  positionOf: db
    .prepare<[string], number>("SELECT position FROM events WHERE id = unhex(?, '-')")
    .pluck(),
  // A name that is lost is told as none: the chain's hash then tells that it was another one.
  events: db.prepare<[number, number], Row>(
    `SELECT e.position, coalesce(s.name, '') AS stream, e.revision, coalesce(t.name, '') AS type,
       e.version, lower(hex(e.id)) AS id, lower(hex(e.hash)) AS hash, e.data, e.metadata
     FROM events e LEFT JOIN streams s ON s.key = e.stream LEFT JOIN types t ON t.key = e.type
     WHERE e.position > ? ORDER BY e.position LIMIT ?`,
  ),
});
