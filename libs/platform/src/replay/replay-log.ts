import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { start } from '#eventstore/event-store.js';
import type { Slice } from '../commands/slice.js';
import { decideAgain, sliceOf, type DecisionSeen, type ReplayedDecision } from './decision.js';
import { checkFacts, type CheckedFact } from './fact-check.js';
import type { Past } from './past.js';
import { seenBy } from './seen.js';

/** One append of the log and its replay. */
export interface Replayed {
  readonly append: readonly StoredEvent[];
  readonly seen: DecisionSeen;
  readonly result: ReplayedDecision;
  /** Each fact that it saw, fetched again. */
  readonly facts: readonly CheckedFact[];
}

export interface ReplayOptions {
  readonly slices: readonly Slice[];
  readonly past: Past;
  /** Only decisions that begin behind this position. */
  readonly after?: Position;
  /** The last position at which a decision may begin. */
  readonly upTo?: Position;
  /** Told how far the log is read. */
  readonly onRead?: (position: Position) => void;
}

/** Makes every decision of a log again, oldest first. Events that no command decided are skipped. */
export async function* replayLog(
  log: Pick<EventStore, 'readAll'>,
  { slices, past, after = start, upTo = Number.MAX_SAFE_INTEGER, onRead }: ReplayOptions,
): AsyncGenerator<Replayed, void, undefined> {
  for await (const append of appendsOf(log, after, onRead)) {
    const position = append[0]?.position ?? start;
    if (position > upTo) return;
    if (after === start) past.passed(position - 1);
    if (append[0]?.metadata.command) yield await replayAppend(slices, past, append);
    for (const event of append) {
      const slice = sliceOf(slices, event.stream);
      if (slice) past.learn(slice.decider, event);
    }
  }
}

/** Makes one decision again, and fetches what it saw. */
export async function replayAppend(
  slices: readonly Slice[],
  past: Past,
  append: readonly StoredEvent[],
): Promise<Replayed> {
  const seen = await seenBy(slices, past, append);
  const result = decideAgain(seen);
  const { slice, refusal } = seen;
  const policy = 'policy' in result ? result.policy : undefined;
  // The facts of a refusal are not kept with the revisions that they were folded to.
  const isChecked = slice && policy && !refusal;
  const facts = isChecked ? await checkFacts(past, slice, append, policy) : [];
  return { append, seen, result, facts };
}

/** The log cut into appends: an append is of one stream and one command, and lies together. */
export async function* appendsOf(
  log: Pick<EventStore, 'readAll'>,
  from: Position,
  onRead?: (position: Position) => void,
): AsyncGenerator<StoredEvent[]> {
  let append: StoredEvent[] = [];
  let after = from;
  for (let caughtUp = false; !caughtUp;) {
    const page = await log.readAll({ after });
    for (const event of page.events) {
      if (append[0] && !continues(append[0], event)) {
        yield append;
        append = [];
      }
      append.push(event);
    }
    ({ upTo: after, caughtUp } = page);
    onRead?.(after);
  }
  if (append.length > 0) yield append;
}

/** Whether an event belongs to the append that begins with another. */
export const continues = (first: StoredEvent, event: StoredEvent): boolean =>
  event.stream === first.stream &&
  event.metadata.commandId === first.metadata.commandId &&
  event.metadata.command === undefined;
