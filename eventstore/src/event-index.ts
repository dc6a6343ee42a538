import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { start, type EventStore, type Position } from './event-store.js';

const layout = 1;
const tables = `
  CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE ids (id BLOB PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Where events and commands stand in a log, by their ids. A file of its own that may be deleted: it
 * goes on from where it was whenever somebody asks, so it costs nothing while nobody does.
 */
export class EventIndex {
  private going: Promise<void> = Promise.resolve();

  private constructor(
    private readonly db: Database.Database,
    private readonly log: Pick<EventStore, 'readAll' | 'head'>,
  ) {}

  /** @param file `:memory:` for one that lives as long as the process */
  static open(file: string, log: Pick<EventStore, 'readAll' | 'head' | 'logId'>): EventIndex {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    const own = `${layout}/${log.logId}`;
    if (db.pragma('user_version', { simple: true }) === 0) {
      db.exec(tables);
      db.pragma('user_version = 1');
    }
    const index = new EventIndex(db, log);
    // Of another log nothing can be taken.
    if (index.stated('log') !== own) {
      db.exec('DELETE FROM ids; DELETE FROM state');
      index.state('log', own);
    }
    return index;
  }

  /** The position of the event of this id, or of the first event that the command of this id made. */
  async find(id: string): Promise<Position | undefined> {
    this.going = this.going.then(
      () => this.goOn(),
      () => this.goOn(),
    );
    await this.going;
    return this.db
      .prepare<[Buffer], number>('SELECT position FROM ids WHERE id = ?')
      .pluck()
      .get(bytesOf(id));
  }

  close(): void {
    this.db.close();
  }

  private async goOn(): Promise<void> {
    const insert = this.db.prepare('INSERT OR IGNORE INTO ids VALUES (?, ?)');
    for (let after = Number(this.stated('position') ?? start), caughtUp = false; !caughtUp;) {
      const page = await this.log.readAll({ after });
      this.db.transaction(() => {
        for (const { id, position, metadata } of page.events) {
          insert.run(bytesOf(id), position);
          if (metadata.command) insert.run(bytesOf(metadata.commandId), position);
        }
        this.state('position', String(page.upTo));
      })();
      ({ upTo: after, caughtUp } = page);
      await nextTurn();
    }
  }

  private stated(name: string): string | undefined {
    return this.db
      .prepare<[string], string>('SELECT value FROM state WHERE name = ?')
      .pluck()
      .get(name);
  }

  private state(name: string, value: string): void {
    this.db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?)').run(name, value);
  }
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
