import { messageOf } from '#kernel/message-of.js';
import { differencesOf, type Difference } from './differences.js';
import type { FactFinding } from './fact-check.js';
import type { Replayed } from './replay-log.js';

export type ReplayOutcome = Replayed['result']['outcome'];

/** A decision that an auditor is to look at. */
export interface ReplayException {
  readonly position: number;
  readonly eventId: string;
  readonly stream: string;
  readonly command: string;
  readonly outcome: ReplayOutcome;
  readonly differences?: readonly Difference[];
  readonly error?: string;
  /** Facts that the log does not give. */
  readonly alteredFacts?: readonly string[];
}

/** What came of replaying many decisions. */
export interface ReplayTally {
  readonly decisions: number;
  readonly outcomes: Readonly<Record<ReplayOutcome, number>>;
  readonly facts: Readonly<Record<FactFinding, number>>;
  /** The first exceptions, by position. */
  readonly exceptions: readonly ReplayException[];
}

const exceptionsKept = 100;
const differencesKept = 20;

export const nothingReplayed: ReplayTally = {
  decisions: 0,
  outcomes: { same: 0, different: 0, threw: 0, erased: 0 },
  facts: { held: 0, stale: 0, altered: 0, 'not-checked': 0 },
  exceptions: [],
};

/** Whether everything that can still be replayed is as it was recorded. */
export const isClean = ({ outcomes, facts }: ReplayTally): boolean =>
  outcomes.different + outcomes.threw + facts.altered === 0;

/** Counts replays as they come. */
export class ReplayCount {
  private readonly counted = {
    ...{ decisions: 0, exceptions: [] as ReplayException[] },
    outcomes: { ...nothingReplayed.outcomes },
    facts: { ...nothingReplayed.facts },
  };

  get tally(): ReplayTally {
    return this.counted;
  }

  add(replayed: Replayed): void {
    const { result, facts } = replayed;
    this.counted.decisions += 1;
    this.counted.outcomes[result.outcome] += 1;
    for (const { finding } of facts) this.counted.facts[finding] += 1;
    const isException =
      result.outcome === 'different' ||
      result.outcome === 'threw' ||
      facts.some(({ finding }) => finding === 'altered');
    if (isException && this.counted.exceptions.length < exceptionsKept) {
      this.counted.exceptions.push(exceptionOf(replayed));
    }
  }
}

/** The tallies of parts of a log, as one. */
export const combined = (tallies: readonly ReplayTally[]): ReplayTally =>
  tallies.reduce(
    (sum, { decisions, outcomes, facts, exceptions }) => ({
      decisions: sum.decisions + decisions,
      outcomes: added(sum.outcomes, outcomes),
      facts: added(sum.facts, facts),
      exceptions: [...sum.exceptions, ...exceptions]
        .toSorted((a, b) => a.position - b.position)
        .slice(0, exceptionsKept),
    }),
    nothingReplayed,
  );

const added = <Name extends string>(
  a: Readonly<Record<Name, number>>,
  b: Readonly<Record<Name, number>>,
): Record<Name, number> =>
  Object.fromEntries(
    Object.entries<number>(a).map(([name, count]) => [name, count + b[name as Name]]),
  ) as Record<Name, number>;

function exceptionOf({ append: [first], seen, result, facts }: Replayed): ReplayException {
  if (!first) throw new RangeError('an append has at least one event');
  const altered = facts.filter(({ finding }) => finding === 'altered').map(({ fact }) => fact.name);
  const { position, id: eventId, stream } = first;
  return {
    ...{ position, eventId, stream, command: seen.append[0]?.metadata.command?.name ?? '' },
    outcome: result.outcome,
    ...(result.outcome === 'different' && {
      differences: differencesOf(result.recorded, result.decided).slice(0, differencesKept),
    }),
    ...(result.outcome === 'threw' && { error: messageOf(result.error) }),
    ...(altered.length > 0 && { alteredFacts: altered }),
  };
}
