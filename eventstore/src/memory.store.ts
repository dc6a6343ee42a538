/* eslint-disable @typescript-eslint/require-await -- the port is asynchronous, memory is not */
import { randomUUID } from 'node:crypto';
import {
  start,
  StoreUnavailable,
  type AppendEntry,
  type AppendOutcome,
  type AppendResult,
  type EventFilter,
  type EventMetadata,
  type EventStore,
  type ExpectedRevision,
  type LogPage,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type StoredEvent,
} from './event-store.js';
import { checkExpectation, judgeExpectation, revisionOf, wrongExpectation } from './expectation.js';
import { passes } from './event-filter.js';
import { followLog, LogGrowth } from './follow.js';
import { pipelineOf } from './pipeline.js';
import { commonPart, metadataOffset, toStoredText, type StoredText } from './stored-form.js';

interface Entry extends StoredText {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/** A store for specs and trials: everything is lost with the process. */
export const createMemoryStore = (): EventStore => new MemoryStore();

class MemoryStore implements EventStore {
  readonly logId = randomUUID();
  private readonly log: Entry[] = [];
  private readonly streams = new Map<string, Entry[]>();
  private readonly checkpoints = new Map<string, Position>();
  private readonly growth = new LogGrowth(start);
  private open = true;

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.ensureOpen();
    checkExpectation(stream, expected);
    const texts = toStoredText(events);
    // Other callers go first here, as they do where an append takes time.
    await Promise.resolve();
    const result = this.write(stream, texts, revisionOf(expected));
    this.growth.advance(this.log.length);
    return result;
  }

  pipeline(
    entries: Iterable<AppendEntry> | AsyncIterable<AppendEntry>,
  ): AsyncIterable<AppendOutcome> {
    return pipelineOf((entry) => this.append(entry.stream, entry.events, entry.expected), entries);
  }

  async read(stream: string, options: ReadOptions = {}): Promise<readonly StoredEvent[]> {
    this.ensureOpen();
    const { direction = 'forwards', limit = 1000 } = options;
    const entries = this.streams.get(stream) ?? [];
    if (direction === 'forwards') {
      const from = options.from ?? 0;
      return entries.slice(from, from + limit).map((entry) => this.toEvent(entry));
    }
    const end = Math.min(options.from ?? Infinity, entries.length - 1) + 1;
    const chosen = entries.slice(Math.max(0, end - limit), end).reverse();
    return chosen.map((entry) => this.toEvent(entry));
  }

  async readAll({ after = start, limit = 1000, filter }: ReadAllOptions = {}): Promise<LogPage> {
    this.ensureOpen();
    const events: StoredEvent[] = [];
    let upTo = after;
    // Positions are 1, 2, 3 …, so the entry after a position has that index.
    for (let entry = this.log[upTo]; entry && events.length < limit; entry = this.log[upTo]) {
      upTo = entry.position;
      if (passes(entry.type, entry.stream, filter)) events.push(this.toEvent(entry));
    }
    return { events, upTo, caughtUp: upTo >= this.log.length };
  }

  async at(position: Position): Promise<StoredEvent | undefined> {
    const { events } = await this.readAll({ after: position - 1, limit: 1 });
    return events[0];
  }

  subscribe(
    after: Position,
    options: { filter?: EventFilter; signal: AbortSignal; pageSize?: number },
  ): AsyncIterable<LogPage> {
    return followLog((page) => this.readAll(page), this.growth, after, options);
  }

  async head(): Promise<Position> {
    this.ensureOpen();
    return this.log.length;
  }

  async checkpoint(name: string): Promise<Position | undefined> {
    this.ensureOpen();
    return this.checkpoints.get(name);
  }

  async saveCheckpoint(name: string, position: Position): Promise<void> {
    this.ensureOpen();
    this.checkpoints.set(name, position);
  }

  health(): { writable: boolean; reason?: string } {
    return this.open ? { writable: true } : { writable: false, reason: 'the store is closed' };
  }

  async close(): Promise<void> {
    this.open = false;
    this.growth.close();
  }

  private ensureOpen(): void {
    if (!this.open) throw new StoreUnavailable('the store is closed');
  }

  private write(stream: string, texts: readonly StoredText[], expected: number): AppendResult {
    const entries = this.streams.get(stream) ?? [];
    const ids = texts.map((text) => text.id);
    const head = entries.length - 1;
    const verdict = judgeExpectation(expected, head, ids, (at, id) => entries[at]?.id === id);
    if (verdict.kind === 'refuse') throw wrongExpectation(stream, expected, head);
    if (verdict.kind === 'repeat') {
      return { revision: verdict.revision, position: entries[verdict.revision]?.position ?? start };
    }
    for (const text of texts) {
      const entry = { ...text, stream, revision: entries.length, position: this.log.length + 1 };
      this.log.push(entry);
      entries.push(entry);
    }
    this.streams.set(stream, entries);
    return { revision: entries.length - 1, position: this.log.length };
  }

  private toEvent(entry: Entry): StoredEvent {
    const { id, type, version, stream, revision, position } = entry;
    const data: unknown = JSON.parse(entry.data);
    return {
      id,
      type,
      version,
      stream,
      revision,
      position,
      data,
      metadata: this.metadataOf(entry),
    };
  }

  private metadataOf(entry: Entry): EventMetadata {
    const offset = metadataOffset(entry.metadata);
    if (offset === 0) return JSON.parse(entry.metadata) as EventMetadata;
    const first = this.log[entry.position - 1 - offset];
    return commonPart(JSON.parse(first?.metadata ?? '{}') as EventMetadata);
  }
}
