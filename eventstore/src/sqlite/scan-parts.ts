import type Database from 'better-sqlite3';
import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Position } from '../event-store.js';
import { chainStart } from '../hash-chain.js';
import type { LogFault } from '../log-verification.js';
import { ChainScan, hashAt, headOf, whyNotBehind, type ScannedPart } from './chain-scan.js';
import type { FromScan, ScanStart } from './scan-part.thread.js';
import { StreamEntries } from './stream-entries.js';

/** What a walk along all of a log from a position on came to. */
export interface ScannedLog extends Omit<ScannedPart, 'entries' | 'firsts' | 'lasts'> {
  readonly entries: StreamEntries;
}

const leastEventsOfThread = 25_000;
const mostThreads = 4;

/**
 * Walks along the chain: a long one in parts, by as many threads as there are processors. Each part
 * begins with the hash that is written down before it, which the part before has to come to.
 *
 * @param told is given how many events were checked
 */
export async function scanLog(
  db: Database.Database,
  from: Position,
  told: (checked: number) => void,
): Promise<ScannedLog> {
  const total = Math.max(0, headOf(db) - from + 1);
  const threads = Math.min(mostThreads, availableParallelism());
  const count = Math.max(1, Math.min(threads, Math.floor(total / leastEventsOfThread)));
  const parts =
    count === 1
      ? [await scannedHere(db, from, told)]
      : await scannedApart(db, { from, total, count }, told);
  return joined(db, from, parts);
}

async function scannedApart(
  db: Database.Database,
  {
    from,
    total,
    count,
  }: { readonly from: Position; readonly total: number; readonly count: number },
  told: (checked: number) => void,
): Promise<ScannedPart[]> {
  const size = Math.ceil(total / count);
  const checked = new Array<number>(count).fill(0);
  const threads = checked.map((_, index) => {
    const first = from + index * size;
    // What is appended meanwhile belongs to the last part.
    const bounds = index === count - 1 ? { from: first } : { from: first, until: first + size - 1 };
    return startedThread({ file: db.name, ...bounds }, (events) => {
      checked[index] = events;
      told(checked.reduce((sum, each) => sum + each, 0));
    });
  });
  try {
    return await Promise.all(threads.map(({ done }) => done));
  } finally {
    for (const { worker } of threads) void worker.terminate();
  }
}

async function scannedHere(
  db: Database.Database,
  from: Position,
  told: (checked: number) => void,
): Promise<ScannedPart> {
  const scan = new ChainScan(db, from);
  while (!scan.fault && scan.readPage()) {
    told(scan.events);
    await nextTurn();
  }
  return scan.result;
}

function startedThread(workerData: ScanStart, told: (checked: number) => void) {
  const worker = new Worker(new URL('./scan-part.thread.js', import.meta.url), { workerData });
  const done = new Promise<ScannedPart>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error('a thread that checks the log has ended'));
    });
    worker.on('message', (message: FromScan) => {
      if ('checked' in message) told(message.checked);
      else resolve(message.part);
    });
  });
  return { worker, done };
}

/** Up to the first fault, within a part or where a stream goes on from one to the next. */
function joined(db: Database.Database, from: Position, parts: readonly ScannedPart[]): ScannedLog {
  const entries = new StreamEntries();
  const lasts = new Map<string, number>();
  let end: Pick<ScannedPart, 'position' | 'hash'> = { position: from - 1, hash: chainStart };
  for (const [index, part] of parts.entries()) {
    const edge = index > 0 ? edgeFault(part, lasts, from === 1) : undefined;
    if (edge && edge.position <= (part.fault?.position ?? edge.position)) {
      const position = edge.position - 1;
      const hash = hashAt(db, position) ?? chainStart;
      return { fault: edge, events: position - from + 1, position, hash, entries };
    }
    entries.append(part.entries);
    for (const [stream, revision] of part.lasts) lasts.set(stream, revision);
    end = part;
    if (part.fault) break;
  }
  const { position, hash } = end;
  const { fault } = parts.find((part) => part.fault) ?? {};
  const { unfound } = parts.find((part) => part.unfound !== undefined) ?? {};
  return { fault, unfound, events: position - from + 1, position, hash, entries };
}

/** The first event that does not follow the one of its stream in the parts before. */
function edgeFault(
  { firsts }: ScannedPart,
  lasts: ReadonlyMap<string, number>,
  isFromStart: boolean,
): LogFault | undefined {
  let first: LogFault | undefined;
  for (const [stream, [revision, position]] of firsts) {
    const previous = lasts.get(stream);
    // What came before the first part is taken on trust.
    if (previous === undefined && !isFromStart) continue;
    const why = whyNotBehind(previous, revision);
    if (why && position < (first?.position ?? Infinity))
      first = { position, stream, revision, why };
  }
  return first;
}
