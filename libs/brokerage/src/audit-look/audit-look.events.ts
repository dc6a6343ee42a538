import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

/** Somebody looked at evidence. Recorded before the answer was given; ids and codes only. */
export type AuditLookRecorded = Event<
  'AuditLookRecorded',
  {
    /** What was asked, by its name in the schema: `replayDecision`. */
    what: string;
    /** Ids of what it was about. */
    subjects: readonly string[];
    by: string;
    roles: readonly string[];
    lookedAt: Instant;
  }
>;
