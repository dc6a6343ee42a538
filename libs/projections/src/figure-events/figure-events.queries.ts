import { setImmediate } from 'node:timers/promises';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { connectionFrom, type Connection } from '#platform/graphql/connection.js';
import { asOf } from '#platform/graphql/paging.view.js';
import type { AsOf } from '../projector/as-of.js';
import { cursorOf, placeAt } from '../projector/cursor.js';
import { BadCursor } from '../projector/errors.js';
import { maxPageSize } from '../projector/paging.js';
import type { FigureEvent } from './figure-events.view.js';

/** Events of one stream, each with what it made of what counts. */
export type Made = ReadonlyMap<StoredEvent, readonly string[]>;

/** A stream that something counted comes from. */
export interface CountedStream {
  readonly stream: string;
  /** How far it is read, where that is not how far the list is. */
  readonly upTo?: Position;
  /** Which of the stream's events made what counts; they come in the stream's order. */
  readonly madeBy: (events: readonly StoredEvent[]) => Made;
}

/** What counts in a figure, found in the read model's rows; nothing about it is stored. */
export interface Counted {
  /** Names the list, so that a cursor of another one is refused. */
  readonly list: string;
  readonly asOf: AsOf;
  /** In order of the streams' names, from a stream on. */
  readonly streams: (from: string) => AsyncIterable<CountedStream>;
}

export interface EventsPage {
  readonly first: number;
  readonly after?: string | undefined;
}

export type FigureEventPage = Omit<Connection<FigureEvent>, 'totalCount'> & {
  /** Counted only for who asks. */
  readonly totalCount: Promise<number>;
};

type Log = Pick<EventStore, 'read'>;

/** Streams that are read at the same time. */
const together = 8;

/** Every event behind a figure, in order of stream and revision. */
export async function* eventsOf(
  log: Log,
  { asOf: { position }, streams }: Counted,
  from = '',
): AsyncGenerator<FigureEvent> {
  const eventsIn = async ({ stream, madeBy, upTo = position }: CountedStream) => {
    const events = await log.read(stream, { limit: 10_000 });
    const made = madeBy(events.filter((event) => event.position <= upTo));
    return [...made].map(told).toSorted((a, b) => a.revision - b.revision);
  };
  let batch: CountedStream[] = [];
  const readBatch = async () => {
    const read = await Promise.all(batch.map(eventsIn));
    batch = [];
    await setImmediate();
    return read.flat();
  };
  for await (const counted of streams(from)) {
    if (batch.push(counted) >= together) yield* await readBatch();
  }
  yield* await readBatch();
}

/** A page of the events behind a figure. Throws `BadCursor`. */
export async function eventsPage(
  log: Log,
  counted: Counted,
  { first, after }: EventsPage,
): Promise<FigureEventPage> {
  const size = Math.min(Math.max(Math.trunc(first), 1), maxPageSize);
  const place = after === undefined ? undefined : placeAt(counted.list, after);
  if (place && typeof place.value !== 'number') throw new BadCursor('the cursor is damaged');
  const found: FigureEvent[] = [];
  for await (const event of eventsOf(log, counted, place?.key)) {
    if (place && event.stream === place.key && event.revision <= Number(place.value)) continue;
    if (found.push(event) > size) break;
  }
  const edges = found.slice(0, size).map((node) => ({
    ...{ node, cursor: cursorOf(counted.list, { key: node.stream, value: node.revision }) },
  }));
  const page = { edges, hasNextPage: found.length > size, hasPreviousPage: place !== undefined };
  const connection = connectionFrom({ ...page, totalCount: 0, asOf: asOf(counted.asOf) });
  return {
    ...{ edges, pageInfo: connection.pageInfo, asOf: connection.asOf },
    get totalCount() {
      return numberOf(log, counted);
    },
  };
}

async function numberOf(log: Log, counted: Counted): Promise<number> {
  let count = 0;
  for await (const _ of eventsOf(log, counted)) count += 1;
  return count;
}

const told = ([event, concerns]: readonly [StoredEvent, readonly string[]]): FigureEvent => ({
  ...{ eventId: event.id, type: event.type, stream: event.stream, revision: event.revision },
  ...{ position: String(event.position), recordedAt: event.metadata.recordedAt },
  concerns: [...concerns],
});

/** Gathers what events of a stream made, item by item; `lost` took something out of the count. */
export function madeOf(
  items: Iterable<readonly [string, readonly StoredEvent[]]>,
  lost: Iterable<StoredEvent> = [],
): Made {
  const made = new Map<StoredEvent, string[]>();
  for (const [item, events] of items) {
    for (const event of events) {
      const concerned = made.get(event);
      if (!concerned) made.set(event, [item]);
      else if (!concerned.includes(item)) concerned.push(item);
    }
  }
  for (const event of lost) if (!made.has(event)) made.set(event, []);
  return made;
}
