import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { StoreUnavailable } from './event-store.js';
import type { KeptKey } from './copy/raw-log.js';
import { masterIdOf, unwrapKey, wrapKey } from './key-wrapping.js';
import type { SubjectKeys } from './subject-keys.js';

/** The key store cannot be opened as it stands; the message says what to do. */
export class KeysUnusable extends Error {
  override readonly name = 'KeysUnusable';
}

export interface KeyStoreOptions {
  /** `keys.db`, apart from log and read models. */
  readonly file: string;
  /** 32 bytes; each subject's key is wrapped with it. */
  readonly master: Uint8Array;
  /** Last position of the log: a log with events has a key store already. */
  readonly logHead: number;
}

const tables = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE keys (subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE erased (subject TEXT PRIMARY KEY, erasedAt TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
const mostCached = 10_000;

/**
 * One random key of each subject's own in a small database file. Keys asked for in one turn of the
 * event loop are committed together, in this thread: a council meets some dozens of new people a
 * day, so its commits wait for the disk far less often than the log's writer thread does.
 */
export class KeyStore implements SubjectKeys {
  private readonly cache = new Map<string, Uint8Array>();
  private readonly erasedSubjects: Set<string>;
  private unsaved = new Map<string, Uint8Array>();
  private saving: Promise<void> | undefined;

  private constructor(
    private readonly db: Database.Database,
    private master: Uint8Array,
  ) {
    const rows = db.prepare<[], string>('SELECT subject FROM erased').pluck().all();
    this.erasedSubjects = new Set(rows);
  }

  /** Throws `KeysUnusable` when the file is missing beside a log, or of another master key. */
  static open({ file, master, logHead }: KeyStoreOptions): KeyStore {
    if (!existsSync(file) && logHead > 0) throw new KeysUnusable(missing(file, logHead));
    const db = new Database(file);
    try {
      harden(db);
      if (!isMade(db)) make(db, master);
      const wanted = metaIn(db, 'master');
      if (wanted !== masterIdOf(master)) throw new KeysUnusable(wrongMaster(wanted, master));
      return new KeyStore(db, master);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** The id of the master key that a file's keys are wrapped with. */
  static masterIdIn(file: string): string | undefined {
    if (!existsSync(file)) return undefined;
    const db = new Database(file);
    try {
      return isMade(db) ? metaIn(db, 'master') : undefined;
    } finally {
      db.close();
    }
  }

  keyFor(subject: string): Uint8Array | undefined {
    if (this.erasedSubjects.has(subject)) return undefined;
    const known = this.existingKey(subject);
    if (known) return known;
    const key = randomBytes(32);
    this.unsaved.set(subject, key);
    return key;
  }

  existingKey(subject: string): Uint8Array | undefined {
    const known = this.unsaved.get(subject) ?? this.cache.get(subject);
    if (known) return known;
    const wrapped = this.db
      .prepare<[string], Buffer>('SELECT wrapped FROM keys WHERE subject = ?')
      .pluck()
      .get(subject);
    if (!wrapped) return undefined;
    const key = unwrapKey(wrapped, subject, this.master);
    this.remember(subject, key);
    return key;
  }

  isErased(subject: string): boolean {
    return this.erasedSubjects.has(subject);
  }

  erase(subject: string): void {
    this.unsaved.delete(subject);
    this.cache.delete(subject);
    this.erasedSubjects.add(subject);
    this.db.transaction(() => {
      this.db.prepare('DELETE FROM keys WHERE subject = ?').run(subject);
      this.db
        .prepare('INSERT OR IGNORE INTO erased (subject, erasedAt) VALUES (?, ?)')
        .run(subject, new Date().toISOString());
    })();
    this.settleFile();
  }

  durable(): Promise<void> | undefined {
    if (this.unsaved.size === 0) return undefined;
    this.saving ??= new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        this.saving = undefined;
        try {
          this.save();
          resolve();
        } catch (error) {
          reject(unwritable(error));
        }
      });
    });
    return this.saving;
  }

  /** How many subjects have a key. */
  get count(): number {
    return this.db.prepare<[], number>('SELECT count(*) FROM keys').pluck().get() ?? 0;
  }

  /** Up to which position of the log erasures were applied here. */
  get erasuresAppliedUpTo(): number {
    return Number(metaIn(this.db, 'erasuresAppliedUpTo') ?? 0);
  }

  set erasuresAppliedUpTo(position: number) {
    setMeta(this.db, 'erasuresAppliedUpTo', String(position));
  }

  get masterId(): string {
    return masterIdOf(this.master);
  }

  /**
   * Wraps every key with another master key, in one transaction: a power cut leaves all keys under
   * the old one or all under the new one. Each new wrap is opened again before it is kept.
   */
  rotate(master: Uint8Array): number {
    this.save();
    const old = this.master;
    const all = this.db
      .prepare<[], { subject: string; wrapped: Buffer }>('SELECT subject, wrapped FROM keys')
      .all();
    const update = this.db.prepare('UPDATE keys SET wrapped = ? WHERE subject = ?');
    this.db.transaction(() => {
      for (const { subject, wrapped } of all) {
        const key = unwrapKey(wrapped, subject, old);
        const again = wrapKey(key, subject, master);
        if (!Buffer.from(unwrapKey(again, subject, master)).equals(key)) {
          throw new Error(`the key of ${subject} could not be wrapped again`);
        }
        update.run(again, subject);
      }
      setMeta(this.db, 'master', masterIdOf(master));
    })();
    this.master = master;
    this.settleFile();
    return all.length;
  }

  close(): void {
    if (!this.db.open) return;
    this.save();
    this.settleFile();
    this.db.close();
  }

  private save(): void {
    if (this.unsaved.size === 0) return;
    const fresh = this.unsaved;
    const insert = this.db.prepare('INSERT INTO keys (subject, wrapped) VALUES (?, ?)');
    this.db.transaction(() => {
      for (const [subject, key] of fresh) insert.run(subject, wrapKey(key, subject, this.master));
    })();
    this.unsaved = new Map();
    for (const [subject, key] of fresh) this.remember(subject, key);
  }

  private remember(subject: string, key: Uint8Array): void {
    if (this.cache.size >= mostCached) this.cache.clear();
    this.cache.set(subject, key);
  }

  /** Empties the write-ahead log, where an old wrap would stay readable. */
  private settleFile(): void {
    this.db.pragma('wal_checkpoint(TRUNCATE)');
  }
}

/** A lost key loses a person's record, so every commit waits for the disk. */
function harden(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  // The library's default on a file that is opened again is not FULL (design section 4).
  const synchronous = db.pragma('synchronous', { simple: true });
  const secure = db.pragma('secure_delete', { simple: true });
  if (synchronous !== 2 || secure !== 1) throw new Error('keys.db cannot be opened durably');
}

const isMade = (db: Database.Database): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get() !== undefined;

const make = (db: Database.Database, master: Uint8Array): void =>
  db.transaction(() => {
    db.exec(tables);
    setMeta(db, 'master', masterIdOf(master));
  })();

/** A `keys.db` of keys that are wrapped already, and of people whose keys are gone. */
export function makeKeysFile(
  db: Database.Database,
  masterId: string,
  keys: readonly KeptKey[],
): void {
  harden(db);
  const key = 'INSERT INTO keys (subject, wrapped) VALUES (?, ?)';
  const gone = 'INSERT INTO erased (subject, erasedAt) VALUES (?, ?)';
  db.transaction(() => {
    db.exec(tables);
    setMeta(db, 'master', masterId);
    for (const each of keys) {
      if ('wrapped' in each) db.prepare(key).run(each.subject, each.wrapped);
      else db.prepare(gone).run(each.subject, each.erasedAt);
    }
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
}

const metaIn = (db: Database.Database, name: string): string | undefined =>
  db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck().get(name);

function setMeta(db: Database.Database, name: string, value: string): void {
  db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)').run(name, value);
}

const missing = (file: string, events: number): string =>
  `There is no ${file} beside a log of ${events} events. Bring it back from its backup: without it ` +
  'nobody can read who the people in the log are. A data directory made before each person had a ' +
  'key of their own has none; remove that directory and begin anew.';

const wrongMaster = (wanted: string | undefined, master: Uint8Array): string =>
  `The keys of people are wrapped with the master key ${wanted ?? 'of another file'}, but ` +
  `${masterIdOf(master)} was given. Set MASTER_KEY to the one of the last rotation, or bring ` +
  'master.key back from its backup.';

const unwritable = (error: unknown): Error => {
  const cause = error instanceof Error ? error : new Error(String(error));
  return new StoreUnavailable(`people's keys cannot be written: ${cause.message}`);
};
