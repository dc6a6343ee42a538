import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventFilter, LogPage, Position, ReadAllOptions } from './event-store.js';

/** Wakes the followers of a log when it grows or closes. */
export class LogGrowth {
  private readonly waiting = new Set<() => void>();
  private closed = false;

  constructor(private head: Position) {}

  /** The log now ends at this position. */
  advance(head: Position): void {
    if (head <= this.head) return;
    this.head = head;
    this.wake();
  }

  close(): void {
    this.closed = true;
    this.wake();
  }

  /** Resolves once an event lies beyond the position: true, or false when closed or aborted. */
  async beyond(position: Position, signal: AbortSignal): Promise<boolean> {
    while (!this.closed && !signal.aborted) {
      if (this.head > position) return true;
      await this.change(signal);
    }
    return false;
  }

  private wake(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const resume of woken) resume();
  }

  private change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const resume = (): void => {
        signal.removeEventListener('abort', resume);
        this.waiting.delete(resume);
        resolve();
      };
      this.waiting.add(resume);
      signal.addEventListener('abort', resume, { once: true });
    });
  }
}

/**
 * Every page after a position, then new ones as the log grows, until the signal aborts or the
 * store closes. Yields to the event loop between pages, so that a long catch-up starves nobody.
 */
export async function* followLog(
  readAll: (options: ReadAllOptions) => Promise<LogPage>,
  growth: LogGrowth,
  after: Position,
  { filter, signal, pageSize }: { filter?: EventFilter; signal: AbortSignal; pageSize?: number },
): AsyncGenerator<LogPage, void, undefined> {
  let upTo = after;
  while (await growth.beyond(upTo, signal)) {
    const page = await readAll({
      after: upTo,
      ...(filter && { filter }),
      ...(pageSize !== undefined && { limit: pageSize }),
    });
    upTo = page.upTo;
    yield page;
    if (!page.caughtUp) await nextTurn();
  }
}
