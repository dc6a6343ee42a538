import { keyHash } from '#kernel/ids.js';
import { defineSlice } from '#platform/commands/slice.js';
import type { ProviderCommands } from './provider.commands.js';
import { providerDecider } from './provider.decider.js';
import { comparedName } from './provider.rules.js';

export const providerSlice = defineSlice<ProviderCommands>({
  category: 'provider',
  decider: providerDecider,
  commands: {
    RegisterProvider: {
      id: (_, create) => create('provider'),
      reserve: ({ legalName }, providerId) => [
        {
          stream: `providerName-${keyHash(comparedName(legalName))}`,
          holder: providerId,
          holderStream: `provider-${providerId}`,
          refusal: {
            code: 'ProviderNameTaken',
            message: (holder) => `A provider of this name is registered already: ${holder}.`,
          },
        },
      ],
    },
    AddProviderAlias: { id: ({ providerId }) => providerId },
    SuspendProvider: { id: ({ providerId }) => providerId },
    LiftSuspension: { id: ({ providerId }) => providerId },
  },
});
