import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';
import type { EventMetadata, RecordedFact } from '#eventstore/event-store.js';
import type { CapacityClaim, CommandBinding, Fact, Reservation, Slice } from './slice.js';
import type { KnownCommand, LoadedStream } from './state-cache.js';
import type { Submission, SubmittedCommand } from './submission.js';

/** Which slice decides a command. */
export interface Route {
  readonly slice: Slice;
  readonly binding: CommandBinding<SubmittedCommand>;
}

/** A command on its way to its stream. */
export interface Work {
  readonly name: string;
  readonly command: SubmittedCommand;
  readonly submission: Submission;
  readonly route: Route;
  readonly id: string;
  readonly stream: string;
}

/** All that a decision saw besides its own stream and the command. */
export interface Decision {
  readonly facts: Record<string, Fact>;
  readonly context: {
    readonly now: Instant;
    readonly facts: Readonly<Record<string, unknown>>;
    readonly entropy: string;
    readonly rules: number;
    readonly policy: { readonly version: number };
  };
}

/** What a decider saw that refused a command. */
export interface RefusedDecision {
  readonly name: string;
  readonly version: number;
  readonly stream: string;
  readonly revision: number | 'none';
  readonly decision: Decision;
}

/** What came of a command before anything is recorded. */
export type Judged =
  | { readonly known: KnownCommand }
  | {
      readonly known: undefined;
      readonly loaded: LoadedStream;
      readonly decision: Decision;
      readonly events: readonly Event[];
      readonly fingerprint: string;
    };

/** The metadata of an append: of its first event, and what that shares with the others. */
export interface AppendMetadata {
  readonly common: EventMetadata;
  readonly first: EventMetadata;
}

/** The keys that a command takes before its own stream is written. */
export const reservationsOf = (
  { route, command, id }: Work,
  { state }: LoadedStream,
): readonly Reservation[] => route.binding.reserve?.(command, id, state) ?? [];

/** What a command takes of something limited before its own stream is written. */
export const claimsOf = (
  { route, command, id }: Work,
  { context }: Decision,
): readonly CapacityClaim[] => route.binding.claims?.(command, id, context.facts) ?? [];

/** Who, when and why, and for the first event everything that a replay needs. */
export function metadataOf(
  { command, name, submission }: Work,
  { facts, context: { now, entropy, rules, policy } }: Decision,
  made: { simulated: boolean; version: number; fingerprint: string; software: string },
): AppendMetadata {
  const { commandId, ...fields } = command;
  const { simulated, version, fingerprint, software } = made;
  const common: EventMetadata = {
    commandId,
    actor: submission.actor,
    recordedAt: now,
    ...(submission.correlationId && { correlationId: submission.correlationId }),
    ...(submission.causationId && { causationId: submission.causationId }),
    ...(simulated && { simulated: true as const }),
  };
  const first: EventMetadata = {
    ...common,
    command: { name, version, fields },
    fingerprint,
    facts: Object.entries(facts).map(([key, fact]): RecordedFact => ({ name: key, ...fact })),
    entropy,
    rules,
    policyVersion: policy.version,
    software,
  };
  return { common, first };
}
