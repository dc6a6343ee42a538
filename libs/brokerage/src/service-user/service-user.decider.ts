import type { Decider } from '#kernel/decider.js';
import { erasureDecider, type CaseFacts } from './erasure.decider.js';
import { identityDecider, type ReleaseFacts, type WriteFacts } from './identity.decider.js';
import type { ServiceUserCommands } from './service-user.commands.js';
import type { ServiceUserEvent } from './service-user.events.js';
import { unknownServiceUser, type ServiceUserState } from './service-user.rules.js';

/** A service user, by what is decided about the record of them. */
export const serviceUserDecider: Decider<
  ServiceUserState,
  ServiceUserCommands,
  ServiceUserEvent,
  {
    RecordIdentity: WriteFacts;
    CorrectIdentity: WriteFacts;
    AddExternalId: WriteFacts;
    ReleaseIdentity: ReleaseFacts;
    PlaceLegalHold: CaseFacts;
    RequestErasure: CaseFacts;
    ApproveErasure: CaseFacts;
    ErasePerson: CaseFacts;
  }
> = {
  initial: unknownServiceUser,
  decide: { ...identityDecider.decide, ...erasureDecider.decide },
  evolve: { ...identityDecider.evolve, ...erasureDecider.evolve },
};
