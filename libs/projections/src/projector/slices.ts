/**
 * Divides long work into slices, with a turn of the event loop between two of them, so that a
 * request never waits longer than about one slice. All work of one runner shares the slices.
 */
export class Slices {
  private startedAtMs = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param lengthMs how long a slice may take */
  constructor(private readonly lengthMs = 5) {}

  /** Runs the work to its end. When `signal` aborts, it ends at its next yield with the reason. */
  async drive<T>(work: Generator<void, T>, signal?: AbortSignal): Promise<T> {
    for (;;) {
      if (this.spent()) await this.turn();
      if (signal?.aborted) work.return(undefined as T);
      signal?.throwIfAborted();
      const step = work.next();
      if (step.done) return step.value;
    }
  }

  private spent(): boolean {
    return performance.now() - this.startedAtMs >= this.lengthMs;
  }

  private turn(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.waiting.length === 1) setImmediate(this.next);
    });
  }

  private readonly next = (): void => {
    this.startedAtMs = performance.now();
    this.waiting.shift()?.();
    if (this.waiting.length > 0) setImmediate(this.next);
  };
}

/** Runs the work to its end at once, for specs. */
export function runThrough<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
