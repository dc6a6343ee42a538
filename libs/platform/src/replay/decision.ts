import { policyOn, type CouncilPolicy, type PolicyChange } from '#kernel/council-policy.js';
import type { Event } from '#kernel/decider.js';
import { civilDateOf } from '#kernel/time.js';
import { categoryOf, type StoredEvent } from '#eventstore/event-store.js';
import type { Slice } from '../commands/slice.js';
import { refusesFor, type ReplayableRefusal } from './refusal.js';
import { isSameJson } from './same-json.js';

/** What a decision gives when it is made again from all that it saw. */
export type ReplayedDecision =
  | { readonly outcome: 'same'; readonly policy: CouncilPolicy }
  | {
      readonly outcome: 'different';
      readonly decided: readonly Event[];
      readonly recorded: readonly Event[];
      readonly policy: CouncilPolicy;
    }
  /** The rules of today's software refuse it. */
  | { readonly outcome: 'threw'; readonly error: unknown; readonly policy?: CouncilPolicy }
  /** What it was made from was erased with a person, so that nobody can make it again. */
  | { readonly outcome: 'erased' };

/** All that a decision is made again from. */
export interface DecisionSeen {
  readonly slice: Slice | undefined;
  /** The state of its stream just before it. */
  readonly state: unknown;
  /** The approved changes of council policy up to it, oldest first. */
  readonly policyChanges: readonly PolicyChange[];
  /** All events of the append, personal fields unsealed, the first one with its command. */
  readonly append: readonly StoredEvent[];
  /** Nothing was decided: the attempt was refused, and the append was never made. */
  readonly refusal?: ReplayableRefusal;
}

/**
 * Makes one recorded decision again: the command's fields, the facts' values, the clock, entropy,
 * actor and rule set come from its metadata. Synchronous, so that `tracingRules` can explain it.
 */
export function decideAgain(seen: DecisionSeen): ReplayedDecision {
  let first: ReplayedDecision | undefined;
  for (const policy of policiesOf(seen)) {
    const result = decideUnder(policy, seen);
    if (result.outcome === 'same') return result;
    first ??= result;
  }
  const found = first ?? {
    outcome: 'threw',
    error: new Error('its council policy is not in the log'),
  };
  return holdsErased(seen) ? { outcome: 'erased' } : found;
}

/** Makes a decision again under a policy, and compares it with what was recorded. */
export function decideUnder(
  policy: CouncilPolicy,
  seen: DecisionSeen,
): Exclude<ReplayedDecision, { outcome: 'erased' }> {
  const recorded = seen.refusal ? [] : seen.append.map(({ type, data }) => ({ type, data }));
  try {
    const decided = eventsDecided(policy, seen);
    if (!seen.refusal && isSameJson(decided, recorded)) return { outcome: 'same', policy };
    return { outcome: 'different', decided: plain(decided), recorded: plain(recorded), policy };
  } catch (error) {
    const isSame = seen.refusal && refusesFor(error, seen.refusal);
    return isSame ? { outcome: 'same', policy } : { outcome: 'threw', error, policy };
  }
}

/** What a decision gives under a policy, be it its own or another. Throws what its rules refuse. */
export function eventsDecided(
  policy: CouncilPolicy,
  { slice, state, append: [first] }: DecisionSeen,
): readonly Event[] {
  const { commandId, command, actor, recordedAt, facts, entropy, rules } = first?.metadata ?? {};
  const decide = slice?.decider.decide[command?.name ?? ''];
  if (!decide) throw new Error(`no slice decides ${command?.name ?? 'this'}`);
  const values = Object.fromEntries((facts ?? []).map(({ name, value }) => [name, value]));
  return decide(state ?? slice?.decider.initial, { commandId, ...(command?.fields as object) }, {
    ...{ now: recordedAt, actor, facts: values, policy, entropy, rules },
  } as never) as readonly Event[];
}

/**
 * The policy that the decision recorded. Where a later approval took effect at an earlier date,
 * the same version stands for two sets of values; the one of all changes so far comes first.
 */
function* policiesOf({ policyChanges, append: [first] }: DecisionSeen): Generator<CouncilPolicy> {
  if (!first) return;
  const { recordedAt, policyVersion } = first.metadata;
  const on = civilDateOf(recordedAt);
  for (let known = policyChanges.length; known >= 0; known -= 1) {
    const policy = policyOn(policyChanges.slice(0, known), on);
    if (policy.version === policyVersion) yield policy;
  }
}

/** The slice that decides a stream's commands. */
export const sliceOf = (slices: readonly Slice[], stream: string): Slice | undefined => {
  const category = categoryOf(stream);
  return slices.find((slice) => slice.category === category);
};

/** As the store keeps it: JSON has no absent values and no classes. */
const plain = (events: readonly Event[]): readonly Event[] =>
  JSON.parse(JSON.stringify(events)) as Event[];

const holdsErased = ({ state, append }: DecisionSeen): boolean =>
  JSON.stringify([state ?? null, append]).includes('"$erased"');
