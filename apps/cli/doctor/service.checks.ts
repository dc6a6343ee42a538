import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { lockOwner } from '#eventstore/lock.js';
import { readServiceFile } from '#platform/admin/service-file.js';
import { fail, ok, warn, type Check } from './checkup.js';

/** Who works on the data directory. */
export const processChecks = (dataDir: string): readonly Check[] => [
  {
    check: 'lock',
    run: () => lock(dataDir),
    otherwise: 'Give the user of the service the files of DATA_DIR.',
  },
  {
    check: 'service',
    run: () => service(dataDir),
    otherwise: 'Remove service.json from the data directory and start the service again.',
  },
];

/** Who works on the data, and whether the files beside the log are there. */
export const serviceChecks = (dataDir: string, logFile: string): readonly Check[] => [
  ...processChecks(dataDir),
  {
    check: 'read models',
    run: () => readFiles(join(dataDir, 'read'), logFile),
    otherwise: 'Stop the service and delete the folder read: it is rebuilt from the log.',
  },
  {
    check: 'key',
    run: () => key(dataDir, logFile),
    otherwise: 'Bring back master.key from a backup.',
  },
  {
    check: 'people’s keys',
    run: () => keyStore(dataDir, logFile),
    otherwise: 'Bring back keys.db from a backup.',
  },
];

function lock(dataDir: string) {
  const owner = lockOwner(dataDir);
  return owner === undefined
    ? ok('free: no process works on the data directory')
    : ok(`held by process ${owner}`);
}

const answerDeadlineMs = 3_000;

async function service(dataDir: string) {
  const address = readServiceFile(dataDir);
  const owner = lockOwner(dataDir);
  if (!address) {
    if (owner === undefined) return ok('not running');
    return warn(`process ${owner} starts, or serves no one`, 'Look again in a moment.');
  }
  const { url, pid } = address;
  try {
    const signal = AbortSignal.timeout(answerDeadlineMs);
    const { ok: ready, status } = await fetch(`${url}/health/ready`, { signal });
    if (ready) return ok(`process ${pid} is ready at ${url}`);
    return warn(`process ${pid} at ${url} is not ready (${status})`, `See ${url}/health/ready.`);
  } catch {
    if (owner === undefined) return warn(`${url} was left by a killed process`, 'Start it again.');
    return fail(`process ${owner} does not answer at ${url}`, 'Stop that process; start it again.');
  }
}

/** Each file `<name>@<version>.db` is opened and its checkpoint compared with the log's end. */
function readFiles(folder: string, logFile: string) {
  const names = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith('.db')) : [];
  if (names.length === 0) return ok('none yet: they are built from the log at the next start');
  const head = existsSync(logFile)
    ? positionIn(logFile, 'SELECT coalesce(max(position), 0) FROM events')
    : 0;
  const beyond: string[] = [];
  let lag = 0;
  for (const name of names) {
    const at = positionIn(join(folder, name), 'SELECT position FROM _checkpoint');
    if (at > head) beyond.push(name);
    lag = Math.max(lag, head - at);
  }
  if (beyond.length > 0) {
    const found = `${beyond.join(', ')} know more than the log has`;
    return warn(found, 'They are rebuilt at the next start; see whether the log is the right one.');
  }
  return ok(`${names.length} files open, at most ${lag} events behind`);
}

function positionIn(file: string, sql: string): number {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[], number>(sql).pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

const readableByOthers = 0o077;

function keyStore(dataDir: string, logFile: string) {
  const file = join(dataDir, 'keys.db');
  if (existsSync(file)) return ok(`${file} is there`);
  if (!existsSync(logFile)) return ok('made at the first start');
  const found = `${file} is not there`;
  return fail(found, 'Nobody can read who the people in the log are: bring it back from a backup.');
}

function key(dataDir: string, logFile: string) {
  const file = join(dataDir, 'master.key');
  if (process.env['MASTER_KEY']) return ok('MASTER_KEY is set');
  if (!existsSync(file)) {
    if (!existsSync(logFile)) return ok('made at the first start');
    const found = `neither MASTER_KEY nor ${file} is there`;
    return fail(found, 'Without the key personal fields of the log cannot be read: bring it back.');
  }
  if (process.platform !== 'win32' && (statSync(file).mode & readableByOthers) !== 0) {
    return warn(`${file} can be read by others`, `Run: chmod 600 ${file}`);
  }
  return ok(`${file} is there`);
}
