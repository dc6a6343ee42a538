import { deriveId } from '#kernel/ids.js';
import { systemActor } from '#kernel/actor.js';
import {
  start,
  StoreUnavailable,
  type EventStore,
  type Position,
  type StoredEvent,
} from '#eventstore/event-store.js';
import { foreground } from '../courtesy/foreground.js';
import { sideBySide } from '../courtesy/side-by-side.js';
import type { Commands } from '../commands/commands.js';
import { Conflict } from '../commands/submission.js';
import { Milestone } from './milestone.js';
import type { Policy, PolicyCommand } from './policy.js';
import type { WorkItem, WorkItems } from './work-items.js';

export interface PolicyRunnerOptions {
  readonly store: EventStore;
  readonly commands: Commands;
  readonly workItems: WorkItems;
  readonly policies: readonly Policy[];
  /** Told of work that failed and is parked. */
  readonly onParked?: (policy: string, error: unknown) => void;
}

const streamsAtOnce = 64;
/** Events read and decoded in one step: few enough that no query waits long for it. */
const pageEvents = 250;

/**
 * Carries events to policies, at least once and in order within each stream, from durable
 * checkpoints. A refused command parks its stream for that policy; the others go on.
 */
export class PolicyRunner {
  private readonly stop = new AbortController();
  private readonly done = new Milestone();
  private readonly checkpoints = new Map<string, Position>();
  private running: Promise<void> | undefined;

  constructor(private readonly options: PolicyRunnerOptions) {}

  async begin(): Promise<void> {
    for (const policy of this.options.policies) {
      const saved = await this.options.store.checkpoint(checkpointOf(policy));
      this.checkpoints.set(policy.name, saved ?? (await this.install(policy)));
    }
    const from = Math.min(...this.checkpoints.values());
    this.done.reach(from);
    this.running = this.follow(from);
  }

  /** Resolves once every event up to a position was carried to every policy. */
  reached(position: Position): Promise<void> {
    return this.done.wait(position);
  }

  get position(): Position {
    return this.done.position;
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  /** Tries a parked stream again, from the event that failed. */
  async retry(item: WorkItem): Promise<void> {
    const policy = this.options.policies.find(({ name }) => name === item.policy);
    if (!policy) return;
    const next = await this.carryFrom(item.revision, policy, item.stream);
    await this.options.workItems.resolve(item);
    // What came meanwhile was left out where the stream was still parked; twice is harmless.
    await this.carryFrom(next, policy, item.stream);
  }

  /** Carries a stream's events to one policy; answers the revision that comes next. */
  private async carryFrom(from: number, policy: Policy, stream: string): Promise<number> {
    for (let next = from; ;) {
      const events = await this.options.store.read(stream, { from: next });
      if (events.length === 0) return next;
      for (const event of events) {
        for (const [index, command] of (policy.on[event.type]?.(event) ?? []).entries()) {
          await this.send(policy, event, command, index);
        }
      }
      next += events.length;
    }
  }

  private async install(policy: Policy): Promise<Position> {
    const position = policy.from === 'now' ? await this.options.store.head() : start;
    await this.options.store.saveCheckpoint(checkpointOf(policy), position);
    return position;
  }

  private async follow(from: Position): Promise<void> {
    const types = [...new Set(this.options.policies.flatMap(({ on }) => Object.keys(on)))];
    const { signal } = this.stop;
    for await (const page of this.options.store.subscribe(from, {
      filter: { types },
      signal,
      pageSize: pageEvents,
    })) {
      await this.carry(page.events);
      if (signal.aborted) return;
      if (page.events.length > 0) await this.save(page.upTo);
      this.done.reach(page.upTo);
    }
  }

  private async save(position: Position): Promise<void> {
    await Promise.all(
      this.options.policies.map(async (policy) => {
        if ((this.checkpoints.get(policy.name) ?? start) >= position) return;
        await this.kept(() => this.options.store.saveCheckpoint(checkpointOf(policy), position));
        this.checkpoints.set(policy.name, position);
      }),
    );
  }

  /** Waits for a store that takes nothing now. What was not kept when it stops is done again. */
  private async kept(keep: () => Promise<void>): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await keep();
      } catch (error) {
        if (this.stop.signal.aborted) return;
        if (!(error instanceof StoreUnavailable)) throw error;
        await pause(Math.min(5_000, 20 * 2 ** attempt));
      }
    }
  }

  /** Another process may have resolved what this one knows as parked. */
  private async isParked(policy: Policy, stream: string): Promise<boolean> {
    const { workItems } = this.options;
    if (!workItems.parked(policy.name, stream)) return false;
    await workItems.load();
    return workItems.parked(policy.name, stream) !== undefined;
  }

  /** Streams side by side, the events of one stream in order. */
  private async carry(events: readonly StoredEvent[]): Promise<void> {
    const streams = Map.groupBy(events, ({ stream }) => stream).values();
    await sideBySide(streams, streamsAtOnce, async (ofStream) => {
      for (const event of ofStream) await this.carryOne(event);
    });
  }

  private async carryOne(event: StoredEvent): Promise<void> {
    for (const policy of this.options.policies) {
      if (event.position <= (this.checkpoints.get(policy.name) ?? start)) continue;
      if (await this.isParked(policy, event.stream)) continue;
      for (const [index, command] of (policy.on[event.type]?.(event) ?? []).entries()) {
        try {
          await this.send(policy, event, command, index);
        } catch (error) {
          if (this.stop.signal.aborted) return;
          await this.kept(() =>
            this.options.workItems.park(policy.name, event, command.name, error),
          );
          this.options.onParked?.(policy.name, error);
          break;
        }
      }
    }
  }

  private async send(policy: Policy, event: StoredEvent, command: PolicyCommand, index: number) {
    const commandId = deriveId(event.id, policy.name, index);
    const { correlationId } = event.metadata;
    const submission = {
      actor: systemActor,
      causationId: event.id,
      ...(correlationId && { correlationId }),
    };
    for (let attempt = 0; !this.stop.signal.aborted; attempt += 1) {
      await foreground.giveWay();
      try {
        await this.options.commands.executeNamed(
          command.name,
          { ...command.fields, commandId },
          submission,
        );
        return;
      } catch (error) {
        const passing = error instanceof StoreUnavailable || error instanceof Conflict;
        if (!passing) throw error;
        await pause(Math.min(5_000, 20 * 2 ** attempt));
      }
    }
  }
}

const checkpointOf = ({ name }: Policy): string => `policy/${name}`;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
