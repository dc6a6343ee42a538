import type { NewEvent } from '#eventstore/event-store.js';
import { importPeer } from './peers.js';

interface EmmettStore {
  readonly schema: { migrate(): Promise<unknown> };
  appendToStream(
    stream: string,
    events: readonly { type: string; data: unknown; metadata: unknown }[],
    options: { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' | bigint },
  ): Promise<{ nextExpectedStreamVersion: bigint }>;
  close(): Promise<void>;
}

interface EmmettModule {
  readonly getPostgreSQLEventStore: (url: string, options?: object) => EmmettStore;
}

interface Pool {
  on(event: 'error', listener: (error: Error) => void): void;
}

interface PgModule {
  readonly default: { Pool: new (options: object) => Pool };
}

/** Emmett's PostgreSQL event store, with as many connections as appends are in flight. */
export class EmmettLog {
  private constructor(private readonly store: EmmettStore) {}

  static async open(url: string, connections: number): Promise<EmmettLog> {
    const { getPostgreSQLEventStore } = await importPeer<EmmettModule>(
      '@event-driven-io/emmett-postgresql',
    );
    const { Pool } = (await importPeer<PgModule>('pg')).default;
    const pool = new Pool({ connectionString: url, max: connections });
    // It is ended by Emmett, which does not wait for its connections to close.
    pool.on('error', () => undefined);
    const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
    await store.schema.migrate();
    return new EmmettLog(store);
  }

  /** Appends one event at its exact expected version. */
  async append(stream: string, revision: number, { type, data, metadata }: NewEvent) {
    const expectedStreamVersion = revision === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision);
    await this.store.appendToStream(stream, [{ type, data, metadata }], { expectedStreamVersion });
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
