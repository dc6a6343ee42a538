import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { eventsPerStream, nextId, sampleEvent } from './sample-appends.js';

/** Writes a log of the events that the appends are measured with. */
export async function writePlainLog(file: string, events: number): Promise<void> {
  const store = await openSqliteStore({ file });
  const streams = Array.from({ length: events / eventsPerStream }, () => `visitWeek-${nextId()}`);
  const entries = streams.map((stream) => ({
    ...{ stream, expected: 'none' as const },
    events: Array.from({ length: eventsPerStream }, sampleEvent),
  }));
  for await (const outcome of store.pipeline(entries)) if ('error' in outcome) throw outcome.error;
  await store.close();
}
