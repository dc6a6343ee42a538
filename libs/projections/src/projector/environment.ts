import type { Database } from 'better-sqlite3';
import type { Position } from '#eventstore/event-store.js';
import type { EnvironmentFold } from './definition.js';

/** The projection's small document during the fold; every value is kept with its position. */
export class Environment implements EnvironmentFold<unknown> {
  private value: unknown;
  private changed = false;
  private readonly save;

  /** @param beforeChange is called while the old value still is in force */
  constructor(
    private readonly db: Database,
    private readonly initial: unknown,
    private readonly beforeChange: () => void,
  ) {
    this.save = db.prepare<[Position, string]>('REPLACE INTO _environment VALUES (?, ?)');
    this.reset();
  }

  get(): unknown {
    return this.value;
  }

  change(next: (environment: unknown) => unknown): void {
    const value = next(this.value);
    if (value === this.value) return;
    this.beforeChange();
    this.value = value;
    this.changed = true;
  }

  /** Ends the event at `position`. */
  settle(position: Position): void {
    if (this.changed) this.save.run(position, JSON.stringify(this.value));
    this.changed = false;
  }

  /** Goes back to what is stored. */
  reset(): void {
    this.value = environmentAt(this.db, this.initial, Number.MAX_SAFE_INTEGER);
    this.changed = false;
  }
}

/** The document as it was at a position. */
export function environmentAt(db: Database, initial: unknown, position: Position): unknown {
  const body = db
    .prepare<[Position], string>(
      `SELECT body FROM _environment WHERE fromPosition <= ?
       ORDER BY fromPosition DESC LIMIT 1`,
    )
    .pluck()
    .get(position);
  return body === undefined ? initial : (JSON.parse(body) as unknown);
}
