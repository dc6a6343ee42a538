import type { NewEvent } from '#eventstore/event-store.js';
import type {
  EsdbDialect,
  EsdbEvent,
  EsdbLibraryClient,
  EsdbResolved,
} from '#eventstore/esdb/esdb-client.js';
import { esdbDialect } from '#eventstore/esdb/esdb-dialects.js';
import { esdbSettings, type EsdbLibrary } from '#eventstore/esdb/esdb-settings.js';
import { openEsdbStore, type EsdbStore } from '#eventstore/esdb/esdb.store.js';

/** What is measured: our adapter, and the library that it uses, doing the same calls. */
export interface Contender {
  append(stream: string, events: readonly NewEvent[], expected: number): Promise<unknown>;
  /** How many events the stream has. */
  readStream(stream: string): Promise<number>;
  /** The revision of the stream's last event. */
  readLast(stream: string): Promise<number>;
  /** Reads the whole log page by page; answers how many events it has. */
  readAll(): Promise<number>;
  /** Follows the log from its start until it has brought so many events. */
  follow(events: number): Promise<void>;
  close(): Promise<void>;
}

export type ContenderName = 'ours' | 'bare';

export const contender = (
  name: ContenderName,
  library: EsdbLibrary,
  url: string,
): Promise<Contender> => (name === 'ours' ? Ours.open(library, url) : Bare.open(library, url));

const pageEvents = 1_000;
const streamEvents = 100;

class Ours implements Contender {
  private constructor(private readonly store: EsdbStore) {}

  static async open(library: EsdbLibrary, url: string): Promise<Ours> {
    return new Ours(await openEsdbStore(esdbSettings(url, { library })));
  }

  append(stream: string, events: readonly NewEvent[], expected: number): Promise<unknown> {
    return this.store.append(stream, events, expected < 0 ? 'none' : expected);
  }

  async readStream(stream: string): Promise<number> {
    return (await this.store.read(stream, { limit: streamEvents })).length;
  }

  async readLast(stream: string): Promise<number> {
    const [last] = await this.store.read(stream, { direction: 'backwards', limit: 1 });
    return last?.revision ?? -1;
  }

  async readAll(): Promise<number> {
    for (let [after, count] = [0, 0]; ;) {
      const page = await this.store.readAll({ after, limit: pageEvents });
      count += page.events.length;
      if (page.caughtUp) return count;
      after = page.upTo;
    }
  }

  async follow(events: number): Promise<void> {
    const enough = new AbortController();
    let count = 0;
    for await (const page of this.store.subscribe(0, { signal: enough.signal })) {
      count += page.events.length;
      if (count >= events) return enough.abort();
    }
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

/** The library as its documentation uses it, with the subscription that a service has at any time. */
class Bare implements Contender {
  private constructor(
    private readonly dialect: EsdbDialect,
    private readonly client: EsdbLibraryClient,
    private readonly credentials: { username: string; password: string },
  ) {}

  static async open(library: EsdbLibrary, url: string): Promise<Bare> {
    const settings = esdbSettings(url, { library });
    const dialect = await esdbDialect(library);
    const client = dialect.connect(settings.connection);
    const bare = new Bare(dialect, client, settings.credentials);
    const live = bare.subscription('end');
    live.on('error', () => undefined);
    live.on('data', () => undefined);
    await new Promise<void>((resolve) => {
      live.on('confirmation', resolve);
    });
    return bare;
  }

  append(stream: string, events: readonly NewEvent[], expected: number): Promise<unknown> {
    const { dialect, credentials } = this;
    // A call of its own where the adapter uses one too.
    const isUnary = dialect.batchedBytes === 0;
    return this.client.appendToStream(stream, events.map(plainEvent), {
      [dialect.expectation]: expected < 0 ? 'no_stream' : BigInt(expected),
      requiresLeader: true,
      ...(isUnary && { credentials }),
    });
  }

  async readStream(stream: string): Promise<number> {
    return counted(
      this.client.readStream(stream, {
        ...{ direction: 'forwards', fromRevision: 'start', maxCount: streamEvents },
        requiresLeader: true,
      }),
    );
  }

  async readLast(stream: string): Promise<number> {
    const reading = this.client.readStream(stream, {
      ...{ direction: 'backwards', fromRevision: 'end', maxCount: 1, requiresLeader: true },
    });
    let revision = -1;
    for await (const { event } of reading) revision = Number(event?.revision ?? -1);
    return revision;
  }

  async readAll(): Promise<number> {
    const all = { direction: 'forwards', fromPosition: 'start', requiresLeader: true } as const;
    return counted(this.client.readAll({ ...all, maxCount: Number.MAX_SAFE_INTEGER }));
  }

  async follow(events: number): Promise<void> {
    const subscription = this.subscription('start');
    let count = 0;
    await new Promise<void>((resolve, reject) => {
      subscription.on('error', reject);
      subscription.on('data', () => {
        if ((count += 1) === events) resolve();
      });
    });
    await subscription.unsubscribe();
  }

  close(): Promise<void> {
    return this.client.dispose();
  }

  private subscription(fromPosition: 'start' | 'end') {
    const filter = this.dialect.ownEventsOnly;
    return this.client.subscribeToAll({ fromPosition, filter, requiresLeader: true });
  }
}

/** The same bytes as the adapter's: JSON data, the metadata with the version in it. */
const plainEvent = ({ id, type, version, data, metadata }: NewEvent): EsdbEvent => ({
  ...{ id, type, contentType: 'application/json', data },
  metadata: new TextEncoder().encode(JSON.stringify({ eventVersion: version, ...metadata })),
});

async function counted(reading: AsyncIterable<EsdbResolved>): Promise<number> {
  let count = 0;
  for await (const { event } of reading) if (event && !event.type.startsWith('$')) count += 1;
  return count;
}
