import { join } from 'node:path';
import { openEsdbStore } from '#eventstore/esdb/esdb.store.js';
import { EventCodec } from '#eventstore/event-codec.js';
import type { EventStore, LogPage, ReadAllOptions, ReadOptions } from '#eventstore/event-store.js';
import { LogReader } from '#eventstore/sqlite/log-reader.js';
import { TypedLog } from '#eventstore/typed-log.js';
import type { Config } from '#platform/config/config.js';
import { catalogue } from '../catalogue.js';
import { openSharedKeys, openSubjectKeys } from '../subject-keys.js';

/** A log that is only read, beside the service that works on it or alone. */
export interface ReadableLog {
  readonly log: TypedLog;
  close(): Promise<void>;
}

/** Opens the log and the keys that the settings name. */
export async function openReadableLog(config: Config): Promise<ReadableLog> {
  if (config.esdb) {
    const store = await openEsdbStore(config.esdb);
    const keys = await openSharedKeys(config, store);
    return {
      log: new TypedLog(store, new EventCodec(catalogue, keys.subjects)),
      close: () => store.close(),
    };
  }
  const reader = new LogReader(join(config.dataDir, 'events.db'));
  const keys = openSubjectKeys(config, reader.head());
  return {
    log: new TypedLog(readOnly(reader), new EventCodec(catalogue, keys.subjects)),
    close: () => {
      keys.close();
      reader.close();
      return Promise.resolve();
    },
  };
}

/** What a log is asked when it is only read; nothing else is there to be called. */
const readOnly = (reader: LogReader): EventStore =>
  ({
    logId: reader.logId,
    read: (stream: string, options?: ReadOptions) => Promise.resolve(reader.read(stream, options)),
    readAll: (options?: ReadAllOptions): Promise<LogPage> =>
      Promise.resolve(reader.readAll(options)),
    at: (position: number) =>
      Promise.resolve(reader.readAll({ after: position - 1, limit: 1 }).events[0]),
    head: () => Promise.resolve(reader.head()),
  }) as Partial<EventStore> as EventStore;
