import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { instantFrom } from '#kernel/time-offset.js';
import { addMinutes } from '#kernel/time.js';
import type { PackageCommands } from './package.commands.js';
import type { Invitation, PackageEvent, PresentedOffer } from './package.events.js';
import { requestNumberFrom, requestPack, shuffled } from './package.request.rules.js';
import {
  ensure,
  initialPackage,
  isAwaitingChoice,
  type PackageState,
  type RequestState,
} from './package.rules.js';

type SourcingCommands = Pick<
  PackageCommands,
  'IssueRequest' | 'ExtendRequestWindow' | 'CloseRequest' | 'PresentOffers'
>;
type SourcingEvent = Extract<
  PackageEvent,
  { type: 'RequestIssued' | 'RequestWindowExtended' | 'RequestClosed' | 'OffersPresented' }
>;

/** An offer or a decline, as its own stream has it. */
export interface Reply extends PresentedOffer {
  readonly status: 'offered' | 'withdrawn' | 'declined';
  readonly nonCompliance: readonly string[];
  /** The revision of the reply's own stream that this was folded to. */
  readonly revision: number;
}

export interface SourcingFacts {
  IssueRequest: { eligible: readonly Invitation[] };
  PresentOffers: { replies: readonly Reply[] };
}

/** From the request to the offers laid before the person. */
export const sourcingDecider: Decider<
  PackageState,
  SourcingCommands,
  SourcingEvent,
  SourcingFacts
> = {
  initial: initialPackage,
  decide: {
    IssueRequest(
      state,
      { commandId, packageId, closesAt, onlyTo },
      { now, facts, policy, entropy },
    ) {
      ensure(state.packageId && state.needs, 'PackageUnknown', { path: 'packageId' });
      const waiting = state.stage === 'awaiting-request' || state.stage === 'request-closed';
      ensure(waiting, 'PackageNotAwaitingRequest');
      const { lot, urgent } = state.needs;
      const window = policy.requestWindowMinutes[urgent ? 'urgent' : 'standard'];
      const closing = closesAt ? instantFrom(closesAt) : addMinutes(now, window);
      ensure(closing, 'InstantUnreadable', { path: 'closesAt' });
      ensure(closing > now, 'WindowClosesTooEarly', { path: 'closesAt' });
      const eligible = firstOfEachProvider(facts.eligible);
      const invited = onlyTo
        ? eligible.filter(({ providerId }) => onlyTo.providerIds.includes(providerId))
        : eligible;
      const allEligible = !onlyTo || invited.length === new Set(onlyTo.providerIds).size;
      ensure(allEligible, 'ProviderNotEligible', { path: 'onlyTo.providerIds' });
      ensure(invited.length > 0, 'NoEligibleProvider');
      const data = {
        ...{ packageId, personId: state.personId, lot, urgent },
        requestId: deriveId(commandId, 'request'),
        issuedAt: now,
        closesAt: closing,
        invited: invited.map(({ providerId, contractId }) => ({ providerId, contractId })),
        ...(onlyTo && { restrictedBecause: onlyTo.reason }),
        pack: requestPack(state.needs, requestNumberFrom(entropy)),
      };
      return [{ type: 'RequestIssued', data }];
    },
    ExtendRequestWindow(state, { packageId, closesAt }, { now }) {
      const { request } = state;
      ensure(request && isOpen(state, request, now), 'RequestNotOpen');
      const closing = instantFrom(closesAt);
      ensure(closing, 'InstantUnreadable', { path: 'closesAt' });
      ensure(closing > request.closesAt, 'WindowNotExtended', { path: 'closesAt' });
      const { requestId } = request;
      return [{ type: 'RequestWindowExtended', data: { packageId, requestId, closesAt: closing } }];
    },
    CloseRequest(state, { packageId, requestId }, { now }) {
      const { request, stage } = state;
      if (request?.requestId !== requestId || stage !== 'request-open') return [];
      ensure(now >= request.closesAt, 'WindowNotOver');
      return [{ type: 'RequestClosed', data: { packageId, requestId, closedAt: now } }];
    },
    PresentOffers(state, { packageId }, { now, facts: { replies }, entropy, actor }) {
      const { request, stage } = state;
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      const asked = stage === 'request-open' || stage === 'request-closed';
      ensure(request && (asked || isAwaitingChoice(stage)), 'RequestNotOpen');
      ensure(asked || hasRole(actor, 'senior-broker'), 'OffersAlreadyPresented');
      const allAnswered = replies.length === request.invited.length;
      ensure(now >= request.closesAt || allAnswered, 'OffersNotReady');
      const standing = replies.filter(({ status }) => status === 'offered');
      const compliant = standing.filter(({ nonCompliance }) => nonCompliance.length === 0);
      ensure(compliant.length > 0, 'NoOfferToPresent');
      const data = {
        ...{ packageId, requestId: request.requestId, seed: entropy },
        offers: shuffled(compliant.map(presented), entropy),
        nonCompliant: standing
          .filter(({ nonCompliance }) => nonCompliance.length > 0)
          .map(({ offerId, nonCompliance }) => ({ offerId, reasons: nonCompliance })),
      };
      return [{ type: 'OffersPresented', data }];
    },
  },
  evolve: {
    RequestIssued: (state, { requestId, lot, issuedAt, closesAt, invited }) => ({
      ...state,
      stage: 'request-open',
      request: { requestId, lot, issuedAt, closesAt, invited, closed: false },
      presented: [],
      chosenOfferId: null,
    }),
    RequestWindowExtended: (state, { closesAt }) => ({
      ...state,
      request: state.request && { ...state.request, closesAt },
    }),
    RequestClosed: (state) => ({
      ...state,
      stage: 'request-closed',
      request: state.request && { ...state.request, closed: true },
    }),
    OffersPresented: (state, { offers }) => ({
      ...state,
      stage: 'offers-presented',
      request: state.request && { ...state.request, closed: true },
      presented: offers,
      chosenOfferId: null,
    }),
  },
};

/** A provider replies once, under the first of its contracts. */
const firstOfEachProvider = (eligible: readonly Invitation[]): Invitation[] =>
  eligible.filter(
    ({ providerId }, at) => eligible.findIndex((first) => first.providerId === providerId) === at,
  );

const isOpen = ({ stage }: PackageState, { closesAt }: RequestState, now: string): boolean =>
  stage === 'request-open' && now < closesAt;

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
