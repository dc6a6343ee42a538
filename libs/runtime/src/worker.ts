import { LeaseLost, type Lease } from '#eventstore/lease.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { Sealing } from '#eventstore/sealing-log.js';
import { CaseIntakeRunner } from '#brokerage/case-inbox/case-intake-runner.js';
import { DeliveryRunner, type DeliveryRunnerOptions } from '#brokerage/delivery/delivery-runner.js';
import type { Audit } from './auditing/audit.js';
import { policies } from '#brokerage/policies.js';
import { preparesStatement } from '#brokerage/statement/statement.starter.js';
import type { Clock } from '#platform/commands/clock.js';
import type { Commands } from '#platform/commands/commands.js';
import { DeadlineRunner, type DueDeadline } from '#platform/deadlines/deadline-runner.js';
import { JobRunner } from '#platform/jobs/job-runner.js';
import { PolicyRunner } from '#platform/policies/policy-runner.js';
import type { WorkItem, WorkItems } from '#platform/policies/work-items.js';

/** How mail leaves. */
export type Mailing = Pick<DeliveryRunnerOptions, 'transport' | 'from' | 'letter' | 'onAttempt'>;

export interface WorkerParts {
  readonly store: EventStore;
  readonly commands: Commands;
  readonly clock: Clock;
  readonly workItems: WorkItems;
  readonly due: (now: string) => Promise<readonly DueDeadline[]>;
  /** Sends what is prepared; absent where mail is off. */
  readonly mail?: Mailing | undefined;
  /** Where the store keeps no hashes by itself: begins to seal the log under a lease. */
  readonly seal?: ((lease: Lease) => Sealing) | undefined;
  /** Begins to sign checkpoints of the log under a lease. */
  readonly audit?: Pick<Audit, 'begin'> | undefined;
}

/**
 * What only one process of a service does: policies, deadlines and jobs. Every command that it sends,
 * and every checkpoint that it keeps, needs its lease; without that it stops where it is.
 */
export class Worker {
  readonly jobs: JobRunner;
  private readonly policyRunner: PolicyRunner;
  private readonly deadlineRunner: DeadlineRunner;
  readonly caseIntake: CaseIntakeRunner;
  private readonly deliveries: DeliveryRunner | undefined;
  /** Absent where the store keeps the chain itself. */
  readonly sealing: Sealing | undefined;
  private readonly checkpoints: ReturnType<Audit['begin']> | undefined;
  private closing: Promise<void> | undefined;

  constructor(
    parts: WorkerParts,
    private readonly lease: Lease,
  ) {
    const commands = fencedCommands(parts.commands, lease);
    const store = fencedStore(parts.store, lease);
    const { workItems, clock, due, mail } = parts;
    const compounds = { PrepareStatement: preparesStatement(commands) };
    this.jobs = new JobRunner({ store, commands, compounds });
    this.policyRunner = new PolicyRunner({ store, commands, workItems, policies });
    this.deadlineRunner = new DeadlineRunner({ commands, clock, due });
    this.caseIntake = new CaseIntakeRunner({ store, commands });
    this.deliveries = mail && new DeliveryRunner({ store, commands, clock, lease, ...mail });
    this.sealing = parts.seal?.(lease);
    this.checkpoints = parts.audit?.begin(lease);
    lease.ended.addEventListener('abort', () => void this.close(), { once: true });
  }

  /** Policies begin where the one before has stopped; jobs, mail and deadlines are begun apart. */
  begin(): Promise<void> {
    return this.policyRunner.begin();
  }

  /** Jobs, messages of the case system and mail go on where the one before has stopped. */
  beginJobs(): void {
    this.jobs.begin();
    this.caseIntake.begin();
    this.deliveries?.begin();
  }

  beginDeadlines(): void {
    this.deadlineRunner.begin();
  }

  stopDeadlines(): Promise<void> {
    return this.deadlineRunner.close();
  }

  /** Resolves once every event up to a position was carried to every policy. */
  reached(position: number): Promise<void> {
    return this.policyRunner.reached(position);
  }

  /** Sends what is due; answers how many commands that were. */
  fire(): Promise<number> {
    return this.deadlineRunner.fire();
  }

  /** Stops after what is on its way, and gives the lease back. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    await Promise.all([
      this.deadlineRunner.close(),
      this.jobs.close(),
      this.caseIntake.close(),
      this.deliveries?.close(),
      this.policyRunner.close().catch(unlessLost),
      this.checkpoints?.close(),
    ]);
    await this.sealing?.close();
    await this.lease.release();
  }
}

/** Sends a parked item's commands again. */
export function retried(
  { store, commands, workItems }: Pick<WorkerParts, 'store' | 'commands' | 'workItems'>,
  item: WorkItem,
): Promise<void> {
  return new PolicyRunner({ store, commands, workItems, policies }).retry(item);
}

/** The runner that follows the log ends with the lease that it lost. */
function unlessLost(error: unknown): void {
  if (!(error instanceof LeaseLost)) throw error;
}

/** The same commands, sent only while the lease is held. */
function fencedCommands(commands: Commands, lease: Lease): Commands {
  const executeNamed: Commands['executeNamed'] = async (name, command, submission) => {
    lease.ensureHeld();
    return commands.executeNamed(name, command, submission);
  };
  return Object.create(commands, { executeNamed: { value: executeNamed } }) as Commands;
}

/** The same store, whose checkpoints are kept only while the lease is held. */
function fencedStore(store: EventStore, lease: Lease): EventStore {
  const saveCheckpoint: EventStore['saveCheckpoint'] = async (name, position) => {
    lease.ensureHeld();
    await store.saveCheckpoint(name, position);
  };
  return Object.create(store, { saveCheckpoint: { value: saveCheckpoint } }) as EventStore;
}
