import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freshStream } from '../sample-events.js';
import { DoubleCluster } from '../testing/double-cluster.js';
import { EventStoreDouble } from '../testing/double.js';
import type { EsdbLibrary } from './esdb-settings.js';
import { until, Witness } from './esdb-witness.js';

const main = fileURLToPath(new URL('../testing/double-main.js', import.meta.url));

/** What becomes of the store when nodes start, die, are killed and are replaced by others. */
export function esdbNodesContract(library: EsdbLibrary): void {
  const directory = mkdtempSync(join(tmpdir(), 'esdb-nodes-'));
  const files = ['cluster', 'alone', 'killed'].map((name) => join(directory, `${name}.db`));
  const [clusterFile = '', aloneFile = '', killedFile = ''] = files;

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  describe('in a cluster of three', () => {
    let cluster: DoubleCluster;
    let witness: Witness;

    beforeEach(async () => {
      cluster = await DoubleCluster.start(library, clusterFile);
      witness = await Witness.of(cluster.url, library);
      await witness.append();
    });

    afterEach(async () => {
      await witness.end();
      await cluster.stop();
    });

    it('writes, reads and followers go on with another leader when theirs dies', async () => {
      const stream = await witness.append();
      cluster.killLeader();
      const appending = witness.appendMany(20);
      const reading = witness.store.read(stream);
      await pause(600);
      cluster.elect(1);
      await appending;
      expect(await reading).toHaveLength(2);
      await witness.sawEverythingOnce();
    });

    it('a dead leader that comes back follows, and is left for the one that leads', async () => {
      cluster.killLeader();
      cluster.elect(2);
      await witness.append();
      cluster.revive(0);
      cluster.killLeader();
      cluster.elect(0);
      await witness.appendMany(5);
      await witness.sawEverythingOnce();
    });

    it('a leader that only steps down is left for the next', async () => {
      cluster.elect(1);
      await witness.appendMany(5);
      await witness.sawEverythingOnce();
    });

    it('any of the names that it is given leads to the leader, though the first is dead', async () => {
      cluster.killLeader();
      cluster.elect(1);
      const seeds = cluster.url.replace('esdb://', 'esdb+discover://');
      const opened = await Witness.of(seeds, library);
      await opened.append();
      await opened.end();
    });

    it('a discovery that fails for a while is tried until it heals', async () => {
      const unanswered = Array.from({ length: 4 }, () => ({ kind: 'unavailable' as const }));
      for (const { faults } of cluster.nodes) faults.plan('gossip', ...unanswered);
      cluster.killLeader();
      cluster.elect(1);
      await witness.appendMany(5);
      expect(cluster.nodes[1]?.faults.happened('gossip', 'unavailable')).toBeGreaterThan(0);
      await witness.sawEverythingOnce();
    });
  });

  describe('on one node', () => {
    let double: EventStoreDouble;
    let witness: Witness;

    beforeEach(async () => {
      double = await EventStoreDouble.start({ library, file: aloneFile, proxied: true });
      witness = await Witness.of(double.url, library);
      await witness.append();
    });

    afterEach(async () => {
      await witness.end();
      await double.stop();
    });

    it('half of a batch that was kept is not written again, and the other half is', async () => {
      double.faults.halveNextBatch();
      // A batch is what arrives in one turn; with calls of their own that may be one append.
      await until('half a batch', async () => {
        await witness.appendMany(32);
        return double.faults.halved === 1;
      });
      await witness.sawEverythingOnce();
    });

    it('a node that starts is waited for, by the first opening as by everything else', async () => {
      double.faults.starting();
      double.proxy?.cut();
      const opening = Witness.of(double.url, library);
      const appending = witness.appendMany(3);
      await until('refusals', () => double.faults.happened('append', 'not-ready') >= 3);
      await until('refused reads', () => double.faults.happened('read', 'not-ready') >= 1);
      double.faults.started();
      await appending;
      const other = await opening;
      await other.sawEverythingOnce();
      await other.end();
      await witness.sawEverythingOnce();
    });

    it('a network that is slower than the deadline of an append doubles nothing', async () => {
      double.proxy?.delay(300);
      const appending = witness.appendMany(4);
      await pause(2_000);
      double.proxy?.delay(0);
      await appending;
      await witness.sawEverythingOnce();
    });

    it('an append that is cut in its middle comes whole, though the next tries fail', async () => {
      const { faults } = double;
      faults.slow(40);
      await witness.append(freshStream(), 6);
      await until('the middle', () => faults.slowed >= 4);
      faults.plan('subscription', { kind: 'unavailable' }, { kind: 'unavailable' });
      double.proxy?.cut();
      await until('the failures', () => faults.happened('subscription') === 2);
      faults.slow(0);
      await witness.sawEverythingOnce();
    });

    it('a stream of unavailability on all kinds of calls ends, and everything goes on', async () => {
      const away = Array.from({ length: 5 }, () => ({ kind: 'unavailable' as const }));
      for (const call of ['append', 'read', 'subscription'] as const) {
        double.faults.plan(call, ...away);
      }
      double.proxy?.cut();
      const stream = await witness.append();
      expect(await witness.store.read(stream)).toHaveLength(2);
      await until('the subscriptions', () => double.faults.happened('subscription') === 5);
      await witness.sawEverythingOnce();
    });
  });

  describe('on a node that is a process', () => {
    let node: ChildProcess;
    let witness: Witness;

    async function started(port: string): Promise<string> {
      const options = ['--library', library, '--file', killedFile, '--port', port];
      node = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
      if (!node.stdout) throw new Error('a node says where it listens');
      const [line] = (await once(node.stdout, 'data')) as [Buffer];
      return line.toString().trim();
    }

    async function killed(): Promise<void> {
      const ended = once(node, 'exit');
      node.kill('SIGKILL');
      await ended;
    }

    afterEach(async () => {
      await witness.end();
      await killed();
    });

    it('loses and doubles nothing when it is killed under load and started again', async () => {
      const url = await started('0');
      const { port } = new URL(url);
      witness = await Witness.of(url, library);
      for (let round = 0; round < 5; round += 1) {
        const appending = witness.appendMany(60);
        await pause(10 + round * 8);
        await killed();
        await started(port);
        await appending;
      }
      await witness.sawEverythingOnce();
    });
  });
}
