import { defineSlice } from '#platform/commands/slice.js';
import type { EcmEvidenceCommands } from './ecm-evidence.commands.js';
import { ecmEvidenceDecider } from './ecm-evidence.decider.js';

const ofProvider = { id: ({ providerId }: { providerId: string }) => providerId };

/** When a provider's evidence is due, and when it came (S2-12). */
export const ecmEvidenceSlice = defineSlice<EcmEvidenceCommands>({
  category: 'ecmEvidence',
  decider: ecmEvidenceDecider,
  commands: { DeclareFeed: ofProvider, SignalFeed: ofProvider, AcceptEvidenceWeek: ofProvider },
});
