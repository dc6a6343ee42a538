import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { start } from '#eventstore/event-store.js';
import type { Slice } from '../commands/slice.js';
import { decideAgain, sliceOf, type ReplayedDecision } from './decision.js';
import { checkFacts, type CheckedFact } from './fact-check.js';
import type { Past } from './past.js';
import { attemptedAppend, refusalIn, refusesFor } from './refusal.js';

/** One append of the log and its replay. */
export interface Replayed {
  readonly append: readonly StoredEvent[];
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
    if ((append[0]?.position ?? 0) > upTo) return;
    if (append[0]?.metadata.command) yield await replayAppend(slices, past, append);
    for (const event of append) {
      const slice = sliceOf(slices, event.stream);
      if (slice) past.learn(slice.decider, event);
    }
    const last = append.at(-1);
    if (after === start && last) past.passed(last.position);
  }
}

/** Makes one decision again, and fetches what it saw. */
export async function replayAppend(
  slices: readonly Slice[],
  past: Past,
  append: readonly StoredEvent[],
): Promise<Replayed> {
  const [recorded] = append;
  if (!recorded) throw new RangeError('an append has at least one event');
  const refusal = refusalIn(recorded);
  if (refusal) return { append, result: await refusedAgain(slices, past, recorded), facts: [] };
  const first = recorded;
  const slice = sliceOf(slices, first.stream);
  const policyChanges = await past.policyChanges(first.position);
  const before = slice && (await past.at(slice.decider, first.stream, first.revision - 1));
  const result = decideAgain({ slice, state: before?.state, policyChanges, append });
  const policy = 'policy' in result ? result.policy : undefined;
  const facts = slice && policy ? await checkFacts(past, slice, append, policy) : [];
  return { append, result, facts };
}

/** Decides a refused attempt again: the same when it is refused by the same rule. */
async function refusedAgain(
  slices: readonly Slice[],
  past: Past,
  recorded: StoredEvent,
): Promise<ReplayedDecision> {
  const refusal = refusalIn(recorded);
  if (!refusal) throw new TypeError('no refusal is recorded there');
  const append = attemptedAppend(refusal, recorded);
  const { stream, revision } = refusal.attempt;
  const slice = sliceOf(slices, stream);
  const state = slice && (await past.at(slice.decider, stream, revision)).state;
  const policyChanges = await past.policyChanges(recorded.position);
  const result = decideAgain({ slice, state, policyChanges, append });
  const isSame = result.outcome === 'threw' && result.policy && refusesFor(result.error, refusal);
  return isSame && result.policy ? { outcome: 'same', policy: result.policy } : result;
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
