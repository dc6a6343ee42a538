import type { StoredEvent } from '#eventstore/event-store.js';
import type { Slice } from '../commands/slice.js';
import { sliceOf, type DecisionSeen } from './decision.js';
import type { Past } from './past.js';
import { attemptedAppend, refusalIn } from './refusal.js';

/** All that a recorded decision, or an attempt that was refused, was made from. */
export async function seenBy(
  slices: readonly Slice[],
  past: Past,
  recorded: readonly StoredEvent[],
): Promise<DecisionSeen> {
  const [event] = recorded;
  if (!event) throw new RangeError('an append has at least one event');
  const refusal = refusalIn(event);
  const append = refusal ? attemptedAppend(refusal, event) : recorded;
  const { stream, revision } = append[0] ?? event;
  const slice = sliceOf(slices, stream);
  const before = slice && (await past.at(slice.decider, stream, revision - 1));
  const policyChanges = await past.policyChanges(event.position);
  return { slice, state: before?.state, policyChanges, append, ...(refusal && { refusal }) };
}
