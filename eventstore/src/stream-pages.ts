import type { EventStore, StoredEvent } from './event-store.js';

const pageSize = 1_000;

/** A stream's events from a revision to its end, page by page; none for an unknown stream. */
export async function* streamPages(
  log: Pick<EventStore, 'read'>,
  stream: string,
  from = 0,
): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  for (let next = from; ;) {
    const page = await log.read(stream, { from: next, limit: pageSize });
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    next += page.length;
  }
}

/** All events of a stream, however long it is. */
export async function wholeStream(
  log: Pick<EventStore, 'read'>,
  stream: string,
): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of streamPages(log, stream)) events.push(...page);
  return events;
}
