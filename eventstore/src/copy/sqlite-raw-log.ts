import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { idOfHex, logIdIn } from '../sqlite/log-schema.js';
import { openForReading } from '../sqlite/open-log.js';
import { CopyRefused, type KeptKey, type RawEvent, type RawLog } from './raw-log.js';

const rowsPerPage = 2_000;

type Row = Omit<RawEvent, 'id'> & { readonly id: string };

/** Opens the files of an embedded log to read them as they lie. */
export function sqliteRawLog(directory: string): RawLog {
  const file = join(directory, 'events.db');
  if (!existsSync(file)) throw new CopyRefused(`There is no log at ${file}.`);
  const db = openForReading(file);
  const page = db.prepare<[number, number], Row>(
    `SELECT e.position, s.name AS stream, e.revision, t.name AS type, e.version,
       lower(hex(e.id)) AS id, e.data, e.metadata
     FROM events e JOIN streams s ON s.key = e.stream JOIN types t ON t.key = e.type
     WHERE e.position > ? ORDER BY e.position LIMIT ?`,
  );
  return {
    logId: logIdIn(db),
    get total() {
      const count = db.prepare<[], number | null>('SELECT max(position) FROM events').pluck();
      return count.get() ?? 0;
    },
    async *events() {
      for (let after = 0; ;) {
        const rows = page.all(after, rowsPerPage).map((row) => ({ ...row, id: idOfHex(row.id) }));
        const last = rows.at(-1);
        if (!last) return;
        yield rows;
        after = last.position;
        await new Promise(setImmediate);
      }
    },
    checkpoints: () => {
      const rows = db.prepare<[], { name: string; position: number }>('SELECT * FROM checkpoints');
      return Promise.resolve(new Map(rows.all().map(({ name, position }) => [name, position])));
    },
    keys: () => keysIn(join(directory, 'keys.db')),
    close: () => {
      db.close();
      return Promise.resolve();
    },
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- the other store's keys are fetched
async function* keysIn(file: string): AsyncGenerator<KeptKey> {
  if (!existsSync(file)) return;
  const db = new Database(file, { readonly: true });
  try {
    const masterOf = db.prepare<[], string>("SELECT value FROM meta WHERE name = 'master'").pluck();
    const masterId = masterOf.get() ?? '';
    const kept = db.prepare<[], { subject: string; wrapped: Buffer }>('SELECT * FROM keys');
    for (const key of kept.all()) yield { ...key, masterId };
    const erased = db.prepare<[], { subject: string; erasedAt: string }>('SELECT * FROM erased');
    yield* erased.all();
  } finally {
    db.close();
  }
}
