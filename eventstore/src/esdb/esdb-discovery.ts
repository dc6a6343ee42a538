import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { credentials, type ChannelCredentials } from '@grpc/grpc-js';
import type { EsdbLibrary } from './esdb-settings.js';

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** What a library reads out of a connection string. */
interface ConnectionOptions {
  readonly dnsDiscover: boolean;
  readonly hosts: readonly Endpoint[];
  readonly tls?: boolean;
  readonly tlsCAFile?: string;
  readonly userCertFile?: string;
  readonly userKeyFile?: string;
  readonly nodePreference?: string;
  readonly discoveryInterval?: number;
  readonly maxDiscoverAttempts?: number;
  readonly gossipTimeout?: number;
}

interface Discovery {
  readonly parseConnectionString: (text: string) => ConnectionOptions;
  readonly discoverEndpoint: (settings: object, channel: ChannelCredentials) => Promise<Endpoint>;
}

const packages: Readonly<Record<EsdbLibrary, string>> = {
  eventstore: '@eventstore/db-client',
  kurrent: '@kurrent/kurrentdb-client',
};

/** Whether the string names a cluster, whose leader has to be found. */
export const isCluster = (connection: string): boolean =>
  connection.includes('+discover') || /^[^?]*,/.test(connection);

/**
 * The connection string of a cluster's leader, by the gossip of its nodes. The library would do this
 * itself, but a discovery that fails there while a call fails rejects a promise that nobody holds,
 * and ends the process. Rejects when no node answers.
 */
export async function leaderOf(library: EsdbLibrary, connection: string): Promise<string> {
  const { parseConnectionString, discoverEndpoint } = discoveryOf(library);
  const options = parseConnectionString(connection);
  const [first, ...others] = options.hosts;
  const { nodePreference, discoveryInterval, maxDiscoverAttempts, gossipTimeout } = options;
  const settings = Object.entries({
    ...{ nodePreference, discoveryInterval, maxDiscoverAttempts, gossipTimeout },
    // Several names are seeds, each asked in turn; one may stand for all nodes by DNS.
    ...(options.dnsDiscover && others.length === 0
      ? { discover: first }
      : { endpoints: options.hosts }),
  }).filter(([, value]) => value !== undefined);
  const found = await discoverEndpoint(Object.fromEntries(settings), channelOf(options));
  const [scheme = ''] = connection.split('://');
  const query = connection.includes('?') ? connection.slice(connection.indexOf('?')) : '';
  return `${scheme.replace('+discover', '')}://${found.address}:${found.port}${query}`;
}

function discoveryOf(library: EsdbLibrary): Discovery {
  const load = createRequire(import.meta.url);
  const file = (name: string) => load(`${packages[library]}/dist/Client/${name}.js`) as Discovery;
  const { parseConnectionString } = file('parseConnectionString');
  const { discoverEndpoint } = file('discovery');
  return { parseConnectionString, discoverEndpoint };
}

function channelOf({ tls, tlsCAFile, userCertFile, userKeyFile }: ConnectionOptions) {
  if (tls === false) return credentials.createInsecure();
  const read = (file: string | undefined) => (file ? readFileSync(resolve(file)) : null);
  return credentials.createSsl(read(tlsCAFile), read(userKeyFile), read(userCertFile));
}
