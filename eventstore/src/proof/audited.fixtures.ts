import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../event-store.js';
import { chainHash, type ChainedEvent } from '../hash-chain.js';
import { sampleEvent, sampleEvents } from '../sample-events.js';
import { idOfHex } from '../sqlite/log-schema.js';
import { openSqliteStore } from '../sqlite/sqlite.store.js';
import { AuditSigningKey } from './audit-key.js';

/** Twelve events in five appends: streams `a-1` (0 to 5), `b-1` (0 to 3), `c-1` (0, 1). */
export async function fillWithTwelve(store: EventStore): Promise<void> {
  await store.append('a-1', sampleEvents(3), 'none');
  await store.append('b-1', sampleEvents(4), 'none');
  const odd = sampleEvent({ data: { text: 'odd \ufffd “sign”', 10: 1.5e300, 2: -0 } });
  await store.append('a-1', [odd, ...sampleEvents(2)], 2);
  const metadata = { ...sampleEvent().metadata, rules: 3 };
  await store.append('c-1', sampleEvents(2, { metadata }), 'none');
}

/** A data directory with a log and a key to sign it with. */
export interface AuditedDirectory {
  readonly dataDir: string;
  readonly logFile: string;
  readonly key: AuditSigningKey;
  remove(): void;
}

export async function auditedDirectory(
  fill: (store: EventStore) => Promise<void> = fillWithTwelve,
): Promise<AuditedDirectory> {
  const dataDir = mkdtempSync(join(tmpdir(), 'audited-'));
  const logFile = join(dataDir, 'events.db');
  const store = await openSqliteStore({ file: logFile });
  await fill(store);
  await store.close();
  const key = AuditSigningKey.ofPem(AuditSigningKey.newPem());
  const remove = () => {
    rmSync(dataDir, { recursive: true });
  };
  return { dataDir, logFile, key, remove };
}

/** Opens the log, appends and closes it. */
export async function appended(file: string, stream: string, count: number): Promise<void> {
  const store = await openSqliteStore({ file });
  await store.append(stream, sampleEvents(count), 'none');
  await store.close();
}

/** Changes a log as someone would who can write the file and takes the triggers away. */
export function tamper(file: string, change: ((db: Database.Database) => void) | string): void {
  const db = new Database(file);
  db.unsafeMode();
  const triggers = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
  for (const name of triggers.pluck().all()) db.exec(`DROP TRIGGER ${name}`);
  db.pragma('foreign_keys = OFF');
  if (typeof change === 'string') db.exec(change);
  else change(db);
  db.close();
}

/** Gives every event a hash that fits, as a forger would who knows the chain. */
export function rechain(db: Database.Database): void {
  const rows = db.prepare<[], ChainedEvent & { readonly position: number }>(
    `SELECT position, s.name AS stream, revision, t.name AS type, version, lower(hex(id)) AS id,
       data, metadata FROM events e JOIN streams s ON s.key = stream JOIN types t ON t.key = type
     ORDER BY position`,
  );
  const update = db.prepare('UPDATE events SET hash = unhex(?) WHERE position = ?');
  let hash = '0'.repeat(64);
  for (const row of rows.all()) {
    hash = chainHash(hash, { ...row, id: idOfHex(row.id) });
    update.run(hash, row.position);
  }
}
