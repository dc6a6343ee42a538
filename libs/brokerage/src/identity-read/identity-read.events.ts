import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

/** Someone read who these people are. Recorded before the answer was given; ids and codes only. */
export type IdentityRead = Event<
  'IdentityRead',
  {
    personIds: readonly string[];
    purpose: string;
    by: string;
    roles: readonly string[];
    organisation?: string;
    readAt: Instant;
  }
>;
