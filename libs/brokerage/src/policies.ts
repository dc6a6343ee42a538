import type { Policy } from '#platform/policies/policy.js';
import { acceptEvidenceWhenEcmFileAccepted } from './policies/accept-evidence-when-ecm-file-accepted.policy.js';
import { acceptEcmFileWhenJobFinished } from './policies/accept-ecm-file-when-job-finished.policy.js';
import { acceptOfferWhenPackageAwarded } from './policies/accept-offer-when-package-awarded.policy.js';
import { confirmAwardWhenOfferAccepted } from './policies/confirm-award-when-offer-accepted.policy.js';
import { inviteByMailWhenRequestIssued } from './policies/invite-by-mail-when-request-issued.policy.js';
import { releaseCapacityWhenCareMoves } from './policies/release-capacity-when-care-moves.policy.js';
import { releaseOpenPackageWhenOver } from './policies/release-open-package-when-over.policy.js';
import { releaseIdentityWhenAwardConfirmed } from './policies/release-identity-when-award-confirmed.policy.js';
import { replanWeeksWhenCareChanges } from './policies/replan-weeks-when-care-changes.policy.js';
import { endIdentityReleaseWhenCareEnds } from './policies/end-identity-release-when-care-ends.policy.js';
import { replanWeeksWhenPackageEnds } from './policies/replan-weeks-when-package-ends.policy.js';
import { queueWhatTheCaseSystemLeft } from './policies/queue-what-the-case-system-left.policy.js';
import { startPackageAtFirstVisit } from './policies/start-package-at-first-visit.policy.js';

/** What happens by itself: each event that causes a command. */
export const policies: readonly Policy[] = [
  acceptOfferWhenPackageAwarded,
  confirmAwardWhenOfferAccepted,
  startPackageAtFirstVisit,
  acceptEcmFileWhenJobFinished,
  acceptEvidenceWhenEcmFileAccepted,
  replanWeeksWhenPackageEnds,
  replanWeeksWhenCareChanges,
  releaseOpenPackageWhenOver,
  releaseCapacityWhenCareMoves,
  releaseIdentityWhenAwardConfirmed,
  endIdentityReleaseWhenCareEnds,
  inviteByMailWhenRequestIssued,
  queueWhatTheCaseSystemLeft,
];
