import type { StoredEvent } from '#eventstore/event-store.js';
import type { ColumnValue, Column } from '#projections/projector/columns.js';
import type { AnyProjection, Counts, Table, Tables } from '#projections/projector/definition.js';
import { judgedOf, type Judged } from '#projections/projector/judged.js';
import { Tally } from '#projections/projector/tally.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- existential over the row
type AnyTable = Table<any, any, any>;
type Row = object;

interface Entry {
  readonly key: string;
  row: Row | undefined;
  judged: Judged | undefined;
}

interface Range {
  readonly column: string;
  readonly from: ColumnValue;
  readonly before?: ColumnValue | undefined;
}

/**
 * The same handlers, rows and figures as a projection's, in maps and nothing else: no file, no
 * history, no checkpoint, no yielding. The peer of a rebuild.
 */
export class MemoryFold {
  private readonly handlers: ReadonlyMap<string, (handling: object) => void>;
  private readonly tables: Readonly<Record<string, MemoryTable>>;
  private readonly tally: Tally;
  private readonly environment;

  constructor(readonly projection: AnyProjection) {
    this.handlers = new Map(Object.entries(projection.on as Record<string, never>));
    this.tally = new Tally(projection);
    this.tables = Object.fromEntries(
      Object.entries(projection.tables as Tables).map(([name, table]) => [
        name,
        new MemoryTable(table, this.tally),
      ]),
    );
    const held = { value: projection.environment as unknown };
    this.environment = {
      get: () => held.value,
      change: (next: (value: unknown) => unknown) => {
        this.tally.settle(held.value);
        held.value = next(held.value);
      },
    };
  }

  /** How many rows each table has. */
  get rows(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.tables).map(([name, { size }]) => [name, size]));
  }

  get counters(): ReadonlyMap<string, Counts> {
    return new Map(this.tally.changedCounters());
  }

  fold(event: StoredEvent): void {
    const handler = this.handlers.get(event.type);
    if (!handler) return;
    const { tables, environment } = this;
    handler({ event, data: event.data, tables, environment });
    for (const table of Object.values(tables)) table.settle(environment.get());
  }

  end(): void {
    this.tally.settle(this.environment.get());
  }
}

class MemoryTable {
  private readonly entries = new Map<string, Entry>();
  private readonly touched = new Set<Entry>();
  private readonly indexes = new Map<string, Map<ColumnValue, Set<Entry>>>();
  private requests: Range[] = [];

  constructor(
    private readonly table: AnyTable,
    private readonly tally: Tally,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Row | undefined {
    return this.entries.get(key)?.row;
  }

  change(key: string, next: (row: Row | undefined) => Row | undefined): void {
    const entry = this.entries.get(key) ?? { key, row: undefined, judged: undefined };
    const row = next(entry.row);
    if (row === entry.row) return;
    for (const [column, index] of this.indexes) {
      if (entry.row) index.get(this.pick(column, entry))?.delete(entry);
    }
    entry.row = row;
    for (const [column, index] of this.indexes) if (row) this.addTo(index, column, entry);
    if (row) this.entries.set(key, entry);
    else this.entries.delete(key);
    this.touched.add(entry);
  }

  find(column: string, value: ColumnValue): readonly { key: string; row: Row }[] {
    const found = this.indexOf(column).get(value) ?? [];
    return [...found]
      .flatMap(({ key, row }) => (row ? [{ key, row }] : []))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  recontribute(range: Range): void {
    this.requests.push(range);
  }

  settle(environment: unknown): void {
    for (const entry of this.touched) this.judge(entry, environment);
    this.touched.clear();
    for (const { column, from, before } of this.requests.splice(0)) {
      for (const entry of this.entries.values()) {
        const value = this.pick(column, entry);
        if (value === null || from === null || value < from) continue;
        if (before === undefined || before === null || value < before)
          this.judge(entry, environment);
      }
    }
  }

  private judge(entry: Entry, environment: unknown): void {
    const { contributions, memberships } = this.table;
    if (!contributions && !memberships) return;
    const { key, row } = entry;
    const judged =
      row &&
      judgedOf(
        contributions?.(row, key, environment) ?? [],
        memberships?.(row, key, environment) ?? [],
      );
    this.tally.replace(entry.judged, judged);
    this.tally.touch(judged);
    entry.judged = judged;
  }

  private indexOf(column: string): Map<ColumnValue, Set<Entry>> {
    const known = this.indexes.get(column);
    if (known) return known;
    const index = new Map<ColumnValue, Set<Entry>>();
    for (const entry of this.entries.values()) this.addTo(index, column, entry);
    this.indexes.set(column, index);
    return index;
  }

  private addTo(index: Map<ColumnValue, Set<Entry>>, column: string, entry: Entry): void {
    const value = this.pick(column, entry);
    const entries = index.get(value) ?? new Set();
    entries.add(entry);
    index.set(value, entries);
  }

  private pick(column: string, { key, row }: Entry): ColumnValue {
    const { pick } = (this.table.columns as Record<string, Column<Row>>)[column] ?? {};
    return pick?.(row as Row, key) ?? null;
  }
}
