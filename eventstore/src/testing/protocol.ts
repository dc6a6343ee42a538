import { createRequire } from 'node:module';
import type { EsdbLibrary } from '../esdb/esdb-settings.js';

/** The generated code is CommonJS whose exports no import can see. */
const load = createRequire(import.meta.url);

const folders: Readonly<Record<EsdbLibrary, string>> = {
  eventstore: '@eventstore/db-client/generated',
  kurrent: '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1',
};

/**
 * The messages and services of EventStoreDB's protocol, version 1, as the client library brings
 * them. Both libraries register their messages under the same global names, so one process can use
 * those of one library only: the one that is tested in it.
 */
function protocolOf(library: EsdbLibrary) {
  const file = (name: string): unknown => load(`${folders[library]}/${name}.js`);
  const { StreamsService } = file('streams_grpc_pb') as StreamsServices;
  const { GossipService } = file('gossip_grpc_pb') as GossipServices;
  const { ServerFeaturesService } = file('serverfeatures_grpc_pb') as FeaturesServices;
  return {
    streams: file('streams_pb') as typeof import('@eventstore/db-client/generated/streams_pb.js'),
    shared: file('shared_pb') as typeof import('@eventstore/db-client/generated/shared_pb.js'),
    status: file('status_pb') as typeof import('@eventstore/db-client/generated/status_pb.js'),
    gossip: file('gossip_pb') as typeof import('@eventstore/db-client/generated/gossip_pb.js'),
    features: file(
      'serverfeatures_pb',
    ) as typeof import('@eventstore/db-client/generated/serverfeatures_pb.js'),
    services: { StreamsService, GossipService, ServerFeaturesService },
    Any: (load('google-protobuf/google/protobuf/any_pb.js') as AnyModule).Any,
    Empty: (load('google-protobuf/google/protobuf/empty_pb.js') as EmptyModule).Empty,
  };
}

type StreamsServices = typeof import('@eventstore/db-client/generated/streams_grpc_pb.js');
type GossipServices = typeof import('@eventstore/db-client/generated/gossip_grpc_pb.js');
type FeaturesServices = typeof import('@eventstore/db-client/generated/serverfeatures_grpc_pb.js');
interface AnyModule {
  readonly Any: new () => import('google-protobuf/google/protobuf/any_pb.js').Any;
}

interface EmptyModule {
  readonly Empty: new () => import('google-protobuf/google/protobuf/empty_pb.js').Empty;
}

let spoken: EsdbLibrary | undefined;

/** The messages of the chosen library; nothing before `speakAs`. */
export const protocol = {} as ReturnType<typeof protocolOf>;

/** Chooses the library; throws when this process has chosen the other one before. */
export function speakAs(library: EsdbLibrary): void {
  spoken ??= library;
  if (spoken !== library) {
    throw new Error(`this process speaks with ${spoken}; use another one for ${library}`);
  }
  Object.assign(protocol, protocolOf(library));
}
