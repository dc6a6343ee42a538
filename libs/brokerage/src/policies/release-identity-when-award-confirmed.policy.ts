import { definePolicy } from '#platform/policies/policy.js';
import type { AwardConfirmed } from '../package/package.award.events.js';

/** Who the person is reaches the provider once the award cannot fall through any more (S1-9). */
export const releaseIdentityWhenAwardConfirmed = definePolicy<AwardConfirmed>(
  'release-identity-when-award-confirmed',
  {
    AwardConfirmed: ({ personId, packageId, providerId, startOn }) => [
      { name: 'ReleaseIdentity', fields: { personId, packageId, providerId, startOn } },
    ],
  },
);
