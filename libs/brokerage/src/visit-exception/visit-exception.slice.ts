import { defineSlice, type FactReader } from '#platform/commands/slice.js';
import type { VisitExceptionCommands } from './visit-exception.commands.js';
import { visitExceptionDecider, type ListedException } from './visit-exception.decider.js';

const ofException = {
  id: ({ exceptionId }: { exceptionId: string }) => exceptionId,
  facts: async ({ exceptionId }: { exceptionId: string }, read: FactReader) => ({
    exception: await read.list<ListedException | null>('visitException', { exceptionId }),
  }),
};

export const visitExceptionSlice = defineSlice<VisitExceptionCommands>({
  category: 'visitException',
  decider: visitExceptionDecider,
  commands: { TakeVisitException: ofException, CloseVisitException: ofException },
});
