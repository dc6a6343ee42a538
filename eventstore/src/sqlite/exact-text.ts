import type Database from 'better-sqlite3';
import type { Position } from '../event-store.js';

const replaced = '\uFFFD';
const sql = 'SELECT CAST(data AS BLOB), CAST(metadata AS BLOB) FROM events WHERE position = ?';

/** Data and metadata of an event: text that may hide bytes which are no UTF-8 (they read as U+FFFD) as its bytes. */
export function exactText(
  db: Database.Database,
  position: Position,
  data: string,
  metadata: string,
): readonly [string | Uint8Array, string | Uint8Array] {
  if (!data.includes(replaced) && !metadata.includes(replaced)) return [data, metadata];
  return db.prepare<[number], [Buffer, Buffer]>(sql).raw().get(position) ?? [data, metadata];
}
