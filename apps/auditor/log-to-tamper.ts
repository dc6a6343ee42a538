import { idOfKey } from '#kernel/ids.js';
import type { AppendEntry } from '#eventstore/event-store.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';

const streams = 60;
const perStream = 5;

/** 300 events of 60 streams in two categories, from a hundred bytes to some thousand. */
function* entries(): Generator<AppendEntry> {
  const commandId = idOfKey('tampered log', 0);
  const actor = { id: 'broker-1', roles: ['broker' as const] };
  const metadata = { commandId, actor, recordedAt: '2026-03-02T09:00:00.000Z' };
  for (let stream = 0; stream < streams; stream += 1) {
    const events = Array.from({ length: perStream }, (_, index) => ({
      ...{
        id: idOfKey('tampered event', stream, index),
        type: 'SampleTaken',
        version: 1,
        metadata,
      },
      data: { text: `event ${index} `.repeat(5 + stream * 5) },
    }));
    const category = stream % 2 === 0 ? 'sample' : 'other';
    yield { stream: `${category}-${idOfKey('tampered', stream)}`, events, expected: 'none' };
  }
}

/** Writes the same small log each time, and closes it. */
export async function writeLogToTamper(file: string): Promise<void> {
  const store = await openSqliteStore({ file });
  for await (const outcome of store.pipeline(entries())) {
    if ('error' in outcome) throw outcome.error;
  }
  await store.close();
}
