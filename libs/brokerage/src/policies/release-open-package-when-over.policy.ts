import { definePolicy } from '#platform/policies/policy.js';
import type { DirectPaymentTaken, ReferralWithdrawn } from '../package/package.referral.events.js';
import type { PackageEnded } from '../package/package.service.events.js';

const release = ({ packageId, personId }: { packageId: string; personId: string }) =>
  (['long-term', 'short-term'] as const).map((serviceLine) => ({
    name: 'ReleaseOpenPackage',
    fields: { packageId, personId, serviceLine },
  }));

/** When a package is over, the person may have another one of the same service line (X1). */
export const releaseOpenPackageWhenOver = definePolicy<
  PackageEnded | ReferralWithdrawn | DirectPaymentTaken
>('release-open-package-when-over', {
  PackageEnded: release,
  ReferralWithdrawn: release,
  DirectPaymentTaken: release,
});
