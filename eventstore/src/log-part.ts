import { crc32 } from 'node:zlib';
import type { EventStore } from './event-store.js';

/** One of so many parts into which a log is divided; `index` from 0. */
export interface LogPart {
  readonly index: number;
  readonly of: number;
}

const idLength = 36;

/**
 * Whether a stream lies in a part. Each stream lies in one, and streams named after the same id lie
 * together: a package's visit weeks with the package.
 */
export function isInPart(stream: string, { index, of }: LogPart): boolean {
  const from = stream.indexOf('-') + 1;
  return of === 1 || crc32(stream.slice(from, from + idLength)) % of === index;
}

/** A log of which only a part is read. */
export const partOf = (
  log: Pick<EventStore, 'readAll'>,
  part: LogPart,
): Pick<EventStore, 'readAll'> => ({
  readAll: (options) => log.readAll({ ...options, filter: { part } }),
});
