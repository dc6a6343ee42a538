import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Kept by the way a file was built, not by what the log says. */
const ownBookkeeping = ['_checkpoint', '_instants'];

/**
 * A hash of all rows of each table of each read model of a stopped service: the same log gives the
 * same hashes, however often the building was interrupted.
 */
export function readModelDigests(dataDir: string): Readonly<Record<string, string>> {
  const folder = join(dataDir, 'read');
  const files = readdirSync(folder).filter((name) => name.endsWith('.db'));
  return Object.fromEntries(
    files
      .sort()
      .flatMap((name) =>
        tableDigests(join(folder, name)).map(([table, digest]) => [`${name} ${table}`, digest]),
      ),
  );
}

function tableDigests(file: string): [table: string, digest: string][] {
  const db = new Database(file, { readonly: true });
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  const digests = tables
    .filter((table) => !ownBookkeeping.includes(table))
    .map((table): [string, string] => [table, digestOf(db, table)]);
  db.close();
  return digests;
}

function digestOf(db: Database.Database, table: string): string {
  const rows = db.prepare<[], unknown[]>(`SELECT * FROM "${table}"`).raw().all();
  const hash = createHash('sha256');
  for (const row of rows.map((values) => JSON.stringify(values.map(canonical))).sort()) {
    hash.update(row).update('\n');
  }
  return `${rows.length} rows ${hash.digest('hex').slice(0, 16)}`;
}

/** JSON text with its keys in order: counts may have been met in another one. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return ordered(JSON.parse(value));
  } catch {
    return value;
  }
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([key, field]) => [key, ordered(field)]));
}
