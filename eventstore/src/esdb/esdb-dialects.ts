import type { EsdbDialect, EsdbLibraryClient } from './esdb-client.js';
import type { EsdbLibrary } from './esdb-settings.js';

/**
 * Loads one of the two libraries. Both print options, and with them credentials, when debugging;
 * so their own debug output stays off whatever DEBUG says.
 */
export async function esdbDialect(library: EsdbLibrary): Promise<EsdbDialect> {
  const { DEBUG } = process.env;
  if (DEBUG) process.env['DEBUG'] = `${DEBUG},-esdb,-esdb:*,-kdb,-kdb:*`;
  return library === 'eventstore' ? eventstoreDialect() : kurrentDialect();
}

/**
 * `@eventstore/db-client`: only calls of their own, since on its shared call one error fails the
 * appends of every client in the process, and later ones hang.
 */
async function eventstoreDialect(): Promise<EsdbDialect> {
  const { EventStoreDBClient, excludeSystemEvents } = await import('@eventstore/db-client');
  return {
    connect: (connection) =>
      EventStoreDBClient.connectionString(connection) as unknown as EsdbLibraryClient,
    expectation: 'expectedRevision',
    batchedBytes: 0,
    ownEventsOnly: excludeSystemEvents(),
  };
}

/**
 * `@kurrent/kurrentdb-client`: small appends share one call; a large one under back-pressure whose
 * connection is cut would end the process there, so it has its own.
 */
async function kurrentDialect(): Promise<EsdbDialect> {
  const { KurrentDBClient, excludeSystemEvents } = await import('@kurrent/kurrentdb-client');
  return {
    connect: (connection) =>
      KurrentDBClient.connectionString(connection) as unknown as EsdbLibraryClient,
    expectation: 'streamState',
    batchedBytes: 16 * 1024,
    ownEventsOnly: excludeSystemEvents(),
  };
}
