import { join } from 'node:path';
import { systemActor } from '#kernel/actor.js';
import { policyOn, type PolicyChange } from '#kernel/council-policy.js';
import { civilDateOf } from '#kernel/time.js';
import { StoreUnavailable } from '#eventstore/event-store.js';
import { EventIndex } from '#eventstore/event-index.js';
import { LeaseLost, soleLease, type Lease } from '#eventstore/lease.js';
import type { Sealing } from '#eventstore/sealing-log.js';
import { TypedLog } from '#eventstore/typed-log.js';
import type { AttemptOutcome } from '#brokerage/delivery/delivery-attempts.js';
import { isListedCode } from '#brokerage/codes.commands.js';
import { councilPolicyDecider } from '#brokerage/council-policy/council-policy.decider.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { recordedRefusals } from '#brokerage/recorded-refusals.js';
import { PersonDirectory } from '#brokerage/service-user/person-directory.js';
import { slices } from '#brokerage/slices.js';
import { ServiceClock, SimulatedClock } from '#platform/commands/clock.js';
import { Commands } from '#platform/commands/commands.js';
import type { FactReader } from '#platform/commands/slice.js';
import type { Config } from '#platform/config/config.js';
import { software } from '#platform/config/project-root.js';
import type { JobRunner } from '#platform/jobs/job-runner.js';
import { RefusalRecorder } from '#platform/refusals/refusal-recorder.js';
import { WorkItems, type WorkItem } from '#platform/policies/work-items.js';
import type { WhatIfFound, WhatIfQuestion } from '#platform/replay/what-if.js';
import type { DemoProgress, ProjectionLag, Runtime } from '#platform/runtime/runtime.js';
import { DueDeadlines } from '#projections/deadlines/deadlines.queries.js';
import { dueGaps } from '#projections/case-messages/due-gaps.queries.js';
import { dueEscalations } from '#projections/visit-alarms/due-escalations.queries.js';
import { dueDetections } from '#projections/visit-evidence/due-detections.queries.js';
import { projections } from '#projections/projections.js';
import { ReadModelBehind } from '#projections/projector/errors.js';
import { ProjectionRunner } from '#projections/projector/projection-runner.js';
import type { Audit } from './auditing/audit.js';
import { catalogue } from './catalogue.js';
import { isBeingBuilt, tellCatchUp } from './catch-up-progress.js';
import { demoToLoad, ensureDemoFits, holdsDemo } from './demo-council.js';
import { ensure } from './demo.rules.js';
import type { DemoRequest } from '#demo/demo-plan.js';
import { DemoLoading } from './demo-loading.js';
import type { ProgressOutput } from './demo-progress.js';
import { listsOf } from './lists.js';
import type { RuntimeKeys } from './subject-keys.js';
import { whatIfApart } from './replaying/what-if-apart.js';
import { mailingOf } from './mailing.js';
import { retried, Worker, type Mailing, type WorkerParts } from './worker.js';

/** What a log needs that several processes share. */
export interface SharedLog {
  /** Waits for the right to work until the signal aborts; then it rejects. */
  readonly lease: (signal: AbortSignal) => Promise<Lease>;
  readonly seal: (lease: Lease) => Sealing;
}

/** Events read and decoded in one step: few enough that no query waits long for it. */
const pageEvents = 250;

/** One process of the service: the store, the write side, the read side and the worker. */
export class RunningService implements Runtime {
  readonly clock = new ServiceClock();
  readonly startedAt = this.clock.now();
  readonly audit = this.auditing?.standing;
  readonly readModels: ProjectionRunner;
  readonly commands: Commands;
  readonly workItems: WorkItems;
  readonly refusals: RefusalRecorder;
  /** Finds people by ids of other systems. */
  readonly people: PersonDirectory;
  private readonly due: WorkerParts['due'];
  private readonly mailing: Mailing | undefined;
  /** Attempts of this process to send mail, by outcome. */
  readonly mailAttempts = new Map<AttemptOutcome, number>();
  /** While this process is the one that works. */
  private worker: Worker | undefined;
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();
  private demoCouncil: DemoLoading | undefined;
  private eventIndex: EventIndex | undefined;
  private stopTelling: () => void = () => undefined;

  constructor(
    private readonly config: Config,
    readonly store: TypedLog,
    readonly keys: RuntimeKeys,
    /** Where progress is told. */
    private readonly out: ProgressOutput = process.stdout,
    /** Absent where this process has the log for itself. */
    private readonly shared?: SharedLog,
    private readonly auditing?: Audit,
  ) {
    this.readModels = new ProjectionRunner(store.sealed, projections, {
      directory: join(config.dataDir, 'read'),
      pageSize: pageEvents,
    });
    this.commands = new Commands({
      store,
      slices,
      clock: this.clock,
      lists: listsOf(this.readModels, store),
      policyChanges,
      onRefused: (command, { actor }, error, seen) => {
        this.refusals.commandRefused(command, actor, error, seen);
      },
      software: `${software.name}@${software.version}`,
      versionOf: (type) => catalogue.event(type).version,
      commandVersionOf: (name) => catalogue.command(name).version,
    });
    this.workItems = new WorkItems(store, this.clock);
    this.refusals = new RefusalRecorder({
      listed: recordedRefusals,
      isCode: isListedCode,
      clock: this.clock,
      record: (command) =>
        this.commands.executeNamed('RecordRefusal', command, { actor: systemActor }),
    });
    this.people = new PersonDirectory(store);
    this.mailing = mailingOf(this, config);
    const deadlines = new DueDeadlines(this.readModels, store);
    this.due = async (now) => {
      const policy = policyOn(await this.commands.policyChanges(), civilDateOf(now));
      return [
        ...(await deadlines.due(now, policy)),
        ...dueDetections(this.readModels, now),
        ...dueEscalations(this.readModels, now),
        ...dueGaps(this.readModels, now, policy.caseGapMinutes),
      ];
    };
  }

  /** The jobs of this process, idle where another one works. */
  get jobs(): Pick<JobRunner, 'idle'> {
    return this.worker?.jobs ?? { idle: () => Promise.resolve() };
  }

  /** Whether policies, deadlines and jobs run in this process now. */
  get isWorking(): boolean {
    return this.worker !== undefined;
  }

  /** Events of the chain that are sealed, as far as the process that seals knows. */
  get sealedEvents(): number | undefined {
    return this.worker?.sealing?.sealedEvents;
  }

  get logId(): string {
    return this.store.logId;
  }

  get production(): boolean {
    return this.config.production;
  }

  async start(): Promise<void> {
    const { config, store } = this;
    if (config.production && (await holdsDemo(store))) {
      throw new Error('This data directory holds a demo council; production does not start on it.');
    }
    // Who only answers requests would wait for a lease that it never asks for.
    const isIdle = this.shared !== undefined && config.worker === 'off';
    const demo = isIdle
      ? undefined
      : await demoToLoad(config, store, civilDateOf(this.clock.now()));
    if (demo) this.demoCouncil = new DemoLoading(demo.request, this, this.out);
    if (demo?.reachedAt) this.clock.simulate(new SimulatedClock(demo.reachedAt));
    await this.workItems.load();
    await this.readModels.start();
    if (!this.shared || demo) await this.beginWork(await this.lease());
  }

  private lease(): Promise<Lease> {
    return this.shared?.lease(this.stopping.signal) ?? Promise.resolve(soleLease());
  }

  private async beginWork(lease: Lease): Promise<void> {
    const { store, commands, clock, workItems, due, auditing: audit } = this;
    const seal = this.shared?.seal;
    const parts = { store, commands, clock, workItems, due, seal, audit, mail: this.mailing };
    const worker = new Worker(parts, lease);
    this.worker = worker;
    lease.ended.addEventListener('abort', () => {
      if (this.worker === worker) this.worker = undefined;
    });
    await worker.begin();
  }

  /** Waits for its turn again and again: whoever lost the lease may have it later. */
  private async takeTurns(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const lease = await this.lease().catch(() => undefined);
      if (!lease) continue;
      try {
        await this.workItems.load();
        // Whoever closes this process found no worker to close.
        if (this.stopping.signal.aborted) return await lease.release();
        await this.beginWork(lease);
      } catch (error) {
        if (!(error instanceof LeaseLost || error instanceof StoreUnavailable)) throw error;
        await (this.worker?.close() ?? lease.release());
        continue;
      }
      this.worker?.beginJobs();
      this.worker?.beginDeadlines();
      await endOf(lease.ended);
    }
  }

  /** Starts what may run beside requests; the demo council is loaded while queries are answered. */
  begin(): void {
    this.worker?.beginJobs();
    this.refusals.begin();
    if (this.demoCouncil) {
      this.demoCouncil.begin(() => this.worker?.beginDeadlines());
      return;
    }
    this.stopTelling = tellCatchUp(() => this.projections(), this.out);
    if (this.worker) this.worker.beginDeadlines();
    else if (this.shared) this.working = this.takeTurns();
  }

  async settle(): Promise<void> {
    do {
      await this.policiesSettled();
    } while ((await this.fired()) > 0);
  }

  /** On a busy machine read models take longer than a request would wait for them. */
  private async fired(): Promise<number> {
    while (!this.stopping.signal.aborted) {
      try {
        return (await this.worker?.fire()) ?? 0;
      } catch (error) {
        if (!(error instanceof ReadModelBehind)) throw error;
      }
    }
    return 0;
  }

  /** What policies send may be for policies again. */
  private async policiesSettled(): Promise<void> {
    for (let head = -1; head < (await this.store.head());) {
      head = await this.store.head();
      await this.worker?.reached(head);
    }
  }

  /** The index goes on when somebody asks; nobody else pays for it. */
  findEvent(id: string): Promise<number | undefined> {
    this.eventIndex ??= EventIndex.open(
      this.config.store === 'memory' ? ':memory:' : join(this.config.dataDir, 'audit', 'ids.db'),
      this.store.sealed,
    );
    return this.eventIndex.find(id);
  }

  whatIf(question: WhatIfQuestion): Promise<WhatIfFound> {
    return whatIfApart(this.config, this.store, question);
  }

  storeHealth(): { readonly writable: boolean; readonly reason?: string } {
    return this.store.health();
  }

  /** A read model that is built anew is not within the rule until it has come near the head. */
  projections(): readonly ProjectionLag[] {
    return this.readModels.statuses().map((status) => ({
      ...status,
      withinRule: status.withinRule && !isBeingBuilt(status),
    }));
  }

  retryProjection(name: string): void {
    this.readModels.retry(name);
  }

  rebuildProjection(name: string): Promise<void> {
    return this.readModels.rebuild(name);
  }

  retryWorkItem(item: WorkItem): Promise<void> {
    // Whichever process is asked: the commands have the ids that they would have had.
    return retried(this, item);
  }

  /** Begins to load a demo council into an empty log; the one that is being loaded goes on. */
  async loadDemo(request: DemoRequest): Promise<void> {
    if (this.demoCouncil?.progress.state === 'loading') {
      ensure(this.demoCouncil.isOf(request), 'DemoAnotherIsLoading');
      return;
    }
    await ensureDemoFits(request, this.config, this.store, civilDateOf(this.clock.now()));
    await this.worker?.stopDeadlines();
    this.demoCouncil = new DemoLoading(request, this, this.out);
    this.demoCouncil.begin(() => this.worker?.beginDeadlines());
  }

  demo(): DemoProgress {
    return this.demoCouncil?.progress ?? { state: 'none', percent: 100 };
  }

  /** Resolves when the demo council is loaded, at once when there is none to load. */
  demoLoaded(): Promise<void> {
    return this.demoCouncil?.loaded ?? Promise.resolve();
  }

  appendedEvents(): number {
    return this.commands.appendedEvents;
  }

  async close(): Promise<void> {
    this.stopTelling();
    await this.demoCouncil?.stop();
    await this.refusals.close();
    this.stopping.abort();
    this.store.hurry();
    await this.worker?.close();
    await this.working;
    await this.readModels.stop();
    this.eventIndex?.close();
    await this.store.close();
    this.keys.close();
  }
}

/** The approved changes of council policy, folded from their stream. */
const policyChanges = async (read: FactReader): Promise<readonly PolicyChange[]> =>
  (await read.folded(councilPolicyDecider, councilPolicyStream)).state.approved;

const endOf = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
