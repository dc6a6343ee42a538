import type Database from 'better-sqlite3';

const mostKnown = 200_000;

/** Names of streams or types by the integer that stands for them, each looked up once. */
export class KnownNames {
  private readonly names = new Map<number, string>();
  private readonly sql: Database.Statement<[number], string>;

  constructor(db: Database.Database, table: 'streams' | 'types') {
    this.sql = db.prepare<[number], string>(`SELECT name FROM ${table} WHERE key = ?`).pluck();
  }

  of(key: number): string | undefined {
    const known = this.names.get(key);
    if (known !== undefined) return known;
    if (this.names.size >= mostKnown) this.names.clear();
    const name = this.sql.get(key);
    if (name !== undefined) this.names.set(key, name);
    return name;
  }
}
