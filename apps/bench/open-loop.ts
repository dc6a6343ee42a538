import { quantile } from './harness.js';

export interface Latencies {
  readonly sent: number;
  readonly failed: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
  /** The first failures' messages. */
  readonly complaints: readonly string[];
}

/**
 * Sends `perSecond` pieces a second on schedule, whether or not earlier ones were answered, and
 * measures each from the moment it was scheduled for: a service that stands still is charged for
 * every request that it kept waiting.
 */
export async function openLoop(
  perSecond: number,
  seconds: number,
  piece: (index: number) => Promise<unknown>,
): Promise<Latencies> {
  const count = Math.round(perSecond * seconds);
  const everyMs = 1000 / perSecond;
  const startedAt = performance.now();
  const taken: number[] = [];
  const complaints: string[] = [];
  let failed = 0;
  const running: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const scheduledAt = startedAt + index * everyMs;
    const early = scheduledAt - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    running.push(
      piece(index)
        .catch((error: unknown) => {
          failed += 1;
          if (complaints.length < 3) complaints.push(String(error));
        })
        .then(() => void taken.push(performance.now() - scheduledAt)),
    );
  }
  await Promise.all(running);
  const at = (share: number) => quantile(taken, share);
  return {
    ...{ sent: count, failed, complaints },
    ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) },
  };
}
