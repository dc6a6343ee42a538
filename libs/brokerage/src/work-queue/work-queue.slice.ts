import { defineSlice } from '#platform/commands/slice.js';
import type { WorkQueueCommands } from './work-queue.commands.js';
import { workQueueDecider } from './work-queue.decider.js';

const own = { id: ({ itemId }: { readonly itemId: string }) => itemId };

/** What waits for somebody in the office. */
export const workQueueSlice = defineSlice<WorkQueueCommands>({
  category: 'queueItem',
  decider: workQueueDecider,
  commands: {
    OpenQueueItem: own,
    CloseQueueItem: own,
    AssignQueueItem: own,
    ResolveQueueItem: own,
  },
});
