import type Database from 'better-sqlite3';
import type { Position } from '../event-store.js';
import type { StreamEntries } from './stream-entries.js';

/** An event that was proven, but is not found where the service looks for it. */
export interface LostEvent {
  readonly position: Position;
  readonly why: string;
}

type Entry = [stream: number, revision: number, position: Position];

const entriesPerPage = 5_000;

/**
 * What the chain does not cover: by what the events of a stream, and streams themselves, are looked up.
 * An event that no lookup leads to would be gone for the service, and still be proven. Yields the
 * first one that is lost, and nothing between pages of some milliseconds.
 *
 * @param entries of all events from a position on
 */
export function* lostEvents(
  db: Database.Database,
  entries: StreamEntries,
  from: Position,
): Generator<LostEvent | undefined> {
  yield lostName(db, entries, from);
  const isLedTo = new Uint8Array(entries.count);
  const page = db
    .prepare<[number, number, number], Entry>(
      `SELECT stream, revision, position FROM events INDEXED BY sqlite_autoindex_events_1
       WHERE (stream, revision) > (?, ?) ORDER BY stream, revision LIMIT ?`,
    )
    .raw();
  for (let [stream, revision] = [-1, -1]; ;) {
    const found = page.all(stream, revision, entriesPerPage);
    for (const [nextStream, nextRevision, position] of found) {
      const place = position - from;
      const isBehind = nextStream > stream || (nextStream === stream && nextRevision > revision);
      // What came while this was read, and what is taken on trust, is passed over.
      const isOurs = place >= 0 && place < entries.count;
      const isSame =
        entries.streamAt(place) === nextStream && entries.revisionAt(place) === nextRevision;
      if (!isBehind || (isOurs && (!isSame || isLedTo[place] === 1))) {
        yield { position, why: 'the index of streams leads to it in a wrong place' };
        return;
      }
      if (isOurs) isLedTo[place] = 1;
      [stream, revision] = [nextStream, nextRevision];
    }
    if (found.length === 0) break;
    yield undefined;
  }
  const missing = isLedTo.indexOf(0);
  if (missing < 0) return;
  yield { position: from + missing, why: 'the index of streams does not lead to it' };
}

function lostName(
  db: Database.Database,
  entries: StreamEntries,
  from: Position,
): LostEvent | undefined {
  const wrong = db.prepare<[], { key: number; isFound: number }>(
    `WITH found AS (
       SELECT s.key, s.name, s.category, EXISTS (
         SELECT 1 FROM streams t INDEXED BY sqlite_autoindex_streams_1
         WHERE t.name = s.name AND +t.key = s.key) AS isFound
       FROM streams s NOT INDEXED)
     SELECT key, isFound FROM found WHERE NOT isFound
       OR category <> substr(name || '-', 1, instr(name || '-', '-') - 1)`,
  );
  for (const { key, isFound } of wrong.iterate()) {
    const place = entries.placeOf(key);
    if (place < 0) continue;
    const why =
      isFound === 1
        ? 'its stream has the category of another one'
        : 'the name of its stream does not lead to it';
    return { position: from + place, why };
  }
  return undefined;
}
