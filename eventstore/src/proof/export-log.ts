import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import type { Position } from '../event-store.js';
import { eventAt, type ChainedLog, type LinkedEvent } from './chained-log.js';
import {
  exportFormat,
  ExportRefused,
  wholeLines,
  writeAll,
  type ExportHead,
  type WholeLines,
} from './export-file.js';
import { storedPart } from './stored-part.js';

export interface ExportOptions {
  readonly file: string;
  /** First position of a new export, default the log's first. */
  readonly from?: Position | undefined;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface ExportResult {
  /** Events in the file, how many of them were there before, and bytes of a torn line that were cut. */
  readonly events: number;
  readonly before: number;
  readonly cutBytes: number;
  readonly unsealed: number;
  /** Of the last event in the file; absent from an export without events. */
  readonly last?: { readonly position: Position; readonly hash: string };
}

/**
 * Writes the log as it lies to a file, one event a line, and goes on behind the last whole line of a
 * file that is there. On EventStoreDB what is not sealed yet is left out. Throws `ExportRefused`.
 */
export async function exportLog(log: ChainedLog, options: ExportOptions): Promise<ExportResult> {
  const { file, from, onProgress } = options;
  const handle = openSync(file, existsSync(file) ? 'r+' : 'w+');
  try {
    const total = await log.size();
    const found = wholeLines(handle);
    const begun = found.head ? await goOn(log, found, options) : await begin(log, handle, from);
    let { events: done } = begun;
    const before = done;
    let last: ExportResult['last'] = begun.last;
    for await (const page of log.events(begun.next)) {
      writeAll(handle, page.map(lineOf).join(''));
      done += page.length;
      const end = page.at(-1);
      if (end) last = { position: end.position, hash: end.hash };
      onProgress?.({ done: begun.next + done - before, total });
    }
    fsyncSync(handle);
    const unsealed = await log.unsealed();
    return { events: done, before, cutBytes: found.cutBytes, unsealed, ...(last && { last }) };
  } finally {
    closeSync(handle);
  }
}

interface Begun {
  /** Index of the next event to write. */
  readonly next: number;
  readonly events: number;
  readonly last?: ExportResult['last'];
}

async function begin(log: ChainedLog, handle: number, from: Position | undefined): Promise<Begun> {
  const firstIndex = from === undefined ? 0 : await log.find(from);
  const first = firstIndex === undefined ? undefined : await eventAt(log, firstIndex);
  if (from !== undefined && !first) {
    throw new ExportRefused(`There is no event at position ${from} whose hash was written down.`);
  }
  const head: ExportHead = {
    ...({ format: exportFormat, version: 1 } as const),
    ...{ logId: log.logId, store: log.store },
    ...{ firstIndex: firstIndex ?? 0, previousHash: first?.previous ?? '0'.repeat(64) },
  };
  ftruncateSync(handle, 0);
  writeAll(handle, `${JSON.stringify(head)}\n`);
  return { next: head.firstIndex, events: 0 };
}

/** The log has to have the event of the last line still, with its hash. */
async function goOn(
  log: ChainedLog,
  found: WholeLines,
  { file, from }: ExportOptions,
): Promise<Begun> {
  const { head, last } = found;
  if (head?.logId !== log.logId || head.version !== 1) {
    throw new ExportRefused(`${file} is an export of another log. Choose another file.`);
  }
  if (!last) return { next: head.firstIndex, events: 0 };
  const there = await eventAt(log, last.index);
  if (there?.kept !== last.hash || there.position !== last.position) {
    throw new ExportRefused(
      `The log no longer has what ${file} says of position ${last.position}. Keep that file: it is ` +
        'evidence. Export to another one and compare both.',
    );
  }
  if (from !== undefined && from > last.position) {
    throw new ExportRefused(
      `${file} ends at position ${last.position}; leave out --from to go on.`,
    );
  }
  const next = last.index + 1;
  const end = { position: there.position, hash: there.hash };
  return { next, events: next - head.firstIndex, last: end };
}

const lineOf = (event: LinkedEvent): string => {
  const { index, position, stream, revision, id, type, version, data, metadata, kept } = event;
  const place = { index, position, stream, revision, id, type, version, hash: kept };
  return `${JSON.stringify({ ...place, data: storedPart(data), metadata: storedPart(metadata) })}\n`;
};
