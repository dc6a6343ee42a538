import { parentPort, workerData } from 'node:worker_threads';
import type { Position } from '../event-store.js';
import { ChainScan, type ScannedPart } from './chain-scan.js';
import { openForReading } from './open-log.js';

/** The stretch that the thread walks along. */
export interface ScanStart {
  readonly file: string;
  readonly from: Position;
  readonly until?: Position;
}

export type FromScan = { readonly checked: number } | { readonly part: ScannedPart };

const { file, from, until } = workerData as ScanStart;
const tell = (message: FromScan, shared: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, shared);

const db = openForReading(file);
const scan = new ChainScan(db, from, until);
while (!scan.fault && scan.readPage()) tell({ checked: scan.events });
const part = scan.result;
const { entries } = part;
tell({ part }, [entries.streams.buffer, entries.revisions.buffer]);
db.close();
