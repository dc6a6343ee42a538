import type { Event } from '#kernel/decider.js';

/** What a refusal was about: an id, never a text. */
export interface RefusalSubject {
  /** `several`: one person tried so much in an hour that it is counted together. */
  readonly kind:
    'request' | 'offer' | 'package' | 'person' | 'provider' | 'case-system' | 'figures' | 'several';
  readonly id: string;
}

/**
 * Someone tried what they may not do: `count` times more in this hour. Ids and codes only, so that
 * nobody can write texts into the log by being refused.
 */
export type RefusalRecorded = Event<
  'RefusalRecorded',
  {
    subject: RefusalSubject;
    code: string;
    by: string;
    roles: readonly string[];
    organisation?: string;
    /** UTC, `2026-03-29T08`. */
    hour: string;
    count: number;
    /** The first attempt of the hour, as far as it is ids, codes, dates and numbers. */
    attempt?: RefusedAttempt;
  }
>;

/** All that a refused decision saw; what people wrote is `(text)`. */
export interface RefusedAttempt {
  commandId: string;
  command: { name: string; version: number; fields: unknown };
  /** The stream that decided, and its revision then; -1 before its first event. */
  stream: string;
  revision: number;
  facts: readonly { name: string; value: unknown; stream?: string; revision?: number }[];
  actor: { id: string; roles: readonly string[]; organisation?: string };
  at: string;
  policyVersion: number;
  rules: number;
  entropy: string;
}
