/** An event as a client proposed it: bytes, whatever they mean. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position alike, as for every event that was written in one go. */
  readonly position: number;
  readonly createdMs: number;
}

/** `-1` no stream, `'any'`, `'exists'`, or the revision of the last event. */
export type Expected = number | 'any' | 'exists';

export type Written =
  /** A repeat of what is truncated by now has no position. */
  | { readonly kind: 'written'; readonly revision: number; readonly position: number | undefined }
  | { readonly kind: 'wrong'; readonly current: number }
  /** Nothing is ever written behind a tombstone. */
  | { readonly kind: 'deleted' };
