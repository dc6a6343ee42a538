import type { Actor } from '#kernel/actor.js';
import type { Units } from '#kernel/capacity.js';
import type { AnyDecider, Context } from '#kernel/decider.js';
import type { CivilDate } from '#kernel/time.js';
import type { Position } from '#eventstore/event-store.js';

/** A stream folded to its end. `revision` is `'none'` when the stream has no event. */
export interface Folded<State = unknown> {
  readonly stream: string;
  readonly revision: number | 'none';
  readonly state: State;
}

/** What a decision may know from elsewhere, and where it came from. */
export interface Fact<Value = unknown> {
  readonly value: Value;
  readonly stream?: string;
  readonly revision?: number;
  readonly position?: Position;
}

/** Reads facts for a slice's `*.facts.ts`. */
export interface FactReader {
  /** Folds another stream to its end. */
  folded<State>(
    decider: { readonly initial: State } & AnyDecider,
    stream: string,
  ): Promise<Folded<State>>;
  /** Who holds a key, `undefined` when no one does. */
  holder(stream: string): Promise<string | undefined>;
  /** Asks a projection for a list; the answer carries the position it was read at. */
  list<Value>(name: string, question: unknown): Promise<Fact<Value>>;
}

/** A fact taken from a folded stream. */
export const factOf = <State, Value>(
  { stream, revision, state }: Folded<State>,
  pick: (state: State) => Value,
): Fact<Value> => ({ value: pick(state), stream, ...(revision !== 'none' && { revision }) });

/** A key held unique by a stream named after it, written before the command's own stream. */
export interface Reservation {
  /** The stream's name, `referral-<hash>`. */
  readonly stream: string;
  /** The id that holds the key. */
  readonly holder: string;
  /** The holder's stream: a reservation whose holder was never written may be taken over. */
  readonly holderStream: string;
  /** Another holder of the key, beside whom this one may hold it too. */
  readonly beside?: string;
  /** The refusal when another one holds the key. */
  readonly refusal: { readonly code: string; readonly message: (holder: string) => string };
}

/** A part of something limited, taken in a stream named after it before the command's own stream is written. */
export interface CapacityClaim {
  /** The stream's name, `contractCapacity-<contractId>`. */
  readonly stream: string;
  readonly holder: string;
  /** The holder's stream: a claim whose command was never written there may be taken over. */
  readonly holderStream: string;
  /** The first day on which it is needed. */
  readonly fromOn: CivilDate;
  readonly units: Units;
  /** The most that all holders may hold together on any day. */
  readonly limits: Units;
  /** The refusal when there is no room, told which unit. */
  readonly refusal: { readonly code: string; readonly message: (unit: string) => string };
}

/** How one command reaches its stream. */
export interface CommandBinding<Command> {
  /** The id of the aggregate that the command creates or changes. */
  readonly id: (command: Command, create: (category: string) => string, actor: Actor) => string;
  /** The stream of that id; default `<category>-<id>`. */
  readonly stream?: (id: string, command: Command) => string;
  readonly facts?: (
    command: Command,
    read: FactReader,
    actor: Actor,
    /** What the decision will be made by. */
    at: Pick<Context, 'now' | 'policy'>,
  ) => Promise<Record<string, Fact>>;
  /** Keys to take; `state` is the aggregate's before the command. */
  readonly reserve?: (command: Command, id: string, state: unknown) => readonly Reservation[];
  /** What the command takes of something limited; knows the values of the command's facts. */
  readonly claims?: (
    command: Command,
    id: string,
    facts: Readonly<Record<string, unknown>>,
  ) => readonly CapacityClaim[];
}

/** An aggregate's decider with the way of each of its commands. */
export interface Slice<Commands = Record<string, unknown>> {
  readonly category: string;
  readonly decider: AnyDecider;
  readonly commands: { readonly [Name in keyof Commands]: CommandBinding<Commands[Name]> };
}

export const defineSlice = <Commands>(slice: Slice<Commands>): Slice<Commands> => slice;
