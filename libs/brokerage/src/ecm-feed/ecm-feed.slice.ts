import { defineSlice } from '#platform/commands/slice.js';
import type { EcmFeedCommands } from './ecm-feed.commands.js';
import { ecmFeedDecider } from './ecm-feed.decider.js';
import { providerFacts } from './ecm-feed.facts.js';

const ofProvider = { id: ({ providerId }: { providerId: string }) => providerId };

export const ecmFeedStream = (providerId: string): string => `ecmFeed-${providerId}`;

/** The secrets of providers' real-time feeds. */
export const ecmFeedSlice = defineSlice<EcmFeedCommands>({
  category: 'ecmFeed',
  decider: ecmFeedDecider,
  commands: {
    IssueFeedSecret: { ...ofProvider, facts: providerFacts },
    ReplaceFeedSecret: { ...ofProvider, facts: providerFacts },
    RevokeFeedSecret: ofProvider,
  },
});
