import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import type { PackageCommands } from './package.commands.js';
import type { PackageEvent, PresentedOffer } from './package.events.js';
import { shuffled } from './package.request.rules.js';
import { withOutcome } from './package.route.rules.js';
import { ensure, initialPackage, isAwaitingChoice, type PackageState } from './package.rules.js';

type PresentationCommands = Pick<PackageCommands, 'PresentOffers'>;
type PresentationEvent = Extract<PackageEvent, { type: 'OffersPresented' }>;

/** An offer or a decline, as its own stream has it. */
export interface Reply extends PresentedOffer {
  readonly status: 'offered' | 'withdrawn' | 'declined';
  readonly nonCompliance: readonly string[];
  /** The revision of the reply's own stream that this was folded to. */
  readonly revision: number;
}

export interface PresentationFacts {
  PresentOffers: { replies: readonly Reply[] };
}

/** How offers are laid before the person. */
export const presentationDecider: Decider<
  PackageState,
  PresentationCommands,
  PresentationEvent,
  PresentationFacts
> = {
  initial: initialPackage,
  decide: {
    PresentOffers(state, { packageId }, { now, facts: { replies }, entropy, actor }) {
      const { request, stage } = state;
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      const asked = stage === 'request-open' || stage === 'request-closed';
      ensure(request && (asked || isAwaitingChoice(stage)), 'RequestNotOpen');
      ensure(asked || hasRole(actor, 'senior-broker'), 'OffersAlreadyPresented');
      const allAnswered = replies.length === request.invited.length;
      ensure(now >= request.closesAt || allAnswered, 'OffersNotReady');
      const standing = replies.filter(({ status }) => status === 'offered');
      const compliant = standing.filter(isCompliant);
      ensure(compliant.length > 0, 'NoOfferToPresent');
      const data = {
        ...{ packageId, requestId: request.requestId, seed: entropy },
        offers: shuffled(compliant.map(presented), entropy),
        nonCompliant: standing
          .filter((reply) => !isCompliant(reply))
          .map(({ offerId, nonCompliance }) => ({ offerId, reasons: nonCompliance })),
      };
      return [{ type: 'OffersPresented', data }];
    },
  },
  evolve: {
    OffersPresented: (state, { requestId, offers }) => ({
      ...state,
      stage: 'offers-presented',
      request: state.request && { ...state.request, closed: true },
      routing: withOutcome(state.routing, requestId, 'presented'),
      presented: offers,
      chosenOfferId: null,
    }),
  },
};

const isCompliant = ({ nonCompliance }: Reply): boolean => nonCompliance.length === 0;

const presented = ({
  offerId,
  providerId,
  contractId,
  startOn,
  times,
  weeklyCostPence,
}: Reply) => ({
  ...{ offerId, providerId, contractId, startOn, times, weeklyCostPence },
});
