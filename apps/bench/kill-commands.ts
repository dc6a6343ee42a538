import { join } from 'node:path';
import { addDays, civilDateOf } from '#kernel/time.js';
import { StartedApi } from '../api/started-api.js';
import { Council } from './council.js';
import { seeded, thousands, type Section, type Verdict } from './harness.js';
import { checkLog, type LogCheck } from './kill-check.js';
import { KilledClients, type SentCommand } from './killed-clients.js';
import { referralInput } from './needs.js';
import { nextId } from './sample-appends.js';

const clients = 8;
const packages = 300;

export interface KillOptions {
  readonly directory: string;
  readonly rounds: number;
  readonly seed: number;
}

/** Kills the service under a load of commands over HTTP, then asks the log what became of them. */
export async function killCommands({ directory, rounds, seed }: KillOptions): Promise<Section> {
  const dataDir = join(directory, 'killed');
  const council = await Council.open(dataDir);
  const packageIds = await council.takeOn(packages);
  const weeks = await Promise.all(packageIds.map((id) => council.pastLegs(id)));
  await council.close();
  const random = seeded(seed);
  const work = new Work(weeks.flat(2), `provider:${council.providerId}`);
  const load = new KilledClients(clients, work.next, work.acknowledged, random);
  let port = '0';
  for (let round = 1; round <= rounds; round += 1) {
    const api = await StartedApi.start({ dataDir, environment: { PORT: port } });
    port = new URL(api.url).port;
    const sending = load.sendUntilCut(api.url);
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 1_480));
    await api.kill9();
    await sending;
    if (round % 10 === 0)
      process.stderr.write(`${round} kills, ${load.commands.length} commands\n`);
  }
  const api = await StartedApi.start({ dataDir, environment: { PORT: port } });
  await load.settle(api.url);
  await api.stop();
  const check = await checkLog(join(dataDir, 'events.db'), load.commands);
  return sectionOf(rounds, seed, load, check);
}

/** What the clients send: new streams, streams they share, and one that all of them share. */
class Work {
  private count = 0;
  private readonly referred: string[] = [];
  private readonly startOn = addDays(civilDateOf(new Date().toISOString()), 7);

  constructor(
    private readonly legs: object[],
    private readonly provider: string,
  ) {}

  readonly next = (): SentCommand => {
    this.count += 1;
    return { commandId: nextId(), attempts: 0, ...this.command(this.count) };
  };

  readonly acknowledged = ({ command }: SentCommand, id: string): void => {
    if (command === 'ReferPackage') this.referred.push(id);
  };

  private command(index: number): Pick<SentCommand, 'person' | 'command' | 'fields'> {
    const kind = index % 10;
    const packageId = kind < 2 ? this.referred.shift() : undefined;
    const leg = kind < 6 ? this.legs.pop() : undefined;
    if (packageId && kind === 0) return byBroker('IssueRequest', { packageId });
    if (packageId) return byBroker('WithdrawReferral', { packageId, reason: 'Moved away' });
    if (leg) return { person: this.provider, command: 'RecordVisit', fields: { leg } };
    if (index % 100 === 6) return policyChange(index);
    return byBroker('ReferPackage', referralInput(`killed-${index}`, index, this.startOn));
  }
}

const byBroker = (command: string, fields: object) => ({ person: 'broker', command, fields });

const policyChange = (index: number) => ({
  ...{ person: 'commissioner', command: 'ChangePolicy' },
  fields: {
    ...{ effectiveOn: '2030-01-01', reason: `Change ${index}` },
    values: { leagueMinimumVisits: index },
  },
});

function sectionOf(rounds: number, seed: number, load: KilledClients, check: LogCheck): Section {
  const { commands, complaints, repeats } = load;
  const acknowledged = commands.filter(({ position }) => position !== undefined).length;
  const retried = commands.filter(({ cutAtMs }) => cutAtMs !== undefined).length;
  const figures: [string, string][] = [
    ['kills (SIGKILL), each followed by a start on the same data', thousands(rounds)],
    ['commands sent, each with its own id', thousands(commands.length)],
    ['acknowledged', thousands(acknowledged)],
    ['unanswered at a kill and sent again with the same id', thousands(retried)],
    ['… of which had taken effect before the kill', thousands(check.recordedUnanswered)],
    ['acknowledged ones sent again, same answer', thousands(repeats)],
    ['events in the log, hash chain verified', thousands(check.events)],
    ['other complaints', String(complaints.length)],
  ];
  return {
    id: 'kill-loop',
    title: 'kill -9 under load',
    text: [
      `${clients} clients send mutations over HTTP without a pause (referrals, requests, withdrawals, ` +
        'visits, changes of policy) while the service is killed at random moments, 20 to 1,500 ms ' +
        `after it listens (seed ${seed}). In the end every command is sent once more, the service is ` +
        'stopped and its log is read: each acknowledged command must be there at the position that ' +
        'was answered, and no command id, of clients, policies and deadlines, in two appends. ' +
        'A kill ends the process, not the machine: what a power cut may take is the matter of FULL ' +
        '(ADR 1).',
      ...complaints.slice(0, 5),
    ],
    tables: [{ head: ['what', 'count'], rows: figures }],
    verdicts: [
      none('acknowledged commands lost', check.lost),
      none('commands doubled', check.doubled),
      none('commands refused or answered differently', complaints),
      none('faults in the hash chain', check.fault === undefined ? [] : [check.fault]),
    ],
  };
}

const none = (what: string, found: readonly string[]): Verdict => ({
  ...{ what: `kill -9: ${what}`, target: '0', measured: String(found.length) },
  met: found.length === 0,
});
