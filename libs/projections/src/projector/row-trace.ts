import type { StoredEvent } from '#eventstore/event-store.js';
import type { AnyProjection } from './definition.js';
import { PlainFold } from './plain-fold.js';

interface Change {
  readonly event: StoredEvent;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/** What of a row is looked at: the row, an object inside it, or a text; `undefined`: nothing is there. */
type Looked<Row> = (row: Row) => unknown;

/**
 * Folds the events of some streams by a projection's own handlers and remembers which event changed
 * what. Rows share what an event leaves alone, so a part that is another object was changed by it.
 * A handler that looks at rows of other streams finds none.
 */
export class RowTrace {
  private readonly changes = new Map<string, Change[]>();
  private readonly fold: PlainFold;

  constructor(
    private readonly projection: AnyProjection,
    events: readonly StoredEvent[],
    environment: unknown,
  ) {
    this.fold = new PlainFold(projection, environment, ({ event, table, key }, before, after) => {
      const change = { event, before, after };
      const of = this.changes.get(nameOf(table, key));
      if (of) of.push(change);
      else this.changes.set(nameOf(table, key), [change]);
    });
    for (const event of events) this.fold.apply(event);
  }

  row<Row extends object>(table: string, key: string): Row | undefined {
    return this.fold.tables.get(table)?.get(key) as Row | undefined;
  }

  /** The rows of a table, by key. */
  rows<Row extends object>(table: string): ReadonlyMap<string, Row> {
    return (this.fold.tables.get(table) ?? new Map()) as ReadonlyMap<string, Row>;
  }

  /** Every event that changed a part of a row, taking it away included. */
  changesOf<Row extends object>(
    table: string,
    key: string,
    part: Looked<Row> = (row) => row,
  ): StoredEvent[] {
    const picked = (row: object | undefined) => row && part(row as Row);
    return (this.changes.get(nameOf(table, key)) ?? [])
      .filter(({ before, after }) => picked(before) !== picked(after))
      .map(({ event }) => event);
  }

  /** The events that made a row, or a part of it, since it was last missing; none where it is. */
  eventsOf<Row extends object>(
    table: string,
    key: string,
    part: Looked<Row> = (row) => row,
  ): StoredEvent[] {
    const picked = (row: object | undefined) => row && part(row as Row);
    let made: StoredEvent[] = [];
    for (const { event, before, after } of this.changes.get(nameOf(table, key)) ?? []) {
      const now = picked(after);
      if (now === undefined) made = [];
      else if (now !== picked(before)) made.push(event);
    }
    return made;
  }

  /**
   * Events without which some part of a row would count that does not: each is left out in turn of
   * those that concern the part. The row's first event is none of them.
   */
  preventing<Row extends object>(
    table: string,
    key: string,
    parts: (row: Row) => Readonly<Record<string, unknown>>,
    counts: (row: Row, part: string) => boolean,
  ): ReadonlySet<StoredEvent> {
    const [first, ...touched] = this.changes.get(nameOf(table, key)) ?? [];
    const found = new Set<StoredEvent>();
    if (!first) return found;
    const partsOf = (row: object | undefined) => (row ? parts(row as Row) : {});
    const concerned = new Map<string, StoredEvent[]>();
    for (const { event, before, after } of touched) {
      const [then, now] = [partsOf(before), partsOf(after)];
      for (const part of new Set([...Object.keys(then), ...Object.keys(now)])) {
        if (then[part] === now[part]) continue;
        const events = concerned.get(part);
        if (events) events.push(event);
        else concerned.set(part, [event]);
      }
    }
    const last = this.row<Row>(table, key);
    for (const [part, events] of concerned) {
      if (last && part in parts(last) && counts(last, part)) continue;
      for (const left of events) {
        const others = [first.event, ...events.filter((event) => event !== left)];
        const row = new RowTrace(this.projection, others, this.fold.environment).row<Row>(
          table,
          key,
        );
        if (row && part in parts(row) && counts(row, part)) found.add(left);
      }
    }
    return found;
  }
}

const nameOf = (table: string, key: string): string => `${table} ${key}`;
