import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { EsdbLibrary } from '../esdb/esdb-settings.js';
import { Admission, type DoubleUsers } from './admission.js';
import { AppendCalls } from './append-calls.js';
import { DeleteCalls } from './delete-calls.js';
import { DoubleLog } from './double-log.js';
import { DoubleFaults } from './faults.js';
import { GroupCommit } from './group-commit.js';
import { NodeCalls, type Member } from './node-calls.js';
import { protocol, speakAs } from './protocol.js';
import { ReadCalls } from './read-calls.js';
import { TcpProxy } from './tcp-proxy.js';

export type { Member } from './node-calls.js';

export interface DoubleOptions {
  /** Whose messages it uses: those of the library that this process tests. */
  readonly library: EsdbLibrary;
  /** Default: in memory, gone with the double. */
  readonly file?: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Connections go through a proxy, so that they can be cut; default false. */
  readonly proxied?: boolean;
  /** Another node of the same cluster: they share its log, which ends with that node's `stop`. */
  readonly beside?: EventStoreDouble;
  /** Who may call; default: everybody. The libraries send credentials over TLS only. */
  readonly users?: DoubleUsers;
  /** PEM; default: without TLS. */
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
}

/**
 * A double of an EventStoreDB node: it speaks the protocol over real connections and keeps its log
 * in SQLite. It is not the server; where the two were found to differ a spec pins the server's way.
 */
export class EventStoreDouble {
  readonly faults = new DoubleFaults();
  /** Who leads this node; on its own it leads itself. */
  readonly admission: Admission;
  /** What gossip says; on its own the double is the leader. */
  members: readonly Member[] = [];
  private readonly log: DoubleLog;
  private readonly reads: ReadCalls;
  private readonly server = new Server({
    'grpc.max_receive_message_length': 20 * 1024 * 1024,
    'grpc.max_send_message_length': 20 * 1024 * 1024,
  });
  private boundPort = 0;
  private tcpProxy: TcpProxy | undefined;

  private constructor(private readonly options: DoubleOptions) {
    const { faults, server } = this;
    this.log = options.beside?.log ?? new DoubleLog(options.file ?? ':memory:');
    this.admission = new Admission(options.users);
    this.reads = new ReadCalls(this.log, faults, this.admission);
    const { admission, log, reads } = this;
    const appends = new AppendCalls(new GroupCommit(log, faults), faults, admission);
    const deletes = new DeleteCalls(log, admission);
    const node = new NodeCalls(faults, () => this.gossiped());
    const { append, batchAppend } = appends;
    const { delete: deleted, tombstone } = deletes;
    const streams = { append, batchAppend, read: reads.read, delete: deleted, tombstone };
    const { StreamsService, GossipService, ServerFeaturesService } = protocol.services;
    server.addService(StreamsService, streams);
    server.addService(GossipService, { read: node.gossip });
    server.addService(ServerFeaturesService, { getSupportedMethods: node.features });
  }

  static async start(options: DoubleOptions): Promise<EventStoreDouble> {
    speakAs(options.library);
    const double = new EventStoreDouble(options);
    await double.listen();
    return double;
  }

  /** Where the server itself listens, behind its proxy. */
  get innerPort(): number {
    return this.boundPort;
  }

  get proxy(): TcpProxy | undefined {
    return this.tcpProxy;
  }

  get port(): number {
    return this.proxy?.port ?? this.innerPort;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=${this.options.tls !== undefined}`;
  }

  /** The log's end, whatever the clients know. */
  get end(): number {
    return this.log.end;
  }

  /** Ends at once, as a process does that is killed; a log of its own is closed. */
  async stop(): Promise<void> {
    this.faults.heal();
    this.reads.endAll();
    await this.proxy?.close();
    this.server.forceShutdown();
    if (!this.options.beside) this.log.close();
  }

  private async listen(): Promise<void> {
    const { port = 0, proxied, tls } = this.options;
    const credentials = tls
      ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
      : ServerCredentials.createInsecure();
    this.boundPort = await bound(this.server, proxied ? 0 : port, credentials);
    if (!proxied) return;
    const proxy = await TcpProxy.before(this.boundPort, port);
    this.tcpProxy = proxy;
    this.faults.cut = () => proxy.cut();
  }

  private gossiped(): readonly Member[] {
    return this.members.length > 0
      ? this.members
      : [{ port: this.port, state: 'LEADER', isAlive: true }];
  }
}

const bound = (server: Server, port: number, credentials: ServerCredentials): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, taken) => {
      if (error) reject(error);
      else resolve(taken);
    });
  });
