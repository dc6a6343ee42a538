import { deriveId } from '#kernel/ids.js';
import { systemActor } from '#kernel/actor.js';
import { Rejection } from '#kernel/rejection.js';
import { start, type EventStore, type StoredEvent } from '#eventstore/event-store.js';
import type { Clock } from '../commands/clock.js';

/** A command that a policy or a deadline could not carry out; its stream waits until it is retried. */
export interface WorkItem {
  readonly workItemId: string;
  readonly policy: string;
  readonly stream: string;
  /** The first event of the stream that waits. */
  readonly revision: number;
  readonly eventId: string;
  readonly command: string;
  readonly code: string;
  readonly openedAt: string;
}

type Opened = Omit<WorkItem, 'openedAt'>;

/** The open work items, kept as events so that none is lost. */
export class WorkItems {
  private readonly open = new Map<string, WorkItem>();
  private upTo = start;

  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** Folds what the log tells of work items since it was read last: another process may have told it. */
  async load(): Promise<void> {
    for (;;) {
      const filter = { categories: ['workItem'] };
      const page = await this.store.readAll({ after: this.upTo, filter });
      for (const event of page.events) this.apply(event);
      this.upTo = page.upTo;
      if (page.caughtUp) return;
    }
  }

  list(): readonly WorkItem[] {
    return [...this.open.values()];
  }

  parked(policy: string, stream: string): WorkItem | undefined {
    return this.list().find((item) => item.policy === policy && item.stream === stream);
  }

  find(workItemId: string): WorkItem | undefined {
    return this.open.get(workItemId);
  }

  async park(policy: string, event: StoredEvent, command: string, error: unknown): Promise<void> {
    const workItemId = deriveId(event.id, policy, 'workItem');
    const data: Opened = {
      ...{ workItemId, policy, stream: event.stream, revision: event.revision, eventId: event.id },
      command,
      code:
        error instanceof Rejection ? error.code : error instanceof Error ? error.name : 'Unknown',
    };
    await this.append(workItemId, 'WorkItemOpened', data, event.id);
  }

  async resolve(item: WorkItem): Promise<void> {
    await this.append(
      item.workItemId,
      'WorkItemResolved',
      { workItemId: item.workItemId },
      item.eventId,
    );
  }

  private async append(
    workItemId: string,
    type: string,
    data: object,
    because: string,
  ): Promise<void> {
    const stream = `workItem-${workItemId}`;
    const [last] = await this.store.read(stream, { direction: 'backwards', limit: 1 });
    const revision = last?.revision ?? -1;
    const commandId = deriveId(workItemId, type, revision + 1);
    const metadata = {
      commandId,
      actor: systemActor,
      causationId: because,
      recordedAt: this.clock.now(),
      ...(this.clock.simulated && { simulated: true as const }),
    };
    const event = { id: deriveId(commandId, stream), type, version: 1, data, metadata };
    const { position } = await this.store.append(stream, [event], last?.revision ?? 'none');
    this.apply({ ...event, stream, revision: revision + 1, position });
  }

  private apply({ type, data, metadata }: StoredEvent): void {
    const { workItemId } = data as Opened;
    if (type === 'WorkItemOpened') {
      this.open.set(workItemId, { ...(data as Opened), openedAt: metadata.recordedAt });
    } else {
      this.open.delete(workItemId);
    }
  }
}
