import type { Decider } from '#kernel/decider.js';
import { defineSlice } from '../commands/slice.js';
import type { RefusalCommands } from './refusal.commands.js';
import type { RefusalRecorded } from './refusal.events.js';

const refusalDecider: Decider<Record<string, never>, RefusalCommands, RefusalRecorded> = {
  initial: {},
  decide: {
    RecordRefusal: (_, { commandId: __, ...data }) => [{ type: 'RefusalRecorded', data }],
  },
  evolve: { RefusalRecorded: (state) => state },
};

/** Refusals that matter, a stream for each thing that they are about. */
export const refusalSlice = defineSlice<RefusalCommands>({
  category: 'refusal',
  decider: refusalDecider,
  commands: { RecordRefusal: { id: ({ subject }) => subject.id } },
});
