import { defineSlice } from '#platform/commands/slice.js';
import type { OfferCommands } from './offer.commands.js';
import { offerDecider } from './offer.decider.js';
import { offerIdOf, replyFacts, replyingProvider, standingOfferFacts } from './offer.facts.js';

export const offerSlice = defineSlice<OfferCommands>({
  category: 'offer',
  decider: offerDecider,
  commands: {
    SubmitOffer: {
      id: ({ requestId, providerId }, _, actor) =>
        offerIdOf(requestId, replyingProvider(actor, providerId)),
      facts: ({ requestId, providerId }, read, actor) =>
        replyFacts(read, requestId, replyingProvider(actor, providerId)),
    },
    AmendOffer: {
      id: ({ offerId }) => offerId,
      facts: ({ offerId }, read) => standingOfferFacts(read, offerId),
    },
    WithdrawOffer: { id: ({ offerId }) => offerId },
    DeclineRequest: {
      id: ({ requestId, providerId }, _, actor) =>
        offerIdOf(requestId, replyingProvider(actor, providerId)),
      facts: ({ requestId, providerId }, read, actor) =>
        replyFacts(read, requestId, replyingProvider(actor, providerId)),
    },
    AcceptOffer: { id: ({ offerId }) => offerId },
  },
});
