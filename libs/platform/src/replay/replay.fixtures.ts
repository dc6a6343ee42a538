import type { PolicyChange } from '#kernel/council-policy.js';
import { fold } from '#kernel/decider.js';
import type { EventStore, StoredEvent } from '#eventstore/event-store.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import type { Slice } from '../commands/slice.js';
import { decideAgain, sliceOf } from './decision.js';
import { Past } from './past.js';
import { replayLog, type Replayed } from './replay-log.js';

/** Makes a decision again from the events before it, without a store. */
export function replayDecision(
  slices: readonly Slice[],
  before: readonly StoredEvent[],
  append: readonly StoredEvent[],
) {
  const stream = append[0]?.stream ?? '';
  const slice = sliceOf(slices, stream);
  const own = before.filter((event) => event.stream === stream);
  const policyChanges = before
    .filter(({ type }) => type === 'PolicyChangeApproved')
    .map(({ data }) => data as PolicyChange);
  return decideAgain({ slice, state: slice && fold(slice.decider, own), policyChanges, append });
}

/** Makes every decision of a log again. */
export async function replaysOf(
  slices: readonly Slice[],
  log: Pick<EventStore, 'read' | 'readAll'>,
): Promise<Replayed[]> {
  const replays: Replayed[] = [];
  const past = new Past(log, councilPolicyStream);
  for await (const replayed of replayLog(log, { slices, past })) replays.push(replayed);
  return replays;
}
