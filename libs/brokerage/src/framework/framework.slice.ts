import { defineSlice } from '#platform/commands/slice.js';
import type { FrameworkCommands } from './framework.commands.js';
import { frameworkDecider } from './framework.decider.js';

export const frameworkSlice = defineSlice<FrameworkCommands>({
  category: 'framework',
  decider: frameworkDecider,
  commands: {
    EstablishFramework: { id: (_, create) => create('framework') },
    OpenFramework: { id: ({ frameworkId }) => frameworkId },
    ExtendFramework: { id: ({ frameworkId }) => frameworkId },
  },
});
