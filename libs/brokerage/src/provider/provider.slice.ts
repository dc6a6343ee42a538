import { keyHash } from '#kernel/ids.js';
import { defineSlice } from '#platform/commands/slice.js';
import type { ProviderCommands } from './provider.commands.js';
import { providerDecider } from './provider.decider.js';
import { comparedName } from './provider.rules.js';

const own = { id: ({ providerId }: { readonly providerId: string }) => providerId };

/** A name that one provider alone is registered under (S1-4). */
const nameKey = (name: string, providerId: string) => ({
  stream: `providerName-${keyHash(comparedName(name))}`,
  holder: providerId,
  holderStream: `provider-${providerId}`,
  refusal: {
    code: 'ProviderNameTaken',
    message: (holder: string) => `A provider of this name is registered already: ${holder}.`,
  },
});

export const providerSlice = defineSlice<ProviderCommands>({
  category: 'provider',
  decider: providerDecider,
  commands: {
    RegisterProvider: {
      id: (_, create) => create('provider'),
      reserve: ({ legalName, aliases = [] }, providerId) =>
        [legalName, ...aliases].map((name) => nameKey(name, providerId)),
    },
    AddProviderAlias: {
      ...own,
      reserve: ({ alias }, providerId) => [nameKey(alias, providerId)],
    },
    SuspendProvider: own,
    LiftSuspension: own,
    RecordCqcRegistration: own,
    RecordCqcRating: own,
    RecordProviderProfile: own,
    RecordQualityAssessment: own,
    ConcludeProviderReview: own,
  },
});
