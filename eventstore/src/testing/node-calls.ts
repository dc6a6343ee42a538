import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { uuidOf } from './double-messages.js';
import type { DoubleFaults } from './faults.js';
import { protocol } from './protocol.js';

/** A member of the cluster as gossip tells of it. */
export interface Member {
  readonly port: number;
  readonly state: 'LEADER' | 'FOLLOWER';
  readonly isAlive: boolean;
}

/** What a client asks a node about itself and its cluster before anything else. */
export class NodeCalls {
  constructor(
    private readonly faults: DoubleFaults,
    private readonly members: () => readonly Member[],
  ) {}

  readonly gossip = (
    _: ServerUnaryCall<unknown, ClusterInfo>,
    answer: sendUnaryData<ClusterInfo>,
  ): void => {
    void this.faults.around('gossip', {
      refuse: (error) => answer(error),
      commit: () => Promise.resolve(clusterInfo(this.members())),
      reply: (info) => answer(null, info),
    });
  };

  readonly features = (
    _: ServerUnaryCall<unknown, SupportedMethods>,
    answer: sendUnaryData<SupportedMethods>,
  ): void => {
    void this.faults.around('features', {
      refuse: (error) => answer(error),
      commit: () => Promise.resolve(supportedMethods()),
      reply: (methods) => answer(null, methods),
    });
  };
}

function clusterInfo(members: readonly Member[]): ClusterInfo {
  const info = new protocol.gossip.ClusterInfo();
  const { MemberInfo, EndPoint } = protocol.gossip;
  for (const { port, state, isAlive } of members) {
    info.addMembers(
      new MemberInfo()
        .setInstanceId(uuidOf(crypto.randomUUID()))
        .setTimeStamp('0')
        .setState(MemberInfo.VNodeState[state])
        .setIsAlive(isAlive)
        .setHttpEndPoint(new EndPoint().setAddress('127.0.0.1').setPort(port)),
    );
  }
  return info;
}

/** What 24.6 says it can do with streams. */
const features: Readonly<Record<string, readonly string[]>> = {
  read: ['position', 'events'],
  append: [],
  batchappend: ['deadline_duration'],
  delete: [],
  tombstone: [],
};

function supportedMethods(): SupportedMethods {
  const methods = new protocol.features.SupportedMethods().setEventStoreServerVersion('24.6.0');
  for (const [name, list] of Object.entries(features)) {
    methods.addMethods(
      new protocol.features.SupportedMethod()
        .setServiceName('event_store.client.streams.streams')
        .setMethodName(name)
        .setFeaturesList([...list]),
    );
  }
  return methods;
}
