import { createReadStream } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse';
import { timed } from './harness.js';
import type { YearOfFiles } from './year-runs.js';

const formats = ['abacus', 'controcc'] as const;

export interface PeerTimes {
  readonly csvParseSeconds: number;
  readonly duckDbSeconds: number;
  readonly rows: number;
}

/** The same files, read and loaded into tables by others, who check and match nothing. */
export async function yearPeers(year: YearOfFiles): Promise<PeerTimes> {
  const parsed = await timed(async () => {
    let rows = 0;
    for (const path of formats.flatMap((format) => year.pathsOf(format))) {
      const records = createReadStream(path).pipe(parse({ columns: true, bom: true }));
      for await (const _ of records) rows += 1;
    }
    return rows;
  });
  const loaded = await timed(() => duckDbRows(year));
  if (loaded.result !== parsed.result) {
    throw new Error(`csv-parse read ${parsed.result} rows, DuckDB ${loaded.result}`);
  }
  const [csvParseSeconds, duckDbSeconds] = [parsed.seconds, loaded.seconds];
  return { csvParseSeconds, duckDbSeconds, rows: parsed.result };
}

async function duckDbRows(year: YearOfFiles): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    let rows = 0;
    for (const format of formats) {
      const paths = year.pathsOf(format).map((path) => `'${path.replaceAll("'", "''")}'`);
      await connection.run(
        `CREATE TABLE ${format} AS SELECT * FROM read_csv([${paths.join(', ')}],
           all_varchar = true, header = true, union_by_name = true)`,
      );
      const counted = await connection.runAndReadAll(`SELECT count(*)::INT FROM ${format}`);
      rows += Number(counted.getRows()[0]?.[0]);
    }
    return rows;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
