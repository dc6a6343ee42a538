/** Wakes those who wait for a condition each time something may have changed. */
export class Changes {
  private readonly waiting = new Set<() => void>();

  notify(): void {
    for (const check of [...this.waiting]) check();
  }

  /** Resolves to true once the condition holds, or to false after `timeoutMs`. */
  until(condition: () => boolean, timeoutMs?: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (held: boolean) => {
        clearTimeout(timer);
        this.waiting.delete(check);
        resolve(held);
      };
      const check = () => {
        if (condition()) end(true);
      };
      const timer =
        timeoutMs === undefined ? undefined : setTimeout(() => end(condition()), timeoutMs);
      this.waiting.add(check);
    });
  }
}
