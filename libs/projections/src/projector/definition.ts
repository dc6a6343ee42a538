import type { StoredEvent } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import type { Event } from '#kernel/decider.js';
import type { Column, ColumnValue, Filter } from './columns.js';

/** Whole numbers by name, e.g. `{ onTime: 1, required: 1 }`. A count of 0 is never stored. */
export type Counts = Readonly<Record<string, number>>;

/** What a row or a set adds to the counter `key`. */
export interface Contribution {
  readonly key: string;
  readonly counts: Counts;
}

/** What a row adds to a counted multiset: each member once per mention, and the set's own counts. */
export interface Membership {
  readonly set: string;
  readonly members: readonly string[];
  readonly counts?: Counts;
}

/** A counted multiset: how many different members, how many mentions, and its own counts. */
export interface SetFigures {
  readonly distinct: number;
  readonly total: number;
  readonly counts: Counts;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- existential over the row
export type Columns<Row = any> = Readonly<Record<string, Column<Row>>>;

/** The name of a column of `C`. */
export type ColumnName<C> = Extract<keyof C, string>;

/** Lists whose changes are told while people look at them. */
export type LiveList = 'awaitingCare' | 'offers' | 'packages' | 'requests';

/** How a table is shown live. */
export interface LiveTable {
  readonly list: LiveList;
  /** The key of the list that a row's key stands for; the row's own when left out. */
  readonly keyOf?: (key: string) => string;
}

/** A table of rows by key. Rows are immutable JSON values. */
export interface Table<Row, C extends Columns<Row>, Environment> {
  /** Superseded rows stay readable as of the positions at which they were current. */
  readonly keepsHistory?: boolean;
  readonly columns: C;
  /** Changes of rows are told to those who may see them. */
  readonly live?: LiveTable;
  /** The key is the last part of each index, so an index by the sort column serves paging. */
  readonly indexes?: readonly (readonly ColumnName<C>[])[];
  /** Whether `viewer` may see this row. Asked for every row of every read. */
  readonly visibleTo: (row: Row, viewer: Viewer) => boolean;
  /**
   * The same as a filter that holds for exactly the visible rows: others are then not even read,
   * and totals are counted by SQL. `{}` for a viewer who sees all.
   */
  readonly visibleWhere?: (viewer: Viewer) => Filter<ColumnName<C>>;
  /** What the row adds to counters. Pure; stored with the row and taken back when it changes. */
  readonly contributions?: (
    row: Row,
    key: string,
    environment: Environment,
  ) => readonly Contribution[];
  /** What the row adds to counted multisets. */
  readonly memberships?: (row: Row, key: string, environment: Environment) => readonly Membership[];
}

/** A table as a handler sees it, in the middle of the fold. */
export interface TableFold<Row, C> {
  get(key: string): Row | undefined;
  /** `undefined` removes the row (or adds none); the identical object changes nothing. */
  change(key: string, next: (row: Row | undefined) => Row | undefined): void;
  /** Rows whose column has the value, ordered by key; needs an index that begins with the column. */
  find(
    column: ColumnName<C>,
    value: ColumnValue,
  ): readonly { readonly key: string; readonly row: Row }[];
  /**
   * Judges contributions and memberships again of rows whose column is at least `from` (and below
   * `before`), after this handler. For a handler that changed the environment.
   */
  recontribute(range: {
    column: ColumnName<C>;
    from: ColumnValue;
    before?: ColumnValue | undefined;
  }): void;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- existential over row and columns
export type Tables<Environment = any> = Readonly<Record<string, Table<any, any, Environment>>>;

export type RowOf<T> = T extends Table<infer Row, infer _C, infer _E> ? Row : never;
export type ColumnsOf<T> = T extends { readonly columns: infer C } ? C : never;

export type TableFolds<T extends Tables> = {
  readonly [Name in keyof T]: TableFold<RowOf<T[Name]>, ColumnsOf<T[Name]>>;
};

/** A small document folded from events, e.g. the changes of council policy. */
export interface EnvironmentFold<Environment> {
  get(): Environment;
  change(next: (environment: Environment) => Environment): void;
}

/** What a handler gets. It is pure: its clock is `event.metadata.recordedAt`. */
export interface Handling<Data, T extends Tables, Environment> {
  readonly event: StoredEvent;
  readonly data: Data;
  readonly tables: TableFolds<T>;
  readonly environment: EnvironmentFold<Environment>;
}

export type Handlers<E extends Event, T extends Tables, Environment> = {
  readonly [Type in E['type']]?: (
    handling: Handling<Extract<E, { type: Type }>['data'], T, Environment>,
  ) => void;
};

/** A read model as a plain value: a pure fold of events into tables. */
export interface Projection<T extends Tables, Environment, E extends Event = Event> {
  /** Lower case with dashes; also the file's name. */
  readonly name: string;
  /** Raise it with every change of rows, columns or fold: the file is then built anew. */
  readonly version: number;
  readonly tables: T;
  /** The document's first value; JSON. */
  readonly environment?: Environment;
  /** What a counted multiset adds to counters. Never asked for an empty set. */
  readonly setContributions?: (
    set: string,
    figures: SetFigures,
    environment: Environment,
  ) => readonly Contribution[];
  /** Who may see a counter or a set, by its key. Without it nobody may. */
  readonly figuresVisibleTo?: (key: string, viewer: Viewer) => boolean;
  readonly on: Handlers<E, T, Environment>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- existential over all parameters
export type AnyProjection = Projection<any, any, any>;

/** A projection with these tables, whatever its events and environment. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- existential over the other two
export type ProjectionOf<T extends Tables> = Projection<T, any, any>;

/** `table<Row>()({ columns: { patch: text((row) => row.patch) }, visibleTo: … })`. */
export const table =
  <Row extends object, Environment = undefined>() =>
  <const C extends Columns<Row>>(definition: Table<Row, C, Environment>) =>
    definition;

/** `defineProjection<PackageEvent | OfferEvent>()({ name, version, tables, on })`. */
export const defineProjection =
  <E extends Event, Environment = undefined>() =>
  <const T extends Tables<Environment>>(definition: Projection<T, Environment, E>) => {
    assertNames(definition);
    return definition;
  };

const plainName = /^[a-z][A-Za-z0-9]*$/;
const ownColumns = ['key', 'body', 'judged', 'rowid', 'fromPosition', 'toPosition'];

function assertNames(projection: AnyProjection): void {
  const bad = (name: string): never => {
    throw new Error(`projection ${projection.name}: ${name} is not a usable name`);
  };
  if (!/^[a-z][a-z0-9-]*$/.test(projection.name)) bad(projection.name);
  for (const [name, { columns }] of Object.entries(projection.tables as Tables)) {
    if (!plainName.test(name)) bad(name);
    for (const column of Object.keys(columns as Columns)) {
      if (!plainName.test(column) || ownColumns.includes(column)) bad(`${name}.${column}`);
    }
  }
}
