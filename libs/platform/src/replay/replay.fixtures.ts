import type { PolicyChange } from '#kernel/council-policy.js';
import { fold } from '#kernel/decider.js';
import type { EventStore, StoredEvent } from '#eventstore/event-store.js';
import { isInPart, partOf, type LogPart } from '#eventstore/log-part.js';
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

/** Makes every decision of a log, or of a part of it, again. */
export async function replaysOf(
  slices: readonly Slice[],
  log: Pick<EventStore, 'read' | 'readAll'>,
  part: LogPart = { index: 0, of: 1 },
): Promise<Replayed[]> {
  const replays: Replayed[] = [];
  const comesBy = (stream: string) => isInPart(stream, part);
  const past = new Past({ log, policyStream: councilPolicyStream, comesBy });
  const source = partOf(log, part);
  for await (const replayed of replayLog(source, { slices, past })) replays.push(replayed);
  return replays;
}
