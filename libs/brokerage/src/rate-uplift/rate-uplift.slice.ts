import { defineSlice } from '#platform/commands/slice.js';
import type { RateUpliftCommands } from './rate-uplift.commands.js';
import { rateUpliftDecider } from './rate-uplift.decider.js';
import { approveFacts, proposeFacts } from './rate-uplift.facts.js';

export const rateUpliftSlice = defineSlice<RateUpliftCommands>({
  category: 'rateUplift',
  decider: rateUpliftDecider,
  commands: {
    ProposeRateUplift: { id: (_, create) => create('rateUplift'), facts: proposeFacts },
    ApproveRateUplift: { id: ({ upliftId }) => upliftId, facts: approveFacts },
    RejectRateUplift: { id: ({ upliftId }) => upliftId },
  },
});
