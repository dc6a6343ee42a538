import { defineSlice } from '#platform/commands/slice.js';
import type { OfferCommands } from './offer.commands.js';
import { offerDecider } from './offer.decider.js';
import {
  offerIdOf,
  ownCaseFact,
  replyFacts,
  replyingProvider,
  standingOfferFacts,
} from './offer.facts.js';

export const offerSlice = defineSlice<OfferCommands>({
  category: 'offer',
  decider: offerDecider,
  commands: {
    SubmitOffer: {
      id: ({ requestId, providerId }, _, actor) =>
        offerIdOf(requestId, replyingProvider(actor, providerId)),
      facts: ({ requestId, providerId }, read, actor) =>
        replyFacts(read, { requestId, actor, providerId: replyingProvider(actor, providerId) }),
    },
    AmendOffer: {
      id: ({ offerId }) => offerId,
      facts: ({ offerId }, read, actor) => standingOfferFacts(read, offerId, actor),
    },
    WithdrawOffer: {
      id: ({ offerId }) => offerId,
      facts: ({ offerId }, read, actor) => ownCaseFact(read, offerId, actor),
    },
    DeclineRequest: {
      id: ({ requestId, providerId }, _, actor) =>
        offerIdOf(requestId, replyingProvider(actor, providerId)),
      facts: ({ requestId, providerId }, read, actor) =>
        replyFacts(read, { requestId, actor, providerId: replyingProvider(actor, providerId) }),
    },
    AcceptOffer: { id: ({ offerId }) => offerId },
  },
});
