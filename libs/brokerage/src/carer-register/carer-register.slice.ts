import { factOf, defineSlice, type Fact, type FactReader } from '#platform/commands/slice.js';
import { providerDecider } from '../provider/provider.decider.js';
import type { CarerRegisterCommands } from './carer-register.commands.js';
import { carerRegisterDecider } from './carer-register.decider.js';

export const carerRegisterStream = (providerId: string): string => `carerRegister-${providerId}`;

export const carerRegisterSlice = defineSlice<CarerRegisterCommands>({
  category: 'carerRegister',
  decider: carerRegisterDecider,
  commands: {
    RegisterCarers: {
      id: ({ providerId }) => providerId,
      facts: async (
        { providerId }: { providerId: string },
        read: FactReader,
      ): Promise<{ provider: Fact<{ known: boolean }> }> => {
        const provider = await read.folded(providerDecider, `provider-${providerId}`);
        return { provider: factOf(provider, (state) => ({ known: state.providerId !== null })) };
      },
    },
  },
});
