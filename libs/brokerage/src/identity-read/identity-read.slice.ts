import { defineSlice } from '#platform/commands/slice.js';
import type { IdentityReadCommands } from './identity-read.commands.js';
import { identityReadDecider } from './identity-read.decider.js';
import { readIdentityFacts } from './identity-read.facts.js';

export const identityReadSlice = defineSlice<IdentityReadCommands>({
  category: 'identityRead',
  decider: identityReadDecider,
  commands: {
    ReadIdentity: { id: (_, create) => create('identityRead'), facts: readIdentityFacts },
  },
});
