import type { Position } from '../event-store.js';
import { chainHash } from '../hash-chain.js';
import type { StoredText } from '../stored-form.js';

/** An event as its store keeps it, sealed and unparsed. */
export interface RawEvent extends StoredText {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/** What a key store keeps of a person: a key that is wrapped with the master key, or that it is gone. */
export type KeptKey =
  | { readonly subject: string; readonly wrapped: Buffer; readonly masterId: string }
  | { readonly subject: string; readonly erasedAt: string };

/** A log as it lies, with what is kept beside it. */
export interface RawLog {
  /** `undefined` while the log has no name. */
  readonly logId: string | undefined;
  /** About how many events there are, where that is known without reading them. */
  readonly total: number | undefined;
  /** Page after page, in the log's order, up to its end. */
  events(): AsyncIterable<readonly RawEvent[]>;
  checkpoints(): Promise<ReadonlyMap<string, Position>>;
  keys(): AsyncIterable<KeptKey>;
  close(): Promise<void>;
}

/** A log that is being copied into; until `finish` no service takes it for a log. */
export interface CopyTarget {
  /** What was copied before. */
  readonly raw: RawLog;
  /** Appends these events of one stream, all together, behind everything that was appended before. */
  append(group: readonly RawEvent[]): Promise<void>;
  /** Resolves when all that was appended is kept. */
  settled(): Promise<void>;
  saveCheckpoint(name: string, position: Position): Promise<void>;
  saveKeys(keys: AsyncIterable<KeptKey>): Promise<number>;
  /** Gives the log its name. */
  finish(): Promise<string>;
  close(): Promise<void>;
}

/** Nothing was copied that was not there before; the message says what to do. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

/** The chain's hash behind one more event: the same in every store. */
export const hashBehind = (hash: string, event: RawEvent): string => chainHash(hash, event);
