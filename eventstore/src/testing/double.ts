import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { AppendCalls } from './append-calls.js';
import { DeleteCalls } from './delete-calls.js';
import { DoubleLog } from './double-log.js';
import type { EsdbLibrary } from '../esdb/esdb-settings.js';
import { uuidOf } from './double-messages.js';
import { DoubleFaults } from './faults.js';
import { protocol, speakAs } from './protocol.js';
import { ReadCalls } from './read-calls.js';
import { TcpProxy } from './tcp-proxy.js';

export interface DoubleOptions {
  /** Whose messages it uses: those of the library that this process tests. */
  readonly library: EsdbLibrary;
  /** Default: in memory, gone with the double. */
  readonly file?: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Connections go through a proxy, so that they can be cut; default false. */
  readonly proxied?: boolean;
}

/** A member of the cluster as gossip tells of it. */
export interface Member {
  readonly port: number;
  readonly state: 'LEADER' | 'FOLLOWER';
  readonly isAlive: boolean;
}

/**
 * A double of an EventStoreDB node: it speaks the protocol over real connections and keeps its log
 * in SQLite. It is not the server; where the two were found to differ a spec pins the server's way.
 */
export class EventStoreDouble {
  readonly faults = new DoubleFaults();
  /** What gossip says; on its own the double is the leader. */
  members: readonly Member[] = [];

  private constructor(
    private readonly server: Server,
    private readonly log: DoubleLog,
    private readonly reads: ReadCalls,
    readonly innerPort: number,
    readonly proxy: TcpProxy | undefined,
  ) {}

  static async start({ library, file = ':memory:', port = 0, proxied }: DoubleOptions) {
    speakAs(library);
    const log = new DoubleLog(file);
    const server = new Server({
      'grpc.max_receive_message_length': 20 * 1024 * 1024,
      'grpc.max_send_message_length': 20 * 1024 * 1024,
    });
    const faults = new DoubleFaults();
    const reads = new ReadCalls(log, faults);
    const appends = new AppendCalls(log, faults);
    const deletes = new DeleteCalls(log);
    server.addService(protocol.services.StreamsService, {
      append: appends.append,
      batchAppend: appends.batchAppend,
      read: reads.read,
      delete: deletes.delete,
      tombstone: deletes.tombstone,
    });
    let double: EventStoreDouble | undefined = undefined;
    server.addService(protocol.services.ServerFeaturesService, { getSupportedMethods });
    server.addService(protocol.services.GossipService, {
      read: (_: unknown, answer: sendUnaryData<ClusterInfo>) => {
        answer(null, double?.clusterInfo() ?? new protocol.gossip.ClusterInfo());
      },
    });
    const innerPort = await bound(server, proxied ? 0 : port);
    const proxy = proxied ? await TcpProxy.before(innerPort, port) : undefined;
    const started = new EventStoreDouble(server, log, reads, innerPort, proxy);
    double = started;
    Object.assign(started, { faults });
    faults.cut = () => proxy?.cut();
    return started;
  }

  get port(): number {
    return this.proxy?.port ?? this.innerPort;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** The log's end, whatever the clients know. */
  get end(): number {
    return this.log.end;
  }

  async stop(): Promise<void> {
    this.faults.heal();
    this.reads.endAll();
    await this.proxy?.close();
    this.server.forceShutdown();
    this.log.close();
  }

  private clusterInfo(): ClusterInfo {
    const alone: Member = { port: this.port, state: 'LEADER', isAlive: true };
    const info = new protocol.gossip.ClusterInfo();
    const { MemberInfo, EndPoint } = protocol.gossip;
    for (const { port, state, isAlive } of this.members.length > 0 ? this.members : [alone]) {
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
}

const bound = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, taken) => {
      if (error) reject(error);
      else resolve(taken);
    });
  });

function getSupportedMethods(
  _: ServerUnaryCall<unknown, SupportedMethods>,
  answer: sendUnaryData<SupportedMethods>,
): void {
  const methods = new protocol.features.SupportedMethods().setEventStoreServerVersion('24.6.0');
  for (const name of ['read', 'append', 'batchappend', 'delete', 'tombstone']) {
    methods.addMethods(
      new protocol.features.SupportedMethod()
        .setServiceName('event_store.client.streams.streams')
        .setMethodName(name)
        .setFeaturesList(name === 'read' ? ['position', 'events', 'caughtup'] : []),
    );
  }
  answer(null, methods);
}
