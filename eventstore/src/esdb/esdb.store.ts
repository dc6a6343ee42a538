import { setTimeout as pause } from 'node:timers/promises';
import {
  start,
  StoreUnavailable,
  type AppendEntry,
  type AppendOutcome,
  type AppendResult,
  type EventFilter,
  type EventStore,
  type ExpectedRevision,
  type LogPage,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type StoredEvent,
  type StoreNetwork,
} from '../event-store.js';
import { checkExpectation } from '../expectation.js';
import { followLog } from '../follow.js';
import { pipelineOf } from '../pipeline.js';
import { EsdbAppends } from './esdb-appends.js';
import { backOff, EsdbConnection, type EsdbSigns } from './esdb-connection.js';
import { EsdbReads } from './esdb-reads.js';
import type { EsdbSettings } from './esdb-settings.js';
import { toEsdbEvents } from './event-form.js';
import { EsdbCheckpoints } from './kept-values.js';
import { LiveTail } from './live-tail.js';
import { logIdentity } from './log-identity.js';

/** Appends of a pipeline that are on their way at once; single appends need not wait for them. */
const pipelineWindow = 64;

export interface EsdbStoreOptions extends EsdbSettings, EsdbSigns {
  /** Told once the store is closed. */
  readonly onClosed?: () => void;
}

/**
 * Opens the log on EventStoreDB (or KurrentDB). Waits for a server that is not there yet as long as
 * its patience goes, then throws `StoreUnavailable`.
 */
export async function openEsdbStore(options: EsdbStoreOptions): Promise<EsdbStore> {
  const connection = await EsdbConnection.to(options, options);
  try {
    const reads = new EsdbReads(connection);
    const appends = new EsdbAppends(connection, reads);
    const logId = await logIdentity(appends, reads);
    const tail = new LiveTail({ connection, reads }, await reads.head());
    tail.begin();
    return new EsdbStore(logId, { connection, reads, appends, tail }, options.onClosed);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

export interface EsdbParts {
  readonly connection: EsdbConnection;
  readonly reads: EsdbReads;
  readonly appends: EsdbAppends;
  readonly tail: LiveTail;
}

export class EsdbStore implements EventStore {
  private readonly checkpoints: EsdbCheckpoints;
  private closing: Promise<void> | undefined;

  /** Use `openEsdbStore`. */
  constructor(
    readonly logId: string,
    readonly parts: EsdbParts,
    private readonly onClosed: () => void = () => undefined,
  ) {
    const { connection, appends, reads } = parts;
    this.checkpoints = new EsdbCheckpoints(connection, appends, reads);
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.ensureOpen();
    checkExpectation(stream, expected);
    const { events: shaped, bytes } = toEsdbEvents(events);
    return this.parts.appends.append(stream, shaped, expected, bytes);
  }

  pipeline(
    entries: Iterable<AppendEntry> | AsyncIterable<AppendEntry>,
  ): AsyncIterable<AppendOutcome> {
    const append = ({ stream, events, expected }: AppendEntry) =>
      this.append(stream, events, expected);
    return pipelineOf(append, entries, pipelineWindow);
  }

  async read(stream: string, options?: ReadOptions): Promise<readonly StoredEvent[]> {
    this.ensureOpen();
    return this.parts.reads.stream(stream, options);
  }

  async readAll(options: ReadAllOptions = {}): Promise<LogPage> {
    this.ensureOpen();
    return this.parts.reads.page(options);
  }

  async at(position: Position): Promise<StoredEvent | undefined> {
    this.ensureOpen();
    return this.parts.reads.at(position);
  }

  subscribe(
    after: Position,
    options: { filter?: EventFilter; signal: AbortSignal; pageSize?: number },
  ): AsyncIterable<LogPage> {
    const { tail } = this.parts;
    const page = async (wanted: ReadAllOptions) =>
      tail.page(wanted) ?? this.everTried(wanted, options.signal);
    return followLog(page, tail.growth, after, options);
  }

  /** A follower has no patience to lose: however long the server is away, it goes on afterwards. */
  private async everTried(wanted: ReadAllOptions, signal: AbortSignal): Promise<LogPage> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.readAll(wanted);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        if (signal.aborted || this.closing) return nothingAfter(wanted.after);
        await pause(backOff(attempt), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async head(): Promise<Position> {
    this.ensureOpen();
    return this.parts.reads.head(this.parts.tail.known);
  }

  async checkpoint(name: string): Promise<Position | undefined> {
    this.ensureOpen();
    return this.checkpoints.read(name);
  }

  async saveCheckpoint(name: string, position: Position): Promise<void> {
    this.ensureOpen();
    await this.checkpoints.save(name, position);
  }

  health(): { writable: boolean; reason?: string } {
    if (this.closing) return { writable: false, reason: 'the store is closed' };
    const reason = this.parts.appends.unavailable;
    return reason === undefined ? { writable: true } : { writable: false, reason };
  }

  network(): StoreNetwork {
    const { appends, connection, tail } = this.parts;
    const { replacements } = connection;
    return { ...appends.tally, replacements, resubscriptions: tail.resubscriptions };
  }

  hurry(): void {
    this.parts.connection.hurry();
  }

  /** Waits for what is on its way, ends subscriptions and lets go of the server. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    const { appends, tail, connection } = this.parts;
    await appends.drained();
    await tail.close();
    await connection.close();
    this.onClosed();
  }

  private ensureOpen(): void {
    if (this.closing) throw new StoreUnavailable('the store is closed');
  }
}

const nothingAfter = (after: Position = start): LogPage => ({
  ...{ events: [], upTo: after, caughtUp: true },
});
