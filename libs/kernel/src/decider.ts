import type { Actor } from './actor.js';
import type { CouncilPolicy } from './council-policy.js';
import type { Instant } from './time.js';

/** A fact that happened: `type` is past tense, `data` holds only JSON values and lives for years. */
export interface Event<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * All that a decision may see besides its own stream and the command. It is recorded with the
 * events, so that the decision can be replayed.
 */
export interface Context<Facts = unknown> {
  /** The moment of the decision. */
  readonly now: Instant;
  readonly actor: Actor;
  /** What was read from other streams or from a projection, by the slice's `*.facts.ts`. */
  readonly facts: Facts;
  /** The council policy in force at `now`. */
  readonly policy: CouncilPolicy;
  /** 16 server-drawn bytes as 32 hex digits; a caller never chooses them. */
  readonly entropy: string;
  /** The rule-set version that judges this decision; old decisions keep their own. */
  readonly rules: number;
}

/** The rule-set version of decisions made by this software. Raise it when a rule changes. */
export const currentRules = 1;

type FactsOf<Facts, Name> = Name extends keyof Facts ? Facts[Name] : Record<string, never>;

/**
 * The pure heart of an aggregate: `decide` turns a command into events or throws a `Rejection`,
 * `evolve` folds events into the state that the rules read. Both maps are total by type.
 *
 * `Commands` maps a command's name to its fields, `Facts` a command's name to the facts it needs.
 */
export interface Decider<State, Commands, Recorded extends Event, Facts = Record<never, never>> {
  readonly initial: State;
  readonly decide: {
    readonly [Name in keyof Commands]: (
      state: State,
      command: Commands[Name],
      context: Context<FactsOf<Facts, Name>>,
    ) => readonly Recorded[];
  };
  readonly evolve: {
    readonly [Type in Recorded['type']]: (
      state: State,
      data: Extract<Recorded, { type: Type }>['data'],
    ) => State;
  };
}

/** A decider of any aggregate, as the generic handler sees it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- existential over four parameters
export type AnyDecider = Decider<any, any, any, any>;

/** Folds recorded events, oldest first, into a state. Event types that it does not know are skipped. */
export function fold<State>(
  decider: Pick<Decider<State, never, never>, 'evolve'> & { readonly initial: State },
  events: Iterable<Event>,
  from: State = decider.initial,
): State {
  const evolve = decider.evolve as Record<
    string,
    ((state: State, data: unknown) => State) | undefined
  >;
  let state = from;
  for (const event of events) state = evolve[event.type]?.(state, event.data) ?? state;
  return state;
}
