import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, LogPage, Position } from '#eventstore/event-store.js';
import type { RunningProjection } from './running-projection.js';
import type { Slices } from './slices.js';

export interface LaneOptions {
  readonly store: EventStore;
  readonly slices: Slices;
  readonly pageSize: number;
  /** Called when all members have the page. */
  readonly onPage: (lane: Lane, page: LogPage) => Promise<void>;
}

const firstPauseMs = 200;
const longestPauseMs = 10_000;

/**
 * Reads the log once for all its members. A member may be ahead of the lane, never behind it. When
 * the log cannot be read the lane tries again from its place, for ever.
 */
export class Lane {
  readonly members = new Set<RunningProjection>();
  /** Why the log cannot be read just now. */
  error: Error | undefined;
  private readonly ending = new AbortController();

  constructor(
    public position: Position,
    private readonly options: LaneOptions,
  ) {}

  get ended(): boolean {
    return this.ending.signal.aborted;
  }

  end(): void {
    this.ending.abort();
  }

  async run(): Promise<void> {
    for (let pauseMs = firstPauseMs; !this.ended; pauseMs *= 2) {
      try {
        await this.follow();
        pauseMs = firstPauseMs;
      } catch (error) {
        if (!this.ended) this.error = error instanceof Error ? error : new Error(String(error));
      }
      if (this.ended) return;
      const ms = Math.min(pauseMs, longestPauseMs);
      await pause(ms, undefined, { signal: this.ending.signal }).catch(() => undefined);
    }
  }

  private async follow(): Promise<void> {
    const { store, pageSize, onPage } = this.options;
    const { signal } = this.ending;
    for await (const page of store.subscribe(this.position, { signal, pageSize })) {
      this.error = undefined;
      await this.deliver(page, signal);
      await onPage(this, page);
      if (this.ended) return;
    }
  }

  private async deliver(page: LogPage, signal: AbortSignal): Promise<void> {
    // Who joins from here on must already know this page.
    this.position = page.upTo;
    for (const member of [...this.members]) {
      await member.take(page, this.options.slices, signal);
      if (member.failure) this.members.delete(member);
    }
  }
}
