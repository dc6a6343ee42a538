import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, civilDateOf } from '#kernel/time.js';
import { StartedApi } from '../api/started-api.js';
import { Council, type WeekOfLegs } from './council.js';
import { GraphqlClient } from './graphql-client.js';
import { atMost, shortly, thousands, type Bench, type BenchOptions } from './harness.js';
import { referralInput } from './needs.js';
import { openLoop, type Latencies } from './open-loop.js';
import { Rebuilder } from './rebuilder.js';
import { nextId } from './sample-appends.js';

const perSecond = 100;
const connections = 64;
const loaders = 4;

interface Work {
  readonly person: string;
  readonly command: string;
  readonly fields: () => object;
}

interface Phase {
  readonly name: string;
  readonly latencies: Latencies;
  /** What the service did beside. */
  readonly load: string;
}

/** Commands at a steady rate, alone and beside a load of visits (open loop). */
export const commandsBench: Bench = async (options) => {
  const dataDir = join(options.directory, 'commands');
  const prepared = await prepare(dataDir, options);
  const api = await StartedApi.start({ dataDir });
  try {
    return sectionOf(await phasesOf(api, prepared, options.quick ? 3 : 30));
  } finally {
    await api.stop();
    rmSync(dataDir, { recursive: true });
  }
};

async function phasesOf(api: StartedApi, prepared: Prepared, seconds: number): Promise<Phase[]> {
  const client = new GraphqlClient(api.url, connections);
  const mix = new CommandMix(client, prepared.singles, `provider:${prepared.providerId}`);
  await openLoop(perSecond, seconds / 3, mix.next);
  const idle = await openLoop(perSecond, seconds, mix.next);
  const loader = new VisitLoader(api.url, prepared);
  loader.begin();
  const loading = await openLoop(perSecond, seconds, mix.next);
  const visitsPerSecond = await loader.end();
  const rebuilder = new Rebuilder(api.dataDir);
  rebuilder.begin();
  const rebuilding = await openLoop(perSecond, seconds, mix.next);
  const rebuilds = await rebuilder.end();
  client.close();
  const load = (count: number, what: string) => `${thousands(count)} ${what}`;
  return [
    { name: 'idle', latencies: idle, load: '–' },
    { name: 'while visits load', latencies: loading, load: load(visitsPerSecond, 'visits/s') },
    {
      name: 'while read models rebuild',
      latencies: rebuilding,
      load: load(rebuilds, 'rebuild(s)'),
    },
  ];
}

interface Prepared {
  readonly providerId: string;
  /** Legs that are recorded one by one. */
  readonly singles: object[];
  /** Package-weeks that are loaded meanwhile. */
  readonly weeks: WeekOfLegs[];
}

async function prepare(dataDir: string, { quick }: BenchOptions): Promise<Prepared> {
  const council = await Council.open(dataDir, quick ? 3 : 8);
  const packages = await council.takeOn(quick ? 600 : 1672);
  const singlePackages = packages.slice(0, quick ? 20 : 100);
  const legs: WeekOfLegs[] = [];
  for (const id of singlePackages) legs.push(...(await council.pastLegs(id)));
  const weeks: WeekOfLegs[] = [];
  for (const id of packages.slice(singlePackages.length))
    weeks.push(...(await council.pastLegs(id)));
  await council.close();
  return { providerId: council.providerId, singles: legs.flat(), weeks };
}

/** Two referrals, then two recorded visits, then a request for a package referred before. */
class CommandMix {
  private readonly referred: string[] = [];
  private readonly startOn = addDays(civilDateOf(new Date().toISOString()), 7);
  private count = 0;

  constructor(
    private readonly client: GraphqlClient,
    private readonly legs: object[],
    private readonly provider: string,
  ) {}

  readonly next = async (): Promise<void> => {
    this.count += 1;
    const { person, command, fields } = this.work(this.count);
    const input = { commandId: nextId(), ...fields() };
    const { id } = await this.client.send(person, command, input);
    if (command === 'ReferPackage' && id) this.referred.push(id);
  };

  private work(index: number): Work {
    const { legs, provider, referred, startOn } = this;
    const leg = index % 5 < 2 ? undefined : legs.pop();
    const packageId = index % 5 === 4 ? referred.shift() : undefined;
    if (packageId)
      return { person: 'broker', command: 'IssueRequest', fields: () => ({ packageId }) };
    if (leg) return { person: provider, command: 'RecordVisit', fields: () => ({ leg }) };
    const fields = () => referralInput(`open-${index}`, index, startOn);
    return { person: 'broker', command: 'ReferPackage', fields };
  }
}

/** Records whole weeks of other packages, as a file does, as fast as the service takes them. */
class VisitLoader {
  private readonly client: GraphqlClient;
  private running: Promise<unknown> = Promise.resolve();
  private startedAt = 0;
  private visits = 0;
  private stopped = false;

  constructor(
    url: string,
    private readonly prepared: Prepared,
  ) {
    this.client = new GraphqlClient(url, loaders);
  }

  begin(): void {
    this.startedAt = performance.now();
    this.running = Promise.all(Array.from({ length: loaders }, () => this.lane()));
    // It is awaited by `end`, perhaps long after it failed.
    this.running.catch(() => undefined);
  }

  /** Visits a second since it began. */
  async end(): Promise<number> {
    this.stopped = true;
    const seconds = (performance.now() - this.startedAt) / 1000;
    await this.running;
    this.client.close();
    return this.visits / seconds;
  }

  private async lane(): Promise<void> {
    const person = `provider:${this.prepared.providerId}`;
    for (;;) {
      const legs = this.stopped ? undefined : this.prepared.weeks.pop();
      if (!legs) break;
      await this.client.send(person, 'RecordVisits', { commandId: nextId(), legs });
      this.visits += legs.length;
    }
    if (!this.stopped) throw new Error('there were too few visits to load');
  }
}

function sectionOf(phases: readonly Phase[]) {
  const ms = (value: number) => shortly(value);
  return {
    id: 'commands',
    title: 'Commands through GraphQL',
    text: [
      `${perSecond} commands a second over ${connections} connections, in an open loop: sent on ` +
        'schedule whatever is unanswered, and measured from the scheduled moment. Two in five are ' +
        'referrals, two record a visit, one issues a request. The service and the client share the ' +
        `machine. Visits are loaded by ${loaders} connections, a package's week a command ` +
        '(`recordVisits`), as fast as they are taken. Then all read models are rebuilt, over and over.',
    ],
    tables: [
      {
        head: ['phase', 'sent', 'failed', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms', 'beside'],
        rows: phases.map(({ name, latencies: { sent, failed, p50, p95, p99, longest }, load }) => [
          ...[name, thousands(sent), String(failed), ms(p50), ms(p95), ms(p99), ms(longest), load],
        ]),
      },
    ],
    verdicts: phases.map(({ name, latencies }) => {
      const verdict = atMost(
        `commands, ${name}: p99`,
        latencies.p99,
        name === 'idle' ? 50 : 150,
        'ms',
      );
      if (latencies.failed === 0) return verdict;
      const failures = `${latencies.failed} failed (${latencies.complaints.join('; ')})`;
      return { ...verdict, measured: `${verdict.measured}, ${failures}`, met: false };
    }),
  };
}
