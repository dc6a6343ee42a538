import { civilDateOf } from '#kernel/time.js';
import { definePolicy, type PolicyCommand } from '#platform/policies/policy.js';
import type { AwardReversed } from '../package/package.award.events.js';
import type { DirectPaymentTaken } from '../package/package.referral.events.js';
import type { PackageEnded, PackageHandedBack } from '../package/package.service.events.js';

const end = (
  { personId, packageId }: { personId: string; packageId: string },
  endsBefore: string,
  afterCare = true,
): PolicyCommand[] => [
  { name: 'EndIdentityRelease', fields: { personId, packageId, endsBefore, afterCare } },
];

/** Who the person is no longer concerns a provider whose care ended, or never began (S1-9). */
export const endIdentityReleaseWhenCareEnds = definePolicy<
  PackageEnded | PackageHandedBack | DirectPaymentTaken | AwardReversed
>('end-identity-release-when-care-ends', {
  PackageEnded: (data) => end(data, data.endsBefore),
  PackageHandedBack: (data) => end(data, data.effectiveOn),
  DirectPaymentTaken: (data) => end(data, data.fromOn),
  AwardReversed: (data, { metadata }) => end(data, civilDateOf(metadata.recordedAt), false),
});
