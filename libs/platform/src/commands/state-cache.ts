import type { AnyDecider } from '#kernel/decider.js';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { GenerationCache } from '../memory/generation-cache.js';

/** What the last commands of a stream answered, so that a command takes effect once. */
export interface KnownCommand {
  readonly position: Position;
  readonly fingerprint: string | undefined;
}

/** A stream folded to a revision, with the commands that made it. */
export interface LoadedStream {
  readonly state: unknown;
  readonly revision: number | 'none';
  readonly position: Position;
  readonly commands: ReadonlyMap<string, KnownCommand>;
}

/**
 * Keeps the folded states of the streams used last, so that a command reads only what is new.
 * An entry is advanced by reading from its revision, so another writer's events are never missed.
 */
export class StateCache {
  private readonly loaded: GenerationCache<LoadedStream>;

  /** When the few streams that may be a moment old were read; one entry each. */
  private readonly readAt = new Map<string, number>();

  constructor(
    private readonly store: Pick<EventStore, 'read'>,
    capacity = 3_000,
  ) {
    this.loaded = new GenerationCache(capacity / 2);
  }

  async load(decider: AnyDecider, stream: string): Promise<LoadedStream> {
    let loaded = this.loaded.get(stream) ?? nothingLoaded(decider);
    for (;;) {
      const from = loaded.revision === 'none' ? 0 : loaded.revision + 1;
      const news = await this.store.read(stream, { from, limit: pageSize });
      if (news.length > 0) loaded = advance(decider, loaded, news);
      if (news.length < pageSize) break;
    }
    if (loaded.revision !== 'none') this.keep(stream, loaded);
    return loaded;
  }

  /**
   * The state as it was at some moment of the last `withinMs`, without asking a store that was asked
   * then. What this process appended is in it.
   */
  async loadRecent(decider: AnyDecider, stream: string, withinMs: number): Promise<LoadedStream> {
    const known = this.loaded.get(stream);
    const isRecent = performance.now() - (this.readAt.get(stream) ?? -Infinity) < withinMs;
    if (known && isRecent) return known;
    const startedAt = performance.now();
    const loaded = await this.load(decider, stream);
    this.readAt.set(stream, startedAt);
    return loaded;
  }

  /** Advances an entry by events that were just appended, saving the read of them. */
  appended(
    decider: AnyDecider,
    stream: string,
    before: LoadedStream,
    events: readonly StoredEvent[],
  ): void {
    this.keep(stream, advance(decider, before, events));
  }

  forget(stream: string): void {
    this.loaded.delete(stream);
  }

  private keep(stream: string, loaded: LoadedStream): void {
    this.loaded.set(stream, loaded);
    this.loaded.trim();
  }
}

const pageSize = 1_000;

const nothingLoaded = (decider: AnyDecider): LoadedStream => ({
  state: decider.initial,
  revision: 'none',
  position: 0,
  commands: new Map(),
});

function advance(
  decider: AnyDecider,
  loaded: LoadedStream,
  events: readonly StoredEvent[],
): LoadedStream {
  const commands = new Map(loaded.commands);
  let { state, revision, position } = loaded;
  for (const event of events) {
    state = decider.evolve[event.type]?.(state, event.data) ?? state;
    ({ revision, position } = event);
    const { commandId, fingerprint } = event.metadata;
    const known = commands.get(commandId);
    commands.set(commandId, { position, fingerprint: known?.fingerprint ?? fingerprint });
  }
  return { state, revision, position, commands };
}
