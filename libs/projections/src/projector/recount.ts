import type { Position } from '#eventstore/event-store.js';
import type { AnyProjection, Counts, SetFigures } from './definition.js';
import { environmentAt } from './environment.js';
import { judgedFrom, judgedOf, type Judged } from './judged.js';
import type { ErasedTable } from './row-store.js';
import { historyOf, quoted } from './schema.js';
import { Tally } from './tally.js';
import type { SqlCondition } from './filter-sql.js';
import type { Database } from 'better-sqlite3';

/** Counters and sets by key. */
export interface Figures {
  readonly counters: ReadonlyMap<string, Counts>;
  readonly sets: ReadonlyMap<string, SetFigures>;
}

/** Which rows of a table take part. */
export type RowsOf = (table: string) => SqlCondition;

/**
 * Figures recomputed from all rows by asking `contributions` and `memberships` again. They must
 * equal the stored ones.
 */
export function* recomputed(db: Database, projection: AnyProjection): Generator<void, Figures> {
  const environment = environmentAt(db, projection.environment, Number.MAX_SAFE_INTEGER);
  return yield* tallied(projection, environment, function* () {
    for (const [name, table] of tablesOf(projection)) {
      const rows = db.prepare<[], { key: string; body: string }>(
        `SELECT key, body FROM ${quoted(name)}`,
      );
      for (const { key, body } of rows.iterate()) {
        const row = JSON.parse(body) as object;
        yield judgedOf(
          table.contributions?.(row, key, environment) ?? [],
          table.memberships?.(row, key, environment) ?? [],
        );
      }
    }
  });
}

/** Figures as they were known at a position, from what rows added then. */
export function* figuresAt(
  db: Database,
  projection: AnyProjection,
  position: Position,
  rowsOf: RowsOf,
): Generator<void, Figures> {
  const environment = environmentAt(db, projection.environment, position);
  return yield* tallied(projection, environment, function* () {
    for (const [name, table] of tablesOf(projection)) {
      if (!(table.contributions ?? table.memberships)) continue;
      if (!table.keepsHistory) throw new Error(`${name} keeps no history`);
      const { sql, params } = rowsOf(name);
      const known = db.prepare<unknown[], string | null>(
        `SELECT judged FROM ${quoted(name)} WHERE fromPosition <= ? AND ${sql}
         UNION ALL SELECT judged FROM ${historyOf(name)}
         WHERE fromPosition <= ? AND toPosition > ? AND ${sql}`,
      );
      const values = [position, ...params, position, position, ...params];
      for (const json of known.pluck().iterate(...values)) yield judgedFrom(json);
    }
  });
}

/** The figures that are stored. */
export function storedFigures(db: Database): Figures {
  const counters = db.prepare<[], StoredCounts>('SELECT key, counts FROM _counters').all();
  const sets = db
    .prepare<[], StoredCounts & { members: number; total: number }>(
      'SELECT key, members, total, counts FROM _sets',
    )
    .all();
  return {
    counters: new Map(counters.map(({ key, counts }) => [key, JSON.parse(counts) as Counts])),
    sets: new Map(
      sets.map(({ key, members, total, counts }) => [
        key,
        { distinct: members, total, counts: JSON.parse(counts) as Counts },
      ]),
    ),
  };
}

interface StoredCounts {
  readonly key: string;
  readonly counts: string;
}

function* tallied(
  projection: AnyProjection,
  environment: unknown,
  judgements: () => Iterable<Judged | undefined>,
): Generator<void, Figures> {
  const tally = new Tally(projection);
  let done = 0;
  for (const judged of judgements()) {
    tally.replace(undefined, judged);
    if (++done % 64 === 0) yield;
  }
  tally.settle(environment);
  return { counters: new Map(tally.changedCounters()), sets: new Map(tally.changedSets()) };
}

const tablesOf = (projection: AnyProjection): [string, ErasedTable][] =>
  Object.entries(projection.tables as Record<string, ErasedTable>);
