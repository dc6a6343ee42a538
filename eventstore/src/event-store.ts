import type { Actor } from '#kernel/actor.js';
import type { LogPart } from './log-part.js';

/**
 * A place in the log of one store: opaque outside the adapter but ordered, and always a safe
 * integer (SQLite: the row number; EventStoreDB: the commit position, a byte offset).
 */
export type Position = number;

/** Before the first event. */
export const start: Position = 0;

/** The command as it was decided upon, kept with the first event of its append. */
export interface RecordedCommand {
  readonly name: string;
  readonly version: number;
  readonly fields: unknown;
}

/** A fact another stream gave to a decision, and the revision (or position) it was read at. */
export interface RecordedFact {
  readonly name: string;
  readonly stream?: string;
  readonly revision?: number;
  readonly position?: Position;
  readonly value: unknown;
}

/** Who, when and why of an event; of an append's first event also all that the decision saw. */
export interface EventMetadata {
  readonly commandId: string;
  readonly actor: Actor;
  /** 32 hex digits of the W3C trace id. */
  readonly correlationId?: string;
  /** The event that caused the command, when a policy or a deadline sent it. */
  readonly causationId?: string;
  /** UTC with milliseconds. */
  readonly recordedAt: string;
  /** The clock was injected by a simulation (demo data). */
  readonly simulated?: true;
  readonly command?: RecordedCommand;
  /** HMAC or SHA-256 of the command and its actor; the same id with another one is refused. */
  readonly fingerprint?: string;
  readonly facts?: readonly RecordedFact[];
  readonly entropy?: string;
  readonly rules?: number;
  readonly policyVersion?: number;
  readonly software?: string;
}

/**
 * An event to be appended. `id` is a lower-case UUID, derived and never drawn; `data` is any JSON
 * value. Of an append's later events pass only the common part of the metadata (all up to
 * `simulated`): stores then keep it once.
 */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

export interface StoredEvent extends NewEvent {
  readonly stream: string;
  /** 0 for the first event of a stream. */
  readonly revision: number;
  readonly position: Position;
}

/** `'none'`: the stream must not exist; a number: its last revision. */
export type ExpectedRevision = 'none' | number;

export interface AppendResult {
  /** Revision of the last appended event. */
  readonly revision: number;
  /** Position of the last appended event. */
  readonly position: Position;
}

export interface AppendEntry {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly expected: ExpectedRevision;
}

export type AppendOutcome =
  | ({ readonly entry: AppendEntry } & AppendResult)
  | { readonly entry: AppendEntry; readonly error: Error };

export interface EventFilter {
  /** Only these event types. */
  readonly types?: readonly string[];
  /** Only streams whose category (all before the first dash) is one of these. */
  readonly categories?: readonly string[];
  /** Only the streams of this part of the log. */
  readonly part?: LogPart;
}

export interface ReadOptions {
  /** First revision to return; default 0, or the last one backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** Default 1,000. */
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Exclusive. Default `start`. */
  readonly after?: Position;
  /** Default 1,000. */
  readonly limit?: number;
  readonly filter?: EventFilter;
}

/** A page of the log. `upTo` is how far the log was read, also where the filter left events out. */
export interface LogPage {
  readonly events: readonly StoredEvent[];
  readonly upTo: Position;
  /** No later event existed when the page was read. */
  readonly caughtUp: boolean;
}

/** What the way to a store on another machine is like; counted since the start. */
export interface StoreNetwork {
  /** Appends that were acknowledged, and the time they took, repeats included. */
  readonly appended: number;
  readonly appendSeconds: number;
  /** Appends at a wrong revision. */
  readonly refused: number;
  /** Tries without an answer, so that what became of them was not known; each was repeated exactly. */
  readonly unknown: number;
  /** Appends that were given up. */
  readonly unavailable: number;
  /** Clients that were replaced. */
  readonly replacements: number;
  /** Subscriptions that were begun again. */
  readonly resubscriptions: number;
}

/**
 * The event store port. Idempotence is EventStoreDB's in every adapter: when `expected` lies below
 * the head and the events at `expected + 1 …` have the same ids, the append succeeds with its
 * original numbers; with some or none of them, or with `expected` beyond the head, it is refused
 * as `WrongExpectedRevision`.
 */
export interface EventStore {
  /** Names this log, so that a restored or different one is noticed. */
  readonly logId: string;
  /**
   * Appends all events (at least one) or none. Throws `WrongExpectedRevision` and `EventTooLarge`,
   * both with nothing appended; `StoreUnavailable` with the outcome unknown, so an exact repeat is
   * the way to find out; `TypeError` and `RangeError` for arguments that no store could keep.
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult>;
  /**
   * Appends entries, each atomic alone, and reports their outcomes one by one, in no fixed order.
   * Single appends go before it. When `entries` throws, what was taken before is reported first.
   */
  pipeline(
    entries: Iterable<AppendEntry> | AsyncIterable<AppendEntry>,
  ): AsyncIterable<AppendOutcome>;
  /** The stream's events; an unknown stream has none. */
  read(stream: string, options?: ReadOptions): Promise<readonly StoredEvent[]>;
  readAll(options?: ReadAllOptions): Promise<LogPage>;
  /**
   * The event at a position that the store has given; `undefined` behind the log's end. EventStoreDB
   * cannot read from any other position, so nobody counts with them.
   */
  at(position: Position): Promise<StoredEvent | undefined>;
  /**
   * Every page after `after`, then new ones as they are appended, until `signal` aborts or the
   * store closes. Nothing comes while nothing is new: compare with `head` to know it at the start.
   */
  subscribe(
    after: Position,
    options: { filter?: EventFilter; signal: AbortSignal; pageSize?: number },
  ): AsyncIterable<LogPage>;
  /** The position of the last event, `start` when there is none. */
  head(): Promise<Position>;
  /** The saved position of a policy, `undefined` when none was saved. */
  checkpoint(name: string): Promise<Position | undefined>;
  saveCheckpoint(name: string, position: Position): Promise<void>;
  /** Whether appends are accepted; after a failed fsync or a full disk only reads are. */
  health(): { readonly writable: boolean; readonly reason?: string };
  /** Absent where the store is on this machine. */
  network?(): StoreNetwork | undefined;
  /** The process is about to end: what fails from now on is not tried again for long. */
  hurry?(): void;
  close(): Promise<void>;
}

/** Someone else appended first, or the expected revision never existed. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`${stream} was expected at revision ${expected} but is at ${actual}`);
  }
}

/** An event is over the limit of 1 MiB (data and metadata together); nothing was appended. */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
  constructor(
    readonly type: string,
    readonly bytes: number,
    readonly mostBytes: number = maxEventBytes,
  ) {
    super(`${type} has ${bytes} bytes; an event may have at most ${mostBytes}`);
  }
}

export const maxEventBytes = 1024 * 1024;

/** The store accepts no appends now (full disk, failed fsync, closed); reads may go on. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The category of a stream: all before its first dash. */
export const categoryOf = (stream: string): string => {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : stream.slice(0, dash);
};
