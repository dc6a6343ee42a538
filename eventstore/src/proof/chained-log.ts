import type { Position } from '../event-store.js';
import type { ChainedEvent } from '../hash-chain.js';

/** An event of a log as it is kept, with its place in the hash chain. */
export interface LinkedEvent extends ChainedEvent {
  /** How many events of the log stand before it. */
  readonly index: number;
  readonly position: Position;
  /** The chain's hash before it and at it, 64 hex digits; nothing here is recomputed on SQLite. */
  readonly previous: string;
  readonly hash: string;
  /** What the store wrote down of `hash`: all of it, or its first digits. */
  readonly kept: string;
}

/** A log whose events have hashes that were written down, read as it lies. */
export interface ChainedLog {
  readonly logId: string;
  readonly store: 'embedded' | 'eventstoredb';
  /** How many events have a hash that was written down. */
  size(): Promise<number>;
  /** How many events behind those have none yet. */
  unsealed(): Promise<number>;
  /**
   * The chain's hashes from an index on, 32 bytes each, page by page, up to `size`. Throws
   * `ChainBroken` where the events are seen not to be what was written down of them.
   */
  hashes(from: number): AsyncIterable<readonly Buffer[]>;
  /** The same for the events. */
  events(from: number): AsyncIterable<readonly LinkedEvent[]>;
  /** The index of the event with this id or at this position. */
  find(event: string | Position): Promise<number | undefined>;
  close(): Promise<void>;
}

/** An event is not what was written down of it. */
export class ChainBroken extends Error {
  override readonly name = 'ChainBroken';
  constructor(readonly event: LinkedEvent) {
    const { position, revision, stream } = event;
    super(
      `the event at position ${position}, revision ${revision} of ${stream}, or one before it, is not ` +
        'what was sealed; `brokerage verify` names the first one',
    );
  }
}

/** The event at an index. */
export async function eventAt(log: ChainedLog, index: number): Promise<LinkedEvent | undefined> {
  for await (const [first] of log.events(index)) return first?.index === index ? first : undefined;
  return undefined;
}

/** The chain's hash at the event of an index, `undefined` where there is none. */
export async function hashAt(log: ChainedLog, index: number): Promise<Buffer | undefined> {
  for await (const [first] of log.hashes(index)) return first;
  return undefined;
}
