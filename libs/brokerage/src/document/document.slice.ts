import { defineSlice } from '#platform/commands/slice.js';
import type { DocumentCommands, InterestCommands } from './document.commands.js';
import {
  documentDecider,
  interestDecider,
  interestedProvider,
  interestIdOf,
} from './document.decider.js';
import { attachFacts, interestFacts } from './document.facts.js';

export const documentSlice = defineSlice<DocumentCommands>({
  category: 'document',
  decider: documentDecider,
  commands: {
    AttachDocument: { id: (_, create) => create('document'), facts: attachFacts },
  },
});

export const interestSlice = defineSlice<InterestCommands>({
  category: 'interest',
  decider: interestDecider,
  commands: {
    ExpressInterest: {
      id: (command, _, actor) => interestIdOf(command.targetId, interestedProvider(command, actor)),
      facts: interestFacts,
    },
  },
});
