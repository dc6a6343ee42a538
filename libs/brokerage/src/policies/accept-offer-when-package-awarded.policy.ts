import { definePolicy } from '#platform/policies/policy.js';
import type { PackageAwarded } from '../package/package.award.events.js';

/** The package decides the award; the chosen offer follows in its own stream. */
export const acceptOfferWhenPackageAwarded = definePolicy<PackageAwarded>(
  'accept-offer-when-package-awarded',
  { PackageAwarded: ({ offerId }) => [{ name: 'AcceptOffer', fields: { offerId } }] },
);
