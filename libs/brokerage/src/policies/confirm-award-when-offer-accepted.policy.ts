import { definePolicy } from '#platform/policies/policy.js';
import type { OfferAcceptanceFailed, OfferAccepted } from '../offer/offer.events.js';

/** The award stands once the offer is accepted, and falls through when it had been withdrawn. */
export const confirmAwardWhenOfferAccepted = definePolicy<OfferAccepted | OfferAcceptanceFailed>(
  'confirm-award-when-offer-accepted',
  {
    OfferAccepted: ({ packageId, offerId }) => [
      { name: 'ConfirmAward', fields: { packageId, offerId } },
    ],
    OfferAcceptanceFailed: ({ packageId, offerId, reason }) => [
      { name: 'RecordAwardFellThrough', fields: { packageId, offerId, reason } },
    ],
  },
);
