import type { StoredEvent } from '#eventstore/event-store.js';
import type { AnyProjection, Columns } from './definition.js';

/** An event changed a row; `undefined`: there was none before, or is none after. */
export type OnRowChange = (
  change: { readonly event: StoredEvent; readonly table: string; readonly key: string },
  before: object | undefined,
  after: object | undefined,
) => void;

type Handler = (handling: object) => void;

/**
 * Folds events by a projection's own handlers into rows in memory, and nothing else: no figures, no
 * file. Rows share what an event leaves alone.
 */
export class PlainFold {
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, object>>;
  private readonly folds: Readonly<Record<string, object>>;
  private readonly handlers: Readonly<Record<string, Handler | undefined>>;
  private readonly environmentFold;
  private current: StoredEvent | undefined;

  constructor(
    projection: AnyProjection,
    /** What rows are judged by; changed by the events. */
    public environment: unknown = projection.environment,
    private readonly onChange: OnRowChange = () => undefined,
  ) {
    const tables = Object.entries(projection.tables as Record<string, { columns: Columns }>);
    const rows = new Map(tables.map(([name]) => [name, new Map<string, object>()] as const));
    this.tables = rows;
    this.folds = Object.fromEntries(
      tables.map(([name, { columns }]) => [
        name,
        this.foldOf(name, columns, rows.get(name) as Map<string, object>),
      ]),
    );
    this.handlers = projection.on as Record<string, Handler | undefined>;
    this.environmentFold = {
      get: () => this.environment,
      change: (next: (environment: unknown) => unknown) => {
        this.environment = next(this.environment);
      },
    };
  }

  apply(event: StoredEvent): void {
    this.current = event;
    this.handlers[event.type]?.({
      ...{ event, data: event.data, tables: this.folds, environment: this.environmentFold },
    });
  }

  private foldOf(table: string, columns: Columns, rows: Map<string, object>) {
    return {
      get: (key: string) => rows.get(key),
      change: (key: string, next: (row: object | undefined) => object | undefined) => {
        const before = rows.get(key);
        const after = next(before);
        if (!this.current || after === before) return;
        if (after) rows.set(key, after);
        else rows.delete(key);
        this.onChange({ event: this.current, table, key }, before, after);
      },
      find: (column: string, value: unknown) =>
        [...rows]
          .filter(([key, row]) => columns[column]?.pick(row, key) === value)
          .map(([key, row]) => ({ key, row }))
          .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      // Figures are judged when all is folded, by what is in force then.
      recontribute: () => undefined,
    };
  }
}
