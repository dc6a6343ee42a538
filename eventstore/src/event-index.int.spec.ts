import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventIndex } from './event-index.js';
import { createMemoryStore } from './memory.store.js';
import { sampleEvents, freshStream } from './sample-events.js';
import type { EventStore, NewEvent } from './event-store.js';

describe('The index of events', () => {
  let folder: string;
  let file: string;
  let store: EventStore;

  const appended = async (count: number): Promise<readonly NewEvent[]> => {
    const events = sampleEvents(count);
    await store.append(freshStream(), events, 'none');
    return events;
  };
  const found = async (ids: readonly string[]) => {
    const index = EventIndex.open(file, store);
    try {
      return await Promise.all(ids.map((id) => index.find(id)));
    } finally {
      index.close();
    }
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'event-index-'));
    file = join(folder, 'ids.db');
    store = createMemoryStore();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('finds each event by its id, those too that came since it was last asked', async () => {
    const first = await appended(2);
    expect(await found(first.map(({ id }) => id))).toEqual([1, 2]);
    const [later] = await appended(1);
    expect(await found([later?.id ?? ''])).toEqual([3]);
    expect(await found(['01900000-0000-7000-8000-000000000000'])).toEqual([undefined]);
  });

  it('finds the first event of a command by the command’s id', async () => {
    const [event] = sampleEvents(1);
    if (!event) throw new Error('there is a sample');
    const command = { name: 'Sample', version: 1, fields: {} };
    const commandId = '01900000-0000-7000-8000-0000000000c1';
    const metadata = { ...event.metadata, commandId, command };
    await store.append(freshStream(), [{ ...event, metadata }], 'none');
    expect(await found([commandId])).toEqual([1]);
  });

  it('takes nothing from a file of another log', async () => {
    const events = await appended(1);
    expect(await found([events[0]?.id ?? ''])).toEqual([1]);
    store = createMemoryStore();
    expect(await found([events[0]?.id ?? ''])).toEqual([undefined]);
  });
});
