import { defineSlice } from '#platform/commands/slice.js';
import type { CaseSystemCommands } from './case-system.commands.js';
import { caseSystemDecider } from './case-system.decider.js';
import { caseSystemIdOf } from './case-system.rules.js';

const own = { id: ({ system }: { readonly system: string }) => caseSystemIdOf(system) };

/** The case systems that this service is connected to. */
export const caseSystemSlice = defineSlice<CaseSystemCommands>({
  category: 'caseSystem',
  decider: caseSystemDecider,
  commands: {
    IssueCaseSystemSecret: own,
    ReplaceCaseSystemSecret: own,
    RevokeCaseSystemSecret: own,
    SetCaseSystemAddress: own,
    EndCaseSystemAddress: own,
  },
});
