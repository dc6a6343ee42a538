import { defineSlice } from '#platform/commands/slice.js';
import type { CouncilPolicyCommands } from './council-policy.commands.js';
import { councilPolicyDecider } from './council-policy.decider.js';

/** One council, one policy document, one stream. */
export const councilPolicyId = 'council';
export const councilPolicyStream = `councilPolicy-${councilPolicyId}`;

export const councilPolicySlice = defineSlice<CouncilPolicyCommands>({
  category: 'councilPolicy',
  decider: councilPolicyDecider,
  commands: {
    ChangePolicy: { id: () => councilPolicyId },
    ApprovePolicyChange: { id: () => councilPolicyId },
  },
});
