import Database from 'better-sqlite3';
import { readFileSync, writeFileSync } from 'node:fs';
import { auditedDirectory, tamper, type AuditedDirectory } from '../proof/audited.fixtures.js';
import { sampleEvents } from '../sample-events.js';
import { LogReader } from './log-reader.js';
import { verifyLog } from './verify-log.js';

/**
 * Lets the index of streams be that of another table: as a forger would who wants events to be gone
 * for the service, but not for the chain.
 */
const withIndexOf = (rows: string): string => `
  CREATE TABLE shadow (position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL,
    UNIQUE (stream, revision)) STRICT;
  INSERT INTO shadow ${rows};
  PRAGMA writable_schema = ON;
  UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema s WHERE s.name =
      CASE sqlite_schema.name WHEN 'sqlite_autoindex_shadow_1' THEN 'sqlite_autoindex_events_1'
        ELSE 'sqlite_autoindex_shadow_1' END)
    WHERE name IN ('sqlite_autoindex_events_1', 'sqlite_autoindex_shadow_1');
  PRAGMA writable_schema = OFF;`;

/**
 * Lowers the first key on the inner page of the table of events by one: the event with that position
 * is then looked for on the next page. Answers the position.
 */
function lowerFirstKey(file: string): number {
  const db = new Database(file, { readonly: true });
  const root = db
    .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'events'")
    .pluck()
    .get();
  const pageBytes = db.pragma('page_size', { simple: true }) as number;
  db.close();
  const bytes = readFileSync(file);
  const page = ((root ?? 0) - 1) * pageBytes;
  expect(bytes.readUInt8(page)).toBe(5);
  // Behind a header of 12 bytes the places of the cells; behind a cell's child page its key.
  const key = page + bytes.readUInt16BE(page + 12) + 4;
  const position = bytes.readUInt8(key);
  expect(position).toBeLessThan(128);
  bytes.writeUInt8(position - 1, key);
  writeFileSync(file, bytes);
  return position;
}

describe('Where the service looks for events', () => {
  let audited: AuditedDirectory;
  beforeEach(async () => {
    audited = await auditedDirectory();
  });
  afterEach(() => {
    audited.remove();
  });
  const faultOf = async () => (await verifyLog(audited.logFile)).fault;

  it('is an index that leads to each event', async () => {
    tamper(audited.logFile, withIndexOf('SELECT position, stream, revision FROM events'));
    expect(await faultOf()).toBeUndefined();
  });

  it('is checked for events that it does not lead to', async () => {
    const rows = 'SELECT position, stream, revision FROM events WHERE position <> 6';
    tamper(audited.logFile, withIndexOf(rows));
    const reader = new LogReader(audited.logFile);
    expect(reader.read('b-1')).toHaveLength(3);
    reader.close();
    expect(await faultOf()).toEqual({
      ...{ position: 6, stream: 'b-1', revision: 2 },
      why: 'the index of streams does not lead to it',
    });
  });

  it('is checked for events that it leads to in another place', async () => {
    const rows = `SELECT CASE position WHEN 5 THEN 6 WHEN 6 THEN 5 ELSE position END, stream, revision
      FROM events`;
    tamper(audited.logFile, withIndexOf(rows));
    const why = 'the index of streams leads to it in a wrong place';
    expect(await faultOf()).toMatchObject({ position: 6, why });
  });

  it('is checked for events that are read one after the other, but not found by their position', async () => {
    audited.remove();
    audited = await auditedDirectory(async (store) => {
      await store.append('a-1', sampleEvents(200), 'none');
    });
    const position = lowerFirstKey(audited.logFile);
    const reader = new LogReader(audited.logFile);
    expect(reader.readAll().events).toHaveLength(200);
    reader.close();
    expect(await faultOf()).toEqual({
      ...{ position, stream: 'a-1', revision: position - 1 },
      why: 'its position does not lead to it',
    });
  });

  it('is checked for streams of a category that is not theirs', async () => {
    tamper(audited.logFile, "UPDATE streams SET category = 'a' WHERE name = 'c-1'");
    const why = 'its stream has the category of another one';
    expect(await faultOf()).toEqual({ position: 11, stream: 'c-1', revision: 0, why });
  });

  it('is checked for names that do not lead to their stream', async () => {
    tamper(
      audited.logFile,
      `CREATE TABLE shadow (name TEXT NOT NULL UNIQUE) STRICT;
       PRAGMA writable_schema = ON;
       UPDATE sqlite_schema SET rootpage =
         (SELECT rootpage FROM sqlite_schema s WHERE s.name = 'sqlite_autoindex_shadow_1')
         WHERE name = 'sqlite_autoindex_streams_1';
       PRAGMA writable_schema = OFF;`,
    );
    const why = 'the name of its stream does not lead to it';
    expect(await faultOf()).toMatchObject({ position: 1, stream: 'a-1', why });
  });
});
