import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../event-store.contract.js';
import { eventStoreModel } from '../event-store.model.contract.js';
import { EventStoreDouble } from '../testing/double.js';
import { typedLogContract } from '../typed-log.contract.js';
import { esdbSettings, type EsdbLibrary } from './esdb-settings.js';
import { openEsdbStore } from './esdb.store.js';
import { maxEsdbEventBytes } from './event-form.js';

/** All that a store does, on the double or on the server that `ESDB_URL` names. */
export function esdbContract(library: EsdbLibrary): void {
  const directory = mkdtempSync(join(tmpdir(), 'esdb-'));
  const server = process.env['ESDB_URL'];
  let double: EventStoreDouble | undefined;

  beforeAll(async () => {
    if (server !== undefined) return;
    double = await EventStoreDouble.start({ library, file: join(directory, 'double.db') });
  });

  afterAll(async () => {
    await double?.stop();
    rmSync(directory, { recursive: true });
  });

  const open = () => openEsdbStore(esdbSettings(server ?? double?.url ?? '', { library }));

  eventStoreContract({
    open,
    reopen: async (store) => {
      await store.close();
      return open();
    },
    mostBytes: maxEsdbEventBytes,
  });

  eventStoreModel(open, 100);

  describe('under a typed log', () => {
    typedLogContract(open);
  });
}
