import type { Event } from '#kernel/decider.js';

/** What a refusal was about: an id, never a text. */
export interface RefusalSubject {
  /** `several`: one person tried so much in an hour that it is counted together. */
  readonly kind: 'request' | 'offer' | 'package' | 'person' | 'provider' | 'figures' | 'several';
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
  }
>;
