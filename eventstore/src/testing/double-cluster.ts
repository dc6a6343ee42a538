import type { EsdbLibrary } from '../esdb/esdb-settings.js';
import { EventStoreDouble, type Member } from './double.js';

/**
 * Nodes that share one log and tell of one another in their gossip: the first one leads. A node is
 * killed by cutting it off, and the others go on once one of them is elected.
 */
export class DoubleCluster {
  private readonly dead = new Set<number>();
  private leader: number | undefined = 0;

  private constructor(readonly nodes: readonly EventStoreDouble[]) {
    this.tell();
  }

  static async start(library: EsdbLibrary, file: string, count = 3): Promise<DoubleCluster> {
    const first = await EventStoreDouble.start({ library, file, proxied: true });
    const others = Array.from({ length: count - 1 }, () =>
      EventStoreDouble.start({ library, proxied: true, beside: first }),
    );
    return new DoubleCluster([first, ...(await Promise.all(others))]);
  }

  get url(): string {
    const seeds = this.nodes.map(({ port }) => `127.0.0.1:${port}`);
    return `esdb://${seeds.join(',')}?tls=false`;
  }

  /** Nobody leads until `elect`, as after the death of a leader. */
  killLeader(): void {
    if (this.leader === undefined) return;
    this.nodes[this.leader]?.proxy?.refuse(true);
    this.dead.add(this.leader);
    this.leader = undefined;
    this.tell();
  }

  elect(node: number): void {
    if (this.dead.has(node)) throw new Error(`node ${node} is dead`);
    this.leader = node;
    this.tell();
  }

  /** It comes back as a follower. */
  revive(node: number): void {
    this.dead.delete(node);
    this.nodes[node]?.proxy?.refuse(false);
    this.tell();
  }

  async stop(): Promise<void> {
    // The first one last: the log is its own.
    for (const node of [...this.nodes].reverse()) await node.stop();
  }

  private tell(): void {
    const members = this.nodes.map(({ port }, index): Member => ({
      port,
      state: index === this.leader ? 'LEADER' : 'FOLLOWER',
      isAlive: !this.dead.has(index),
    }));
    const port = this.nodes[this.leader ?? -1]?.port;
    for (const [index, node] of this.nodes.entries()) {
      const followed = port === undefined ? 'unknown' : { host: '127.0.0.1', port };
      node.admission.leader = index === this.leader ? undefined : followed;
      node.members = members;
    }
  }
}
