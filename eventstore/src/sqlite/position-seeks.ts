import type Database from 'better-sqlite3';
import type { Position } from '../event-store.js';

/**
 * Looks events up by their positions, the last first: SQLite finds a row that follows the one before
 * it without the inner pages of its tree, and it is these that are tried here.
 */
export class PositionSeeks {
  private readonly count: Database.Statement<[number, number], number>;
  private readonly one: Database.Statement<[number], number>;

  constructor(db: Database.Database) {
    this.count = db
      .prepare<[number, number], number>(
        `WITH RECURSIVE n(p) AS (VALUES (?) UNION ALL SELECT p - 1 FROM n WHERE p > ?)
         SELECT count(*) FROM n CROSS JOIN events e ON e.position = n.p`,
      )
      .pluck();
    this.one = db.prepare<[number], number>('SELECT 1 FROM events WHERE position = ?').pluck();
  }

  /** The first of some positions that leads to no event. */
  firstUnfound(first: Position, last: Position): Position | undefined {
    if (this.count.get(last, first) === last - first + 1) return undefined;
    let unfound: Position | undefined;
    for (let position = last; position >= first; position -= 1) {
      if (this.one.get(position) === undefined) unfound = position;
    }
    return unfound;
  }
}
