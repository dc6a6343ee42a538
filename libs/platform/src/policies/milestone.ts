import type { Position } from '#eventstore/event-store.js';

/** How far something has come along the log, and who waits for it to come further. */
export class Milestone {
  private at: Position = 0;
  private waiting: { readonly position: Position; readonly resolve: () => void }[] = [];

  get position(): Position {
    return this.at;
  }

  reach(position: Position): void {
    if (position <= this.at) return;
    this.at = position;
    const reached = this.waiting.filter((waiter) => waiter.position <= position);
    if (reached.length === 0) return;
    this.waiting = this.waiting.filter((waiter) => waiter.position > position);
    for (const { resolve } of reached) resolve();
  }

  wait(position: Position): Promise<void> {
    if (position <= this.at) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ position, resolve }));
  }
}
