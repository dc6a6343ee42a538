import type { EventCodec, Reading } from './event-codec.js';
import { KeyMissing } from './sealing.js';
import type {
  AppendEntry,
  AppendOutcome,
  AppendResult,
  EventFilter,
  EventStore,
  ExpectedRevision,
  LogPage,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadOptions,
  StoredEvent,
  StoreNetwork,
} from './event-store.js';

/**
 * A store whose callers see plain events of the current version: personal fields are sealed when
 * appended, unsealed (or left sealed) when read, and older versions are brought up to date on
 * read. Nothing stored is rewritten. Adds `SubjectMissing` and `SubjectErased` to what an append may
 * throw, `VersionUnknown` and `SealBroken` to what a read may.
 */
export class TypedLog implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly reading: Reading = 'revealed',
  ) {}

  /** The same log, read with its personal fields sealed. */
  get sealed(): TypedLog {
    return new TypedLog(this.store, this.codec, 'sealed');
  }

  get logId(): string {
    return this.store.logId;
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    await this.codec.prepare(events);
    const sealed = this.codec.encode(events);
    await this.codec.sealedForGood();
    const result = await this.store.append(stream, sealed, expected);
    await this.codec.recorded(events);
    return result;
  }

  async *pipeline(
    entries: Iterable<AppendEntry> | AsyncIterable<AppendEntry>,
  ): AsyncGenerator<AppendOutcome, void, undefined> {
    const given = new Map<AppendEntry, AppendEntry>();
    const refused: AppendOutcome[] = [];
    const codec = this.codec;
    async function* encoded(): AsyncGenerator<AppendEntry> {
      for await (const entry of entries) {
        try {
          await codec.prepare(entry.events);
          const sealed = { ...entry, events: codec.encode(entry.events) };
          await codec.sealedForGood();
          given.set(sealed, entry);
          yield sealed;
        } catch (error) {
          refused.push({ entry, error: error instanceof Error ? error : new Error(String(error)) });
        }
      }
    }
    for await (const outcome of this.store.pipeline(encoded())) {
      yield* refused.splice(0);
      const entry = given.get(outcome.entry) ?? outcome.entry;
      given.delete(outcome.entry);
      yield { ...outcome, entry };
    }
    yield* refused;
  }

  async read(stream: string, options?: ReadOptions): Promise<readonly StoredEvent[]> {
    return this.decodeAll(await this.store.read(stream, options));
  }

  async readAll(options?: ReadAllOptions): Promise<LogPage> {
    return this.decodePage(await this.store.readAll(options));
  }

  async at(position: Position): Promise<StoredEvent | undefined> {
    const event = await this.store.at(position);
    return event && (await this.decodeAll([event]))[0];
  }

  async *subscribe(
    after: Position,
    options: { filter?: EventFilter; signal: AbortSignal; pageSize?: number },
  ): AsyncGenerator<LogPage, void, undefined> {
    for await (const page of this.store.subscribe(after, options))
      yield await this.decodePage(page);
  }

  head(): Promise<Position> {
    return this.store.head();
  }

  checkpoint(name: string): Promise<Position | undefined> {
    return this.store.checkpoint(name);
  }

  saveCheckpoint(name: string, position: Position): Promise<void> {
    return this.store.saveCheckpoint(name, position);
  }

  health(): { readonly writable: boolean; readonly reason?: string } {
    return this.store.health();
  }

  network(): StoreNetwork | undefined {
    return this.store.network?.();
  }

  hurry(): void {
    this.store.hurry?.();
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private async decodeAll(events: readonly StoredEvent[]): Promise<StoredEvent[]> {
    const decoded: StoredEvent[] = [];
    for (const event of events) {
      try {
        decoded.push(this.codec.decode(event, this.reading));
      } catch (error) {
        if (!(error instanceof KeyMissing)) throw error;
        decoded.push(await this.codec.withKeys(() => this.codec.decode(event, this.reading)));
      }
    }
    return decoded;
  }

  private async decodePage(page: LogPage): Promise<LogPage> {
    return { ...page, events: await this.decodeAll(page.events) };
  }
}
