import { defineSlice } from '#platform/commands/slice.js';
import type { ServiceUserCommands } from './service-user.commands.js';
import { serviceUserDecider } from './service-user.decider.js';
import { caseFacts, releaseFacts, writeFacts } from './service-user.facts.js';

const own = { id: ({ personId }: { personId: string }) => personId };

export const serviceUserSlice = defineSlice<ServiceUserCommands>({
  category: 'serviceUser',
  decider: serviceUserDecider,
  commands: {
    RecordIdentity: { ...own, facts: writeFacts },
    CorrectIdentity: { ...own, facts: writeFacts },
    AddExternalId: { ...own, facts: writeFacts },
    ReleaseIdentity: { ...own, facts: releaseFacts },
    EndIdentityRelease: own,
    PlaceLegalHold: { ...own, facts: caseFacts },
    LiftLegalHold: own,
    RequestErasure: { ...own, facts: caseFacts },
    ApproveErasure: { ...own, facts: caseFacts },
    ErasePerson: { ...own, facts: caseFacts },
  },
});
