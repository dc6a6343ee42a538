import type { EsdbCredentials } from './esdb-settings.js';

/** A place in `$all`; for everything that this product writes both numbers are the same. */
export interface EsdbPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** An event on its way to the server: its content is JSON text that was checked before. */
export interface EsdbEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: 'application/json';
  readonly data: unknown;
  readonly metadata: Uint8Array;
}

/** An event as both libraries return it. */
export interface EsdbRecord {
  readonly streamId: string;
  readonly id: string;
  readonly type: string;
  readonly revision: bigint;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: EsdbPosition;
}

/** A link names another event; `event` is missing where that one was deleted. */
export interface EsdbResolved {
  readonly event?: EsdbRecord;
  readonly link?: EsdbRecord;
  readonly commitPosition?: bigint;
}

export interface EsdbAppended {
  readonly success: boolean;
  readonly nextExpectedRevision: bigint;
  readonly position?: EsdbPosition | undefined;
}

export interface EsdbSubscription {
  on(event: 'data', told: (resolved: EsdbResolved) => void): unknown;
  on(event: 'error', told: (error: Error) => void): unknown;
  on(event: 'confirmation' | 'end' | 'close', told: () => void): unknown;
  removeAllListeners(event: 'data'): unknown;
  unsubscribe(): Promise<void>;
}

type Direction = 'forwards' | 'backwards';

interface CallOptions {
  readonly credentials?: EsdbCredentials;
  readonly requiresLeader?: boolean;
  /** Milliseconds. */
  readonly deadline?: number;
}

/** What this adapter uses of either library; the names of the expectation differ. */
export interface EsdbLibraryClient {
  appendToStream(
    stream: string,
    events: readonly EsdbEvent[],
    options: CallOptions & Readonly<Record<string, unknown>>,
  ): Promise<EsdbAppended>;
  readStream(
    stream: string,
    options: CallOptions & {
      readonly direction: Direction;
      readonly fromRevision: bigint | 'start' | 'end';
      readonly maxCount: number;
    },
  ): AsyncIterable<EsdbResolved>;
  readAll(
    options: CallOptions & {
      readonly direction: Direction;
      readonly fromPosition: EsdbPosition | 'start' | 'end';
      readonly maxCount: number;
    },
  ): AsyncIterable<EsdbResolved>;
  subscribeToAll(
    options: CallOptions & {
      readonly fromPosition: EsdbPosition | 'start' | 'end';
      readonly filter: unknown;
    },
  ): EsdbSubscription;
  setStreamMetadata(
    stream: string,
    metadata: { readonly maxCount: number },
    options: CallOptions,
  ): Promise<unknown>;
  dispose(): Promise<void>;
}

/** A library behind one mapping. */
export interface EsdbDialect {
  connect(connection: string): EsdbLibraryClient;
  /** The library's name for the expected revision; it ignores a name that it does not know. */
  readonly expectation: 'expectedRevision' | 'streamState';
  /** Appends of up to so many bytes share one call; larger ones, and all with 0, have their own. */
  readonly batchedBytes: number;
  /** Events of the server itself are left out. */
  readonly ownEventsOnly: unknown;
}
