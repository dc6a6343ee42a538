import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#eventstore/event-store.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';

interface OpenedStore {
  readonly store: EventStore;
  readonly dispose: () => Promise<void>;
}

/** Each embedded store by its name, empty. */
export const stores: readonly (readonly [name: string, open: () => Promise<OpenedStore>])[] = [
  [
    'memory',
    () => {
      const store = createMemoryStore();
      return Promise.resolve({ store, dispose: () => store.close() });
    },
  ],
  [
    'SQLite',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'brokerage-commands-'));
      const store = await openSqliteStore({ file: join(directory, 'events.db') });
      const dispose = async () => {
        await store.close();
        rmSync(directory, { recursive: true });
      };
      return { store, dispose };
    },
  ],
];
