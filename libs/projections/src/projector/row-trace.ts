import type { StoredEvent } from '#eventstore/event-store.js';
import type { AnyProjection, Columns } from './definition.js';

interface Change {
  readonly event: StoredEvent;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

interface TracedTable {
  readonly rows: Map<string, object>;
  readonly changes: Map<string, Change[]>;
}

/** What of a row is looked at: the row, an object inside it, or a text; `undefined`: nothing is there. */
type Looked<Row> = (row: Row) => unknown;

/**
 * Folds the events of some streams by a projection's own handlers and remembers which event changed
 * what. Rows share what an event leaves alone, so a part that is another object was changed by it.
 * A handler that looks at rows of other streams finds none.
 */
export class RowTrace {
  private readonly tables: Readonly<Record<string, TracedTable>>;
  private readonly folds: Readonly<Record<string, object>>;

  constructor(
    private readonly projection: AnyProjection,
    events: readonly StoredEvent[],
    private environment: unknown,
  ) {
    const names = Object.keys(projection.tables as object);
    this.tables = Object.fromEntries(
      names.map((name) => [name, { rows: new Map(), changes: new Map() }]),
    );
    let current: StoredEvent | undefined;
    this.folds = Object.fromEntries(names.map((name) => [name, this.foldOf(name, () => current)]));
    const handlers = projection.on as Readonly<
      Record<string, ((handling: object) => void) | undefined>
    >;
    for (const event of events) {
      current = event;
      handlers[event.type]?.({
        ...{ event, data: event.data, tables: this.folds },
        environment: this.environmentFold(),
      });
    }
  }

  row<Row extends object>(table: string, key: string): Row | undefined {
    return this.tables[table]?.rows.get(key) as Row | undefined;
  }

  /** The rows of a table, by key. */
  rows<Row extends object>(table: string): ReadonlyMap<string, Row> {
    return (this.tables[table]?.rows ?? new Map()) as ReadonlyMap<string, Row>;
  }

  /** Every event that changed a part of a row, taking it away included. */
  changesOf<Row extends object>(
    table: string,
    key: string,
    part: Looked<Row> = (row) => row,
  ): StoredEvent[] {
    const picked = (row: object | undefined) => row && part(row as Row);
    return (this.tables[table]?.changes.get(key) ?? [])
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
    for (const { event, before, after } of this.tables[table]?.changes.get(key) ?? []) {
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
    const [first, ...touched] = this.tables[table]?.changes.get(key) ?? [];
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
        const row = new RowTrace(this.projection, others, this.environment).row<Row>(table, key);
        if (row && part in parts(row) && counts(row, part)) found.add(left);
      }
    }
    return found;
  }

  private environmentFold() {
    return {
      get: () => this.environment,
      change: (next: (environment: unknown) => unknown) => {
        this.environment = next(this.environment);
      },
    };
  }

  private foldOf(name: string, current: () => StoredEvent | undefined) {
    const { rows, changes } = this.tables[name] as TracedTable;
    const { columns } =
      (this.projection.tables as Record<string, { columns: Columns }>)[name] ?? {};
    return {
      get: (key: string) => rows.get(key),
      change: (key: string, next: (row: object | undefined) => object | undefined) => {
        const event = current();
        const before = rows.get(key);
        const after = next(before);
        if (!event || after === before) return;
        if (after) rows.set(key, after);
        else rows.delete(key);
        const of = changes.get(key);
        if (of) of.push({ event, before, after });
        else changes.set(key, [{ event, before, after }]);
      },
      find: (column: string, value: unknown) =>
        [...rows]
          .filter(([key, row]) => columns?.[column]?.pick(row, key) === value)
          .map(([key, row]) => ({ key, row }))
          .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      recontribute: () => undefined,
    };
  }
}
