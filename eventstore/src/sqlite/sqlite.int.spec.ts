import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../event-store.contract.js';
import { eventStoreModel } from '../event-store.model.contract.js';
import { typedLogContract } from '../typed-log.contract.js';
import { openSqliteStore } from './sqlite.store.js';

describe('The SQLite store', () => {
  const directory = mkdtempSync(join(tmpdir(), 'eventstore-'));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  let opened = 0;
  let file = '';
  const open = () => {
    const fresh = join(directory, String((opened += 1)), 'events.db');
    file ||= fresh;
    return openSqliteStore({ file: fresh });
  };

  eventStoreContract({
    open,
    reopen: async (store) => {
      await store.close();
      return openSqliteStore({ file });
    },
  });

  eventStoreModel(open);

  describe('under a typed log', () => {
    typedLogContract(open);
  });
});
