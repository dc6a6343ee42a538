import { fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import type { Position } from '../event-store.js';
import type { ChainedLog } from './chained-log.js';

export const exportFormat = 'care-brokerage-log-export';

/** How its first line begins. */
const headBegin = `{"format":"${exportFormat}"`;

/** The first line of an export. */
export interface ExportHead {
  readonly format: typeof exportFormat;
  readonly version: 1;
  readonly logId: string;
  readonly store: ChainedLog['store'];
  /** How many events stand before the first one here, and the chain's hash there. */
  readonly firstIndex: number;
  readonly previousHash: string;
}

/** The file is no export of this log, or the log is no longer what was exported. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
}

/** What a file that was written before has. */
export interface WholeLines {
  readonly head?: ExportHead;
  readonly last?: { readonly index: number; readonly position: Position; readonly hash: string };
  readonly cutBytes: number;
}

/** Reads the first and the last whole line, and cuts off what follows. */
export function wholeLines(handle: number): WholeLines {
  const { size } = fstatSync(handle);
  const end = lineEndBefore(handle, size);
  const cutBytes = size - end;
  if (end === 0) {
    const begun = read(handle, 0, Math.min(size, headBegin.length));
    if (!headBegin.startsWith(begun)) throw new ExportRefused('The file is no export of a log.');
    ftruncateSync(handle, 0);
    return { cutBytes };
  }
  const headEnd = lineEndFrom(handle, end);
  const head = parsed<ExportHead>(read(handle, 0, headEnd));
  if (head.format !== exportFormat) throw new ExportRefused('The file is no export of a log.');
  ftruncateSync(handle, end);
  const lastFrom = lineEndBefore(handle, end - 1);
  if (lastFrom === 0) return { head, cutBytes };
  return { head, cutBytes, last: parsed(read(handle, lastFrom, end)) };
}

function parsed<Line>(text: string): Line {
  try {
    return JSON.parse(text) as Line;
  } catch {
    throw new ExportRefused('The file is no export of a log.');
  }
}

const chunkBytes = 64 * 1024;
const lineFeed = 10;

/** Where the last line ends that ends at or before a place: behind its line feed. */
function lineEndBefore(handle: number, before: number): number {
  for (let end = before; end > 0;) {
    const from = Math.max(0, end - chunkBytes);
    const chunk = bytesOf(handle, from, end);
    const at = chunk.lastIndexOf(lineFeed);
    if (at >= 0) return from + at + 1;
    end = from;
  }
  return 0;
}

function lineEndFrom(handle: number, end: number): number {
  const at = bytesOf(handle, 0, Math.min(end, chunkBytes)).indexOf(lineFeed);
  if (at < 0) throw new ExportRefused('The file is no export of a log.');
  return at + 1;
}

const read = (handle: number, from: number, to: number): string =>
  bytesOf(handle, from, to).toString('utf8');

function bytesOf(handle: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  readSync(handle, bytes, 0, bytes.length, from);
  return bytes;
}

/** Writes behind what is there. */
export function writeAll(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  let at = fstatSync(handle).size;
  for (let done = 0; done < bytes.length;) {
    const written = writeSync(handle, bytes, done, bytes.length - done, at);
    [done, at] = [done + written, at + written];
  }
}
