import {
  start,
  StoreUnavailable,
  type EventStore,
  type Position,
} from '#eventstore/event-store.js';
import { Milestone } from '../policies/milestone.js';
import { pause } from './child-sender.js';

export interface StreamWorksOptions {
  readonly store: EventStore;
  readonly checkpointName: string;
  /** The events that begin work on their stream. */
  readonly types: readonly string[];
  /** The category of these streams. */
  readonly category: string;
  /** Carries out what a stream holds; work that is over is told from the stream. */
  readonly carryOut: (id: string, signal: AbortSignal) => Promise<void>;
}

/**
 * Takes up the work that streams hold, side by side. The checkpoint stands behind what is over, so
 * that after a restart, also by `kill -9`, everything unfinished is taken up again.
 */
export class StreamWorks {
  private readonly stop = new AbortController();
  private readonly working = new Map<string, Promise<void>>();
  private readonly read = new Milestone();
  private following: Promise<void> | undefined;
  private lastTakenAt: Position = start;
  private saved: Promise<void> = Promise.resolve();

  constructor(private readonly options: StreamWorksOptions) {}

  /** Aborts when no further work is begun. */
  get stopped(): AbortSignal {
    return this.stop.signal;
  }

  /** Takes up unfinished work and what is begun from now on. */
  begin(): void {
    this.following ??= this.follow();
  }

  /** Resolves once all work that was begun up to now is over; at once before `begin`. */
  async idle(): Promise<void> {
    if (!this.following) return;
    await this.read.wait(await this.options.store.head());
    await Promise.all(this.working.values());
    await this.saved;
  }

  /** Begins nothing more and keeps no checkpoint: the right to work is lost. */
  halt(): void {
    this.stop.abort();
  }

  /** Stops after what is on its way; unfinished work goes on at the next start. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.following;
    await Promise.all(this.working.values());
    await this.saved;
  }

  private async follow(): Promise<void> {
    const { store, types, category } = this.options;
    const from = await this.knownCheckpoint();
    this.read.reach(from);
    const { signal } = this.stop;
    for await (const { events, upTo } of store.subscribe(from, { filter: { types }, signal })) {
      for (const { stream } of events) this.take(stream.slice(category.length + 1));
      this.read.reach(upTo);
      const last = events.at(-1);
      if (last) this.saved = this.checkpointWhenIdle(last.position);
    }
  }

  private async knownCheckpoint(): Promise<Position> {
    const { store, checkpointName } = this.options;
    while (!this.stop.signal.aborted) {
      try {
        return (await store.checkpoint(checkpointName)) ?? start;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        await pause(1_000, this.stop.signal);
      }
    }
    return start;
  }

  /** Work on one stream is never done twice at once. */
  private take(id: string): void {
    const before = this.working.get(id) ?? Promise.resolve();
    const work = before
      .then(() => this.options.carryOut(id, this.stop.signal))
      .finally(() => {
        if (this.working.get(id) === work) this.working.delete(id);
      });
    this.working.set(id, work);
  }

  /** Nothing before the checkpoint is unfinished, so the next start need not read it. */
  private async checkpointWhenIdle(takenAt: Position): Promise<void> {
    const { store, checkpointName } = this.options;
    this.lastTakenAt = takenAt;
    await Promise.all(this.working.values());
    if (this.stop.signal.aborted || this.lastTakenAt > takenAt) return;
    await store.saveCheckpoint(checkpointName, takenAt).catch(() => undefined);
  }
}
