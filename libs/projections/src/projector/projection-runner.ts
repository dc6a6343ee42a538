import type { EventStore, Position } from '#eventstore/event-store.js';
import type { AnyProjection, ProjectionOf, Tables } from './definition.js';
import { UnknownProjection } from './errors.js';
import type { LagRule } from './lag-watch.js';
import { LiveChanges } from './live-changes.js';
import { Lanes } from './lanes.js';
import { ProjectionReader } from './reader.js';
import type { RunningProjection } from './running-projection.js';
import { ServedProjection } from './served-projection.js';
import { Slices } from './slices.js';
import { statusOf, type ProjectionStatus } from './status.js';
import { WalCheckpointer } from './wal-checkpointer.js';

export interface RunnerOptions {
  /** Where the files `<name>@<version>.db` lie. */
  readonly directory: string;
  /** Events read and committed together. Default 2,000. */
  readonly pageSize?: number;
  /** Files this close to each other read the log together when it starts. Default 20,000. */
  readonly sameLaneEvents?: number;
  /** How long the event loop may be kept, in ms; a commit comes on top. Default 5. */
  readonly sliceMs?: number;
  /** Default: over 5,000 events for longer than 30 s. */
  readonly lagRule?: LagRule;
}

export interface ProjectionHealth {
  readonly healthy: boolean;
  /** One sentence for each thing that is wrong. */
  readonly problems: readonly string[];
  readonly projections: readonly ProjectionStatus[];
}

/** Keeps read models in step with the log. See `Lanes` for who reads it when. */
export class ProjectionRunner {
  private readonly served = new Map<string, ServedProjection>();
  private readonly lanes: Lanes;

  /** Rows as they change, for those who look at them. */
  readonly live = new LiveChanges();
  private readonly checkpointer = new WalCheckpointer();

  constructor(
    private readonly store: EventStore,
    projections: readonly AnyProjection[],
    options: RunnerOptions,
  ) {
    const { directory, pageSize = 2_000, sameLaneEvents = 20_000 } = options;
    const { lagRule = { events: 5_000, withoutProgressMs: 30_000 } } = options;
    const { checkpointer } = this;
    const slices = new Slices(options.sliceMs);
    const means = { directory, store, slices, checkpointer, lagRule };
    for (const projection of projections) {
      const { name } = projection;
      if (this.served.has(name)) throw new Error(`two projections are named ${name}`);
      this.served.set(name, new ServedProjection(projection, means));
    }
    const onHead = (running: RunningProjection) => this.reachedHead(running);
    const onFront = (upTo: Position) => this.reachedFront(upTo);
    this.lanes = new Lanes({ store, slices, pageSize, sameLaneEvents, onHead, onFront });
  }

  /** Typed reads of a projection; may be asked for before `start`. */
  reader<T extends Tables>(projection: ProjectionOf<T>): ProjectionReader<T> {
    return new ProjectionReader<T>(this.named(projection.name), projection);
  }

  /** Opens all files and begins to follow the log; reads are answered from here on. */
  async start(): Promise<void> {
    const all = [...this.served.values()];
    for (const served of all) await served.open();
    await this.lanes.start(all.flatMap((served) => served.running));
  }

  /** Ends following the log and closes the files. */
  async stop(): Promise<void> {
    await this.lanes.stop();
    for (const served of this.served.values()) await served.close();
    await this.checkpointer.stop();
  }

  statuses(): readonly ProjectionStatus[] {
    return [...this.served.values()].map((served) => statusOf(served, this.lanes.head));
  }

  async health(): Promise<ProjectionHealth> {
    const problems = this.lanes.errors.map(({ message }) => `the log cannot be read: ${message}`);
    try {
      this.lanes.head = Math.max(this.lanes.head, await this.store.head());
    } catch (error) {
      problems.push(`the head of the log is unknown: ${String(error)}`);
    }
    const projections = this.statuses();
    problems.push(...projections.flatMap(problemsOf));
    return { healthy: problems.length === 0, problems, projections };
  }

  /** Goes on with the event that stopped the projection; does nothing when none did. */
  retry(name: string): void {
    for (const running of this.named(name).running) {
      if (!running.failure) continue;
      running.failure = undefined;
      void this.lanes.launch(running);
    }
  }

  /** Builds a second file from the start of the log; the present one serves until that is done. */
  async rebuild(name: string): Promise<void> {
    const served = this.named(name);
    if (served.building) this.lanes.leave(served.building);
    await this.lanes.launch(await served.rebuild());
  }

  /**
   * Resolves when the projection (or each of them) knows all that the log holds now and no file is
   * being built. Stopped ones are not waited for.
   */
  async caughtUp(name?: string): Promise<void> {
    const head = await this.store.head();
    for (const served of name === undefined ? this.served.values() : [this.named(name)]) {
      await served.changes.until(() => {
        const { building, serving } = served;
        if (building) return building.failure !== undefined;
        if (serving.failure) return true;
        return served.isLive && serving.checkpoint.position >= head;
      });
    }
  }

  private async reachedHead(running: RunningProjection): Promise<void> {
    for (const served of this.served.values()) {
      if (!served.running.includes(running)) continue;
      if (running === served.building) {
        for (const other of served.running) if (other !== running) this.lanes.leave(other);
      }
      await served.reachedHead(running);
      this.live.reset(running.checkpoint.position);
    }
  }

  private reachedFront(upTo: Position): void {
    const running = [...this.served.values()].flatMap((served) => served.running);
    this.live.tell(
      upTo,
      running.map(({ pending }) => pending),
    );
  }

  private named(name: string): ServedProjection {
    const served = this.served.get(name);
    if (!served) throw new UnknownProjection(name);
    return served;
  }
}

function problemsOf({ name, state, failure, lagEvents, withinRule }: ProjectionStatus): string[] {
  if (state === 'stopped' && failure) {
    const { position, type, error } = failure;
    return [`${name} is stopped at position ${position} by ${type}: ${error}`];
  }
  return withinRule ? [] : [`${name} is ${lagEvents} events behind and does not move`];
}
