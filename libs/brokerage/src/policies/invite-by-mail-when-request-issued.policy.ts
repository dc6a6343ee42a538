import { definePolicy } from '#platform/policies/policy.js';
import { invitationDeliveryId } from '../delivery/delivery.rules.js';
import type { RequestIssued } from '../package/package.sourcing.events.js';

/**
 * Each invited provider that has a mailbox is told of the request (S1-9). On a log that is older
 * than this policy only of new ones: nobody is to be asked for what was asked last year.
 */
export const inviteByMailWhenRequestIssued = definePolicy<RequestIssued>(
  'invite-by-mail-when-request-issued',
  {
    RequestIssued: ({ packageId, requestId, invited }) =>
      invited.map(({ providerId }) => ({
        name: 'PrepareDelivery',
        fields: {
          ...{ deliveryId: invitationDeliveryId(requestId, providerId), providerId },
          ...{ kind: 'request-invitation', packageId, requestId },
        },
      })),
  },
  'now',
);
