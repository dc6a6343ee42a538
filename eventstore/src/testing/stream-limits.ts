import { randomUUID } from 'node:crypto';
import type { Proposed } from './double-events.js';

/** The last event of a stream that is closed for good. */
export const tombstoneType = '$streamDeleted';

/** What a stream's `$$` stream says of it. */
export interface Limits {
  /** Revision of the first event that is shown. */
  readonly first: number;
  readonly notBeforeMs: number;
  /** Until something is written again. */
  readonly isDeleted: boolean;
}

/** The server writes so where a stream is deleted: the greatest revision there is. */
const nothingIsLeft = '9223372036854775807';

/** `data` is the last event of the `$$` stream, `head` the stream's own last revision. */
export function limitsOf(data: Uint8Array | undefined, head: number): Limits {
  if (!data) return { first: 0, notBeforeMs: 0, isDeleted: false };
  const { $maxCount, $maxAge, $tb } = JSON.parse(Buffer.from(data).toString()) as {
    readonly $maxCount?: number;
    /** Seconds. */
    readonly $maxAge?: number;
    readonly $tb?: number;
  };
  const truncated = Math.min($tb ?? 0, Number.MAX_SAFE_INTEGER);
  return {
    first: Math.max(0, $maxCount === undefined ? 0 : head - $maxCount + 1, truncated),
    notBeforeMs: $maxAge === undefined ? 0 : Date.now() - $maxAge * 1000,
    isDeleted: truncated === Number.MAX_SAFE_INTEGER,
  };
}

export const truncation = (before: number): Proposed => own('$metadata', `{"$tb":${before}}`);
export const deletion = (): Proposed => own('$metadata', `{"$tb":${nothingIsLeft}}`);
export const tombstone = (): Proposed => own(tombstoneType, '{}');

const own = (type: string, json: string): Proposed => ({
  ...{ id: randomUUID(), type, contentType: 'application/json' },
  data: Buffer.from(json),
  metadata: new Uint8Array(),
});
