import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kpisSql } from './oracle-kpis.js';
import { paySql, termsSql, type OracleTerms } from './oracle-pay.js';
import { planSql } from './oracle-plan.js';
import { nextPairsSql, pairsSql, rowsSql, type SentFile } from './oracle-rows.js';
import { outcomesSql, visitsSql } from './oracle-visits.js';

/** A figure that both sides must give: whose, which, how much. */
export interface Figure {
  readonly key: string;
  readonly name: string;
  readonly value: number;
}

export interface OracleAnswer {
  /** By provider and month. */
  readonly kpis: readonly Figure[];
  /** By person, date and line of the schedule: pence and held minutes of each line. */
  readonly lines: AsyncIterable<readonly Figure[]>;
  /** What the files hold, row by row. */
  readonly counts: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** The figures of a query by provider and month over the flat tables. */
  ask(sql: string): Promise<readonly Figure[]>;
  close(): void;
}

interface Told {
  readonly request: { readonly endsBefore: string; readonly weeks: number };
  readonly files: readonly {
    readonly path: string;
    readonly carersPath?: string;
    readonly provider: string;
    readonly format: string;
  }[];
}

export interface OracleQuestion {
  /** The day on which the files were imported and the figures are asked for. */
  readonly today: string;
  /** Visits are planned up to this Monday, whether their files came or not. */
  readonly plannedBefore: string;
}

/** Works everything out again from a directory's files alone. */
export async function askOracle(
  directory: string,
  { today, plannedBefore }: OracleQuestion,
): Promise<OracleAnswer> {
  const began = performance.now();
  const instance = await DuckDBInstance.create(':memory:');
  const duck = await instance.connect();
  const { request, files } = JSON.parse(
    readFileSync(join(directory, 'expected.json'), 'utf8'),
  ) as Told;
  const terms = JSON.parse(readFileSync(join(directory, 'payment-terms.json'), 'utf8')) as Record<
    string,
    OracleTerms
  >;
  const endMs = Date.parse(request.endsBefore);
  const from = new Date(endMs - request.weeks * 7 * 86_400_000).toISOString().slice(0, 10);
  const sent = files.map(({ path, carersPath, provider, format }, at): SentFile => ({
    ...{ at, path: join(directory, path), provider, format },
    ...(carersPath !== undefined && { carersPath: join(directory, carersPath) }),
  }));
  await all(duck, [
    ...planSql({ directory, from, endsBefore: plannedBefore }),
    ...termsSql(terms),
    ...rowsSql(sent),
    ...pairsSql,
  ]);
  while ((await duck.run(nextPairsSql)).rowsChanged > 0);
  await all(duck, [
    ...visitsSql(directory),
    ...outcomesSql,
    ...kpisSql(today),
    ...paySql(directory),
  ]);
  const kpis = [...(await figures(duck, 'FROM kpi')), ...(await figures(duck, 'FROM continuity'))];
  return {
    kpis,
    lines: lineFigures(duck),
    counts: await countsOf(duck, request.endsBefore),
    seconds: (performance.now() - began) / 1000,
    ask: (sql) => figures(duck, sql),
    close: () => {
      duck.closeSync();
      instance.closeSync();
    },
  };
}

async function all(duck: DuckDBConnection, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    try {
      await duck.run(statement);
    } catch (error) {
      throw new Error(`${statement.slice(0, 200)}…`, { cause: error });
    }
  }
}

async function figures(duck: DuckDBConnection, sql: string): Promise<Figure[]> {
  const reader = await duck.runAndReadAll(sql);
  return reader.getRowObjects().flatMap(({ provider, month, ...values }) =>
    Object.entries(values).map(([name, value]) => ({
      ...{ key: `${String(provider)} ${String(month)}`, name, value: Number(value) },
    })),
  );
}

async function* lineFigures(duck: DuckDBConnection): AsyncGenerator<readonly Figure[]> {
  const result = await duck.stream(
    `SELECT v.person || ' ' || v.on_date || ' ' || v.line || '/' || l.leg AS key, l.pence, l.held
     FROM line l JOIN visit v USING (visit)`,
  );
  for await (const rows of result.yieldRowObjects()) {
    yield rows.flatMap(({ key, pence, held }) => [
      { key: String(key), name: 'pence', value: Number(pence) },
      { key: String(key), name: 'held', value: Number(held) },
    ]);
  }
}

async function countsOf(
  duck: DuckDBConnection,
  endsBefore: string,
): Promise<Record<string, number>> {
  const reader = await duck.runAndReadAll(`SELECT
    (SELECT count(*) FROM visit WHERE on_date < DATE '${endsBefore}') AS visits, (SELECT count(*) FROM said) AS read,
    (SELECT count(*) FROM told WHERE seq = 1 AND status = 'delivered'
       AND id NOT IN (SELECT id FROM match)) AS unallocated,
    (SELECT count(*) FROM word WHERE seq > 1) AS updated,
    (SELECT count(*) FROM match) AS new`);
  const [row = {}] = reader.getRowObjects();
  const counts = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Number(value)]),
  ) as Record<'read' | 'new' | 'updated' | 'unallocated' | 'visits', number>;
  const { read, new: fresh, updated, unallocated } = counts;
  return { ...counts, rejected: read - fresh - updated - unallocated };
}
