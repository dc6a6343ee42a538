import { isDeepStrictEqual } from 'node:util';
import { policyOn, type CouncilPolicy, type PolicyChange } from '#kernel/council-policy.js';
import type { Event } from '#kernel/decider.js';
import { civilDateOf } from '#kernel/time.js';
import { categoryOf, type EventStore, type StoredEvent } from '#eventstore/event-store.js';
import type { Slice } from './slice.js';

/** What a decision gives when it is made again from all that it saw. */
export type ReplayedDecision =
  | { readonly outcome: 'same' }
  | {
      readonly outcome: 'different';
      readonly decided: readonly Event[];
      readonly recorded: readonly Event[];
    }
  /** The rules of today's software refuse it, or what it saw is no longer readable. */
  | { readonly outcome: 'threw'; readonly error: unknown };

/** One append of the log and its replay. */
export interface Replayed {
  readonly append: readonly StoredEvent[];
  readonly result: ReplayedDecision;
}

/**
 * Makes one recorded decision again: the command's fields, the facts' values, the clock, entropy,
 * actor and rule set come from its metadata, its policy and its stream's state from the events
 * before it. Synchronous, so that `tracingRules` can explain it.
 *
 * @param before events of the log before the append, in order, personal fields unsealed; those of
 *   its own stream and of the council policy are enough
 * @param append all events of the append, the first one with its command
 */
export function replayDecision(
  slices: readonly Slice[],
  before: Iterable<StoredEvent>,
  append: readonly StoredEvent[],
): ReplayedDecision {
  const replay = new DecisionReplay(slices);
  for (const event of before) replay.learn(event);
  return replay.decideAgain(append);
}

/** Makes every decision of a log again, oldest first. Events that no command decided are skipped. */
export async function* replayLog(
  slices: readonly Slice[],
  log: Pick<EventStore, 'readAll'>,
): AsyncGenerator<Replayed, void, undefined> {
  const replay = new DecisionReplay(slices);
  for await (const append of appendsOf(log)) {
    if (append[0]?.metadata.command) yield { append, result: replay.decideAgain(append) };
    for (const event of append) replay.learn(event);
  }
}

/** The log cut into appends: an append is of one stream and one command, and lies together. */
async function* appendsOf(log: Pick<EventStore, 'readAll'>): AsyncGenerator<StoredEvent[]> {
  let append: StoredEvent[] = [];
  let after = 0;
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
  }
  if (append.length > 0) yield append;
}

const continues = (first: StoredEvent, event: StoredEvent): boolean =>
  event.stream === first.stream &&
  event.metadata.commandId === first.metadata.commandId &&
  event.metadata.command === undefined;

/** Holds what decisions were made from: each stream's state and the policy changes so far. */
class DecisionReplay {
  private readonly slicesByCategory: ReadonlyMap<string, Slice>;
  private readonly states = new Map<string, unknown>();
  private readonly policyChanges: PolicyChange[] = [];

  constructor(slices: readonly Slice[]) {
    this.slicesByCategory = new Map(slices.map((slice) => [slice.category, slice]));
  }

  learn({ stream, type, data }: StoredEvent): void {
    if (type === 'PolicyChangeApproved') this.policyChanges.push(data as PolicyChange);
    const decider = this.slicesByCategory.get(categoryOf(stream))?.decider;
    if (!decider) return;
    const state: unknown = this.states.get(stream) ?? decider.initial;
    this.states.set(stream, decider.evolve[type]?.(state, data) ?? state);
  }

  decideAgain(append: readonly StoredEvent[]): ReplayedDecision {
    let first: ReplayedDecision | undefined;
    for (const policy of this.policiesOf(append)) {
      const result = this.decideUnder(policy, append);
      if (result.outcome === 'same') return result;
      first ??= result;
    }
    return first ?? { outcome: 'threw', error: new Error('its council policy is not in the log') };
  }

  private decideUnder(policy: CouncilPolicy, append: readonly StoredEvent[]): ReplayedDecision {
    const recorded = plain(append.map(({ type, data }) => ({ type, data })));
    try {
      const decided = plain(this.decide(append, policy));
      return isDeepStrictEqual(decided, recorded)
        ? { outcome: 'same' }
        : { outcome: 'different', decided, recorded };
    } catch (error) {
      return { outcome: 'threw', error };
    }
  }

  private decide([first]: readonly StoredEvent[], policy: CouncilPolicy): readonly Event[] {
    const { commandId, command, actor, recordedAt, facts, entropy, rules } = first?.metadata ?? {};
    const slice = this.slicesByCategory.get(categoryOf(first?.stream ?? ''));
    const decide = slice?.decider.decide[command?.name ?? ''];
    if (!first || !slice || !decide) throw new Error(`no slice decides ${command?.name ?? 'this'}`);
    const state: unknown = this.states.get(first.stream) ?? slice.decider.initial;
    const values = Object.fromEntries((facts ?? []).map(({ name, value }) => [name, value]));
    return decide(state, { commandId, ...(command?.fields as object) }, {
      now: recordedAt,
      actor,
      facts: values,
      policy,
      entropy,
      rules,
    } as never) as readonly Event[];
  }

  /**
   * The policy that the decision recorded. Where a later approval took effect at an earlier date,
   * the same version stands for two sets of values; the one of all changes so far comes first.
   */
  private *policiesOf([first]: readonly StoredEvent[]): Generator<CouncilPolicy> {
    if (!first) return;
    const { recordedAt, policyVersion } = first.metadata;
    const on = civilDateOf(recordedAt);
    for (let known = this.policyChanges.length; known >= 0; known -= 1) {
      const policy = policyOn(this.policyChanges.slice(0, known), on);
      if (policy.version === policyVersion) yield policy;
    }
  }
}

/** As the store keeps it: JSON has no absent values and no classes. */
const plain = (events: readonly Event[]): readonly Event[] =>
  JSON.parse(JSON.stringify(events)) as Event[];
