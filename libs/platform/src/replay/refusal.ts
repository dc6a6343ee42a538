import { Rejection } from '#kernel/rejection.js';
import type { StoredEvent } from '#eventstore/event-store.js';
import type { RefusalRecorded, RefusedAttempt } from '../refusals/refusal.events.js';

/** A recorded refusal, with what its first attempt saw. */
export type ReplayableRefusal = RefusalRecorded['data'] & { readonly attempt: RefusedAttempt };

/** The refusal that an event records; `undefined` where no decider refused, or too much was seen. */
export function refusalIn({ type, data }: StoredEvent): ReplayableRefusal | undefined {
  const refusal = data as RefusalRecorded['data'];
  return type === 'RefusalRecorded' && refusal.attempt ? (refusal as ReplayableRefusal) : undefined;
}

/**
 * The refused attempt as an append that was never made, so that it is decided again like any other.
 * What people wrote stays a mark, which no rule that is listed reads.
 */
export const attemptedAppend = (
  { attempt }: ReplayableRefusal,
  recorded: StoredEvent,
): readonly StoredEvent[] => [
  {
    ...recorded,
    stream: attempt.stream,
    revision: attempt.revision + 1,
    metadata: {
      commandId: attempt.commandId,
      actor: attempt.actor as StoredEvent['metadata']['actor'],
      recordedAt: attempt.at,
      command: attempt.command,
      facts: attempt.facts,
      ...{ entropy: attempt.entropy, rules: attempt.rules, policyVersion: attempt.policyVersion },
    },
  },
];

/** Whether a decision refuses for the reason that was recorded. */
export const refusesFor = (error: unknown, { code }: ReplayableRefusal): boolean =>
  error instanceof Rejection && error.code === code;
