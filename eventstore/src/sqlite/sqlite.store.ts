/* eslint-disable @typescript-eslint/require-await -- reads are synchronous behind the port */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
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
} from '../event-store.js';
import { checkExpectation, revisionOf, wrongExpectation } from '../expectation.js';
import { followLog, LogGrowth } from '../follow.js';
import { lockDataDirectory, type DataDirectoryLock } from '../lock.js';
import { pipelineOf } from '../pipeline.js';
import { toStoredText } from '../stored-form.js';
import { LogReader } from './log-reader.js';
import type { LogWriterOptions } from './log-writer.js';
import { ensureNotCut } from './verify-log.js';
import { WriteQueue, type Urgency } from './write-queue.js';

export interface SqliteStoreOptions extends LogWriterOptions {
  /** The log, for example `data/events.db`; its directory is created and locked for this process. */
  readonly file: string;
  /** `checkpoint.json` beside the log is at most this much older than the last append; 5 s. */
  readonly checkpointEveryMs?: number;
}

/**
 * Opens the embedded store: appends are committed together in a writer thread, reads run here.
 * Throws `DataDirectoryLocked` when another process has the directory, `LogCut` when the log ends
 * before what `checkpoint.json` proves, and SQLite's own error when the file is no log.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { file, checkpointEveryMs = 5000, ...rest } = options;
  mkdirSync(dirname(file), { recursive: true });
  const lock = lockDataDirectory(dirname(file));
  let queue: WriteQueue | undefined;
  try {
    ensureNotCut(file);
    queue = await WriteQueue.start({ file, checkpointEveryMs, ...rest });
    return new SqliteStore(queue, new LogReader(file), lock);
  } catch (error) {
    await queue?.stop();
    lock.release();
    throw error;
  }
}

export class SqliteStore implements EventStore {
  readonly logId: string;
  private readonly growth: LogGrowth;
  private closing: Promise<void> | undefined;

  /** Use `openSqliteStore`. */
  constructor(
    private readonly queue: WriteQueue,
    private readonly reader: LogReader,
    private readonly lock: DataDirectoryLock,
  ) {
    this.logId = queue.logId;
    this.growth = new LogGrowth(queue.headAtStart);
  }

  append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    return this.write({ stream, events, expected }, 'prompt');
  }

  pipeline(
    entries: Iterable<AppendEntry> | AsyncIterable<AppendEntry>,
  ): AsyncIterable<AppendOutcome> {
    return pipelineOf((entry) => this.write(entry, 'bulk'), entries);
  }

  async read(stream: string, options?: ReadOptions): Promise<readonly StoredEvent[]> {
    return this.reading().read(stream, options);
  }

  async readAll(options?: ReadAllOptions): Promise<LogPage> {
    return this.reading().readAll(options);
  }

  async at(position: Position): Promise<StoredEvent | undefined> {
    return this.reading().readAll({ after: position - 1, limit: 1 }).events[0];
  }

  subscribe(
    after: Position,
    options: { filter?: EventFilter; signal: AbortSignal; pageSize?: number },
  ): AsyncIterable<LogPage> {
    return followLog((page) => this.readAll(page), this.growth, after, options);
  }

  async head(): Promise<Position> {
    return this.reading().head();
  }

  async checkpoint(name: string): Promise<Position | undefined> {
    return this.reading().checkpoint(name);
  }

  async saveCheckpoint(name: string, position: Position): Promise<void> {
    const outcome = await this.queue.write({ kind: 'checkpoint', name, position });
    if (outcome.kind === 'failed') throw new Error(outcome.reason);
  }

  health(): { writable: boolean; reason?: string } {
    const reason = this.queue.unavailable;
    return reason === undefined ? { writable: true } : { writable: false, reason };
  }

  /** Writes what is queued, ends subscriptions, closes the files and lets go of the directory. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    await this.queue.drain();
    this.growth.close();
    // Before the writer, which then is the last one and folds the write-ahead log into the file.
    this.reader.close();
    await this.queue.stop();
    this.lock.release();
  }

  private reading(): LogReader {
    if (!this.reader.isOpen) throw new StoreUnavailable('the store is closed');
    return this.reader;
  }

  private async write(
    { stream, events, expected }: AppendEntry,
    urgency: Urgency,
  ): Promise<AppendResult> {
    checkExpectation(stream, expected);
    const revision = revisionOf(expected);
    const outcome = await this.queue.write(
      { kind: 'append', stream, expected: revision, events: toStoredText(events) },
      urgency,
    );
    if (outcome.kind === 'wrong-expectation') {
      throw wrongExpectation(stream, revision, outcome.actual);
    }
    if (outcome.kind === 'failed') throw new Error(`${stream}: ${outcome.reason}`);
    this.growth.advance(outcome.position);
    return { revision: outcome.revision, position: outcome.position ?? start };
  }
}
