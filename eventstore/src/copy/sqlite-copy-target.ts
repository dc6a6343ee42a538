import Database from 'better-sqlite3';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from '../event-store.js';
import { makeKeysFile } from '../key-store.js';
import { lockDataDirectory, type DataDirectoryLock } from '../lock.js';
import { openSqliteStore, type SqliteStore } from '../sqlite/sqlite.store.js';
import { newEventsOf } from './new-events.js';
import {
  CopyRefused,
  type CopyTarget,
  type KeptKey,
  type RawEvent,
  type RawLog,
} from './raw-log.js';
import { sqliteRawLog } from './sqlite-raw-log.js';

/** So many appends are on their way at once; the writer keeps their order. */
const window = 512;
const moved = ['events.db', 'checkpoint.json', 'keys.db'] as const;

/**
 * Copies into `copying/` of a data directory, where no service looks; what is finished is moved to
 * its place.
 */
export class SqliteCopyTarget implements CopyTarget {
  private onTheWay: Promise<unknown>[] = [];

  private constructor(
    private readonly directory: string,
    private readonly lock: DataDirectoryLock,
    private store: SqliteStore | undefined,
  ) {}

  static async open(directory: string): Promise<SqliteCopyTarget> {
    const taken = moved.find((name) => existsSync(join(directory, name)));
    if (taken !== undefined) {
      throw new CopyRefused(`${join(directory, taken)} exists. Copy into an empty directory.`);
    }
    mkdirSync(directory, { recursive: true });
    const lock = lockDataDirectory(directory);
    try {
      const store = await openSqliteStore({ file: join(directory, 'copying', 'events.db') });
      return new SqliteCopyTarget(directory, lock, store);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get raw(): RawLog {
    return sqliteRawLog(this.copying);
  }

  async append(group: readonly RawEvent[]): Promise<void> {
    const { stream, events, expected } = newEventsOf(group);
    const appending = this.open.append(stream, events, expected);
    // Awaited with the others: the writer takes them in this order.
    appending.catch(() => undefined);
    this.onTheWay.push(appending);
    if (this.onTheWay.length >= window) await this.settled();
  }

  async settled(): Promise<void> {
    await Promise.all(this.onTheWay.splice(0));
  }

  saveCheckpoint(name: string, position: Position): Promise<void> {
    return this.open.saveCheckpoint(name, position);
  }

  async saveKeys(keys: AsyncIterable<KeptKey>): Promise<number> {
    const file = join(this.copying, 'keys.db');
    rmSync(file, { force: true });
    const all: KeptKey[] = [];
    for await (const key of keys) all.push(key);
    const masters = new Set(all.flatMap((key) => ('masterId' in key ? [key.masterId] : [])));
    if (masters.size > 1) {
      throw new CopyRefused(
        'People’s keys are wrapped with two master keys. Finish the rotation first.',
      );
    }
    const [masterId] = masters;
    // Without any key the first start makes the file with its own master key.
    if (masterId === undefined) return 0;
    const db = new Database(file);
    makeKeysFile(db, masterId, all);
    db.close();
    return all.length;
  }

  async finish(): Promise<string> {
    const { logId } = this.open;
    await this.store?.close();
    this.store = undefined;
    for (const name of moved) {
      const from = join(this.copying, name);
      if (existsSync(from)) renameSync(from, join(this.directory, name));
    }
    rmSync(this.copying, { recursive: true });
    return logId;
  }

  async close(): Promise<void> {
    await this.store?.close();
    this.lock.release();
  }

  private get copying(): string {
    return join(this.directory, 'copying');
  }

  private get open(): SqliteStore {
    if (!this.store) throw new Error('the copy is finished');
    return this.store;
  }
}
