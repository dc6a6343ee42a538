import {
  start,
  type EventFilter,
  type LogPage,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type StoredEvent,
} from '../event-store.js';
import { passes } from '../event-filter.js';
import type { EsdbRecord, EsdbResolved } from './esdb-client.js';
import { patient, within, type EsdbConnection } from './esdb-connection.js';
import { fromRecord, positionOf } from './event-form.js';
import { logRecordOf, placeOf } from './log-streams.js';
import { failureOf } from './outage.js';

const defaultLimit = 1_000;
const firstHeadEvents = 16;
const mostHeadEvents = 4_096;

/** A `LogPage` whose events are as the server has them. */
export interface RecordPage extends Omit<LogPage, 'events'> {
  readonly records: readonly EsdbRecord[];
}

/** Reads of streams and of `$all`; each is begun again on a fresh client when it fails. */
export class EsdbReads {
  constructor(private readonly connection: EsdbConnection) {}

  async stream(stream: string, options?: ReadOptions): Promise<StoredEvent[]> {
    return (await this.records(stream, options)).map(fromRecord);
  }

  /** A stream's events as the library gives them; an unknown or emptied stream has none. */
  records(
    stream: string,
    { from, direction = 'forwards', limit = defaultLimit }: ReadOptions = {},
  ): Promise<EsdbRecord[]> {
    const end = direction === 'forwards' ? 'start' : 'end';
    return this.connection.tried('read', async (client, attempt) => {
      const reading = client.readStream(stream, {
        ...this.options(),
        direction,
        fromRevision: from === undefined ? end : BigInt(from),
        maxCount: limit,
      });
      try {
        const resolved = await this.collected(reading, stream, attempt);
        return resolved.flatMap(({ event }) => event ?? []);
      } catch (error) {
        if (failureOf(error) === 'not-found') return [];
        throw error;
      }
    });
  }

  /** A page of the log. The server has no filter for reads in both libraries, so it is applied here. */
  async page({ filter, ...options }: ReadAllOptions): Promise<LogPage> {
    const { resolved, ...page } = await this.resolvedPage(options);
    return { ...page, events: eventsOf(resolved, filter) };
  }

  /** The event of the log at its own position. */
  async at(position: Position): Promise<StoredEvent | undefined> {
    const [resolved] = await this.all('forwards', position, 1);
    const record = resolved && logRecordOf(resolved);
    return record && positionOf(record) === position ? fromRecord(record) : undefined;
  }

  /** The same page as the library gives it. */
  async recordPage(options: Omit<ReadAllOptions, 'filter'>): Promise<RecordPage> {
    const { resolved, ...page } = await this.resolvedPage(options);
    return { ...page, records: resolved.flatMap((each) => logRecordOf(each) ?? []) };
  }

  private async resolvedPage({ after = start, limit = defaultLimit }: ReadAllOptions) {
    // One more says whether there is more; reading begins with the event at `after` itself.
    const wanted = limit + 1;
    const read = await this.all('forwards', after, wanted + (after === start ? 0 : 1));
    const later = read.filter((each) => (placeOf(each) ?? 0) > after);
    const page = later.slice(0, limit);
    const caughtUp = later.length <= limit;
    // At the end it is the log that was read up to its head, not what the store keeps beside it.
    const last = caughtUp ? page.findLast((each) => logRecordOf(each)) : page.at(-1);
    const upTo = last ? (placeOf(last) ?? after) : after;
    return { resolved: page, upTo, caughtUp };
  }

  /** Every event on the server, those beside the log among them, in order. */
  async *everything(): AsyncGenerator<EsdbRecord> {
    for (let after = start; ;) {
      const read = await this.all('forwards', after, defaultLimit);
      const later = read.filter((each) => (placeOf(each) ?? 0) > after);
      for (const { event, link } of later) if (event && !link) yield event;
      const last = later.at(-1);
      if (!last || read.length < defaultLimit) return;
      after = placeOf(last) ?? after;
    }
  }

  /**
   * The position of the log's last event: what lies behind it is the server's or the store's own.
   * Nothing is read again of what is known already.
   */
  async head(known: { head: Position; upTo: Position } = { head: start, upTo: start }) {
    let before: Position | undefined;
    for (let count = firstHeadEvents; ; count = Math.min(count * 4, mostHeadEvents)) {
      const read = await this.all('backwards', before, count);
      const record = read.map(logRecordOf).find((each) => each !== undefined);
      if (record) return Math.max(known.head, positionOf(record));
      const place = placeOf(read.at(-1) ?? {});
      if (read.length < count || place === undefined || place <= known.upTo) return known.head;
      before = place;
    }
  }

  private all(
    direction: 'forwards' | 'backwards',
    from: Position | undefined,
    maxCount: number,
  ): Promise<EsdbResolved[]> {
    const end = direction === 'forwards' ? 'start' : 'end';
    return this.connection.tried('read', (client, attempt) =>
      this.collected(
        client.readAll({
          ...this.options(),
          ...{ direction, maxCount },
          fromPosition:
            from === undefined || from === start
              ? end
              : { commit: BigInt(from), prepare: BigInt(from) },
        }),
        ...(['$all', attempt] as const),
      ),
    );
  }

  private options() {
    const { credentials } = this.connection.settings;
    return { requiresLeader: true, ...(credentials.username !== '' && { credentials }) };
  }

  /** A server that hangs closes nothing, so silence ends a read. */
  private async collected(
    reading: AsyncIterable<EsdbResolved>,
    what: string,
    attempt: number,
  ): Promise<EsdbResolved[]> {
    const silenceMs = patient(this.connection.settings.readSilenceMs, attempt);
    const found: EsdbResolved[] = [];
    const iterator = reading[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await within(silenceMs, iterator.next(), `a read of ${what}`);
        if (next.done) return found;
        found.push(next.value);
      }
    } catch (error) {
      // Not waited for: an iterator that hangs ends with its client.
      void iterator.return?.().catch(() => undefined);
      throw error;
    }
  }
}

/** The events of the log among these that the filter lets pass. */
export const eventsOf = (read: readonly EsdbResolved[], filter?: EventFilter): StoredEvent[] =>
  read.flatMap((each) => {
    const record = logRecordOf(each);
    return record && passes(record.type, record.streamId, filter) ? [fromRecord(record)] : [];
  });
