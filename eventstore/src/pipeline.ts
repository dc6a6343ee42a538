import type { AppendEntry, AppendOutcome, AppendResult } from './event-store.js';

/** Outcomes not yet taken by the consumer count as in flight, so a slow consumer slows the feed. */
const mostInFlight = 256;

/**
 * Appends entries, up to `maxInFlight` (256) at a time, and yields each outcome as it is known. When `entries`
 * throws, the outcomes of what was taken before come first, then the error. A consumer that stops
 * early takes no further entries; those in flight are still appended.
 */
export async function* pipelineOf(
  append: (entry: AppendEntry) => Promise<AppendResult>,
  entries: Iterable<AppendEntry> | AsyncIterable<AppendEntry>,
  maxInFlight = mostInFlight,
): AsyncGenerator<AppendOutcome, void, undefined> {
  const outcomes: AppendOutcome[] = [];
  let running = 0;
  let stopped = false;
  let feeding = true;
  const changed = turnstile();

  const settle = (outcome: AppendOutcome): void => {
    running -= 1;
    outcomes.push(outcome);
    changed.notify();
  };
  const feed = async (): Promise<void> => {
    for await (const entry of entries) {
      if (stopped) return;
      running += 1;
      append(entry).then(
        (result) => {
          settle({ entry, ...result });
        },
        (error: unknown) => {
          settle({ entry, error: error instanceof Error ? error : new Error(String(error)) });
        },
      );
      while (running + outcomes.length >= maxInFlight && !isStopped()) await changed.next();
    }
  };
  const isStopped = (): boolean => stopped;
  const fed = feed().finally(() => {
    feeding = false;
    changed.notify();
  });
  fed.catch(() => undefined);

  try {
    for (;;) {
      const outcome = outcomes.shift();
      if (outcome) {
        changed.notify();
        yield outcome;
      } else if (feeding || running > 0) await changed.next();
      else break;
    }
    await fed;
  } finally {
    stopped = true;
    changed.notify();
  }
}

/** Lets any number of waiters through at each notification. */
function turnstile(): { next: () => Promise<void>; notify: () => void } {
  let turn = Promise.withResolvers<void>();
  return {
    next: () => turn.promise,
    notify: () => {
      const passed = turn;
      turn = Promise.withResolvers<void>();
      passed.resolve();
    },
  };
}
