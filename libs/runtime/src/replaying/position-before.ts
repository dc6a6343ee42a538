import type { EventStore, Position } from '#eventstore/event-store.js';

/** Clocks of several nodes may differ by so much; what is read too early is left out by its instant. */
const slackMs = 60_000;

/** A position before everything that was recorded since an instant, found by halving. */
export async function positionBefore(
  log: Pick<EventStore, 'readAll' | 'head'>,
  since: string,
): Promise<Position> {
  const early = new Date(Date.parse(since) - slackMs).toISOString();
  let [low, high] = [0, await log.head()];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const { events } = await log.readAll({ after: middle, limit: 1 });
    const [next] = events;
    if (!next || next.metadata.recordedAt >= early) high = middle;
    else low = middle;
  }
  return low;
}
