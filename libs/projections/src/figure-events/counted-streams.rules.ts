import type { StoredEvent } from '#eventstore/event-store.js';
import type { CountedStream, Made } from './figure-events.queries.js';

const byStream = (a: CountedStream, b: CountedStream): number => (a.stream < b.stream ? -1 : 1);

/** In order of the streams; what comes from one stream is one, and read as far as any of it. */
export function* inOrder(
  streams: readonly CountedStream[],
  from: string,
): Generator<CountedStream> {
  const parts = Map.groupBy(streams.toSorted(byStream), ({ stream }) => stream);
  for (const [stream, some] of parts) {
    if (stream < from) continue;
    const [{ upTo }] = some as [CountedStream, ...CountedStream[]];
    const madeBy = (events: readonly StoredEvent[]) =>
      united(some.map((each) => each.madeBy(events)));
    yield { stream, madeBy, ...(upTo !== undefined && { upTo }) };
  }
}

function united(made: readonly Made[]): Made {
  const [only, ...others] = made;
  if (only && others.length === 0) return only;
  const all = new Map<StoredEvent, readonly string[]>();
  for (const part of made) {
    for (const [event, items] of part) {
      all.set(event, [...new Set([...(all.get(event) ?? []), ...items])]);
    }
  }
  return all;
}
