import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

/** Ids of what an item is about, beside the person. */
export interface QueueSubject {
  readonly messageId?: string;
  readonly packageIds?: readonly string[];
}

/** Something waits for a person. Codes and ids only. */
export type QueueItemOpened = Event<
  'QueueItemOpened',
  {
    itemId: string;
    personId: string;
    kind: string;
    about: QueueSubject;
    /** The rules that could not be met, where that is the reason. */
    violations: readonly { readonly code: string; readonly path: string }[];
    openedAt: Instant;
  }
>;

export type QueueItemAssigned = Event<
  'QueueItemAssigned',
  { itemId: string; owner: string | null; assignedBy: string; assignedAt: Instant }
>;

/** Somebody saw to it. */
export type QueueItemResolved = Event<
  'QueueItemResolved',
  {
    itemId: string;
    personId: string;
    outcome: string;
    note: string;
    resolvedBy: string;
    resolvedAt: Instant;
  }
>;

/** Its cause went away by itself. */
export type QueueItemClosed = Event<'QueueItemClosed', { itemId: string; closedAt: Instant }>;

export type WorkQueueEvent =
  QueueItemOpened | QueueItemAssigned | QueueItemResolved | QueueItemClosed;

/** What is sealed with the person's key (design section 8). */
export const workQueuePersonalFields = {
  events: { QueueItemResolved: ['note'] },
  commands: { ResolveQueueItem: ['note'] },
} as const;
