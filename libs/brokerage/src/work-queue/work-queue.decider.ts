import type { Decider } from '#kernel/decider.js';
import type { WorkQueueCommands } from './work-queue.commands.js';
import type { WorkQueueEvent } from './work-queue.events.js';
import { ensure } from './work-queue.rules.js';

export interface QueueItemState {
  /** null: it was never opened. */
  readonly status: 'open' | 'over' | null;
  readonly owner: string | null;
  readonly personId: string;
}

/** An item is open until somebody has seen to it or its cause went away; it is never deleted. */
export const workQueueDecider: Decider<QueueItemState, WorkQueueCommands, WorkQueueEvent> = {
  initial: { status: null, owner: null, personId: '' },
  decide: {
    OpenQueueItem({ status }, { itemId, personId, kind, about, violations }, { now }) {
      if (status === 'open') return [];
      const data = { itemId, personId, kind, about, violations, openedAt: now };
      return [{ type: 'QueueItemOpened', data }];
    },
    CloseQueueItem({ status }, { itemId }, { now }) {
      if (status !== 'open') return [];
      return [{ type: 'QueueItemClosed', data: { itemId, closedAt: now } }];
    },
    AssignQueueItem({ status, owner: before }, { itemId, owner: named }, { now, actor }) {
      ensure(status, 'QueueItemUnknown', { path: 'itemId' });
      ensure(status === 'open', 'QueueItemOver', { path: 'itemId' });
      const owner = named ?? actor.id;
      if (owner === before) return [];
      const data = { itemId, owner, assignedBy: actor.id, assignedAt: now };
      return [{ type: 'QueueItemAssigned', data }];
    },
    ResolveQueueItem({ status, personId }, { itemId, outcome, note }, { now, actor }) {
      ensure(status, 'QueueItemUnknown', { path: 'itemId' });
      ensure(status === 'open', 'QueueItemOver', { path: 'itemId' });
      ensure(note.trim() !== '', 'ResolutionNoteMissing', { path: 'note' });
      const data = { itemId, personId, outcome, note, resolvedBy: actor.id, resolvedAt: now };
      return [{ type: 'QueueItemResolved', data }];
    },
  },
  evolve: {
    QueueItemOpened: (_, { personId }) => ({ status: 'open', owner: null, personId }),
    QueueItemAssigned: (state, { owner }) => ({ ...state, owner }),
    QueueItemResolved: (state) => ({ ...state, status: 'over' }),
    QueueItemClosed: (state) => ({ ...state, status: 'over' }),
  },
};
