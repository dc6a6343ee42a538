import type { Context, Decider } from '#kernel/decider.js';
import { contentHash } from '#kernel/content-hash.js';
import { deriveId } from '#kernel/ids.js';
import { instantFrom } from '#kernel/time-offset.js';
import { addMinutes, civilDateOf, isCivilDate } from '#kernel/time.js';
import type { PackageCommands } from './package.commands.js';
import type { Invitation, PackageEvent } from './package.events.js';
import { dearest, isWithinPanel, panelFigure } from './package.panel.rules.js';
import { requestNumberFrom, requestPack } from './package.request.rules.js';
import { ensureRouteOpen, type RouteTaken } from './package.routing.rules.js';
import * as routes from './package.route.rules.js';
import {
  ensure,
  initialPackage,
  isAwaitingChoice,
  isOver,
  type PackageState,
  type RequestState,
} from './package.rules.js';

type SourcingCommands = Pick<
  PackageCommands,
  'IssueRequest' | 'ExtendRequestWindow' | 'CancelRequest' | 'CloseRequest' | 'ExcuseRouteStep'
>;
type SourcingEvent = Extract<
  PackageEvent,
  {
    type:
      | 'RequestIssued'
      | 'RequestWindowExtended'
      | 'RequestClosed'
      | 'RequestCancelled'
      | 'RouteStepExcused';
  }
>;

/** A contract that may be asked, with what the package would cost a week under it. */
export interface PricedInvitation extends Invitation {
  readonly weeklyCostPence?: number | null;
}

export interface SourcingFacts {
  IssueRequest: {
    eligible: readonly PricedInvitation[];
    /** Compliant offers that stand on the last request, which was not presented. */
    acceptableOffers: number;
    /** Names of the identity's fields that the pack would tell; never their values (S1-9). */
    leaked: readonly string[];
    /** Only where the policy tells it. */
    postcodeSector: string | null;
  };
  ExcuseRouteStep: { acceptableOffers: number };
  CloseRequest: { unanswered: readonly string[] };
}

/** From the request to the close of its window. */
export const sourcingDecider: Decider<
  PackageState,
  SourcingCommands,
  SourcingEvent,
  SourcingFacts
> = {
  initial: initialPackage,
  decide: {
    IssueRequest(state, command, context) {
      const { now, facts, policy, entropy } = context;
      const { commandId, packageId, onlyTo } = command;
      ensure(state.packageId && state.needs, 'PackageUnknown', { path: 'packageId' });
      ensure(state.stage !== 'awaiting-panel', 'PanelCasePending');
      const waiting = state.stage === 'awaiting-request' || state.stage === 'request-closed';
      ensure(waiting, 'PackageNotAwaitingRequest');
      ensure(facts.acceptableOffers === 0, 'AcceptableOfferNotPresented');
      const taken = ensureRouteOpen(state, command, policy);
      const { lot, urgent } = state.needs;
      const closesAt = closingOf(command, urgent, context);
      const invited = ensureInvitable(facts.eligible, command, taken);
      ensureEstimateWithinPanel(state, facts.eligible, policy);
      ensurePackTellsNobody(facts.leaked);
      const pack = requestPack(state.needs, requestNumberFrom(entropy), facts.postcodeSector);
      const data = {
        ...{ packageId, personId: state.personId, lot, urgent, ...taken },
        requestId: deriveId(commandId, 'request'),
        ...{ issuedAt: now, closesAt },
        invited: invited.map(({ providerId, contractId }) => ({ providerId, contractId })),
        ...(onlyTo && { restrictedBecause: onlyTo.reason }),
        ...{ pack, packHash: contentHash(pack) },
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
    CancelRequest(state, { packageId, reason, note }, { now }) {
      const { request, stage, personId } = state;
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      const asked = stage === 'request-open' || stage === 'request-closed';
      ensure(request && (asked || isAwaitingChoice(stage)), 'RequestNotCancellable');
      ensure(reason !== 'other' || note, 'CancelNoteRequired', { path: 'note' });
      const { requestId } = request;
      const data = { packageId, personId, requestId, reason, ...(note && { note }) };
      return [{ type: 'RequestCancelled', data: { ...data, cancelledAt: now } }];
    },
    CloseRequest(state, { packageId, requestId }, { now, facts: { unanswered } }) {
      const { request, stage } = state;
      if (request?.requestId !== requestId || stage !== 'request-open') return [];
      ensure(now >= request.closesAt, 'WindowNotOver');
      const data = { packageId, requestId, closedAt: now, unanswered: [...unanswered] };
      return [{ type: 'RequestClosed', data }];
    },
    ExcuseRouteStep(state, command, { now, policy, facts }) {
      const { packageId, route, reason, evidence, reviewOn } = command;
      ensure(state.packageId && state.needs, 'PackageUnknown', { path: 'packageId' });
      ensure(!isOver(state.stage), 'PackageIsOver');
      const { serviceLine } = state.needs;
      const steps = routes.cascadeOf({ serviceLine, policy });
      ensure(steps.includes(route), 'RouteNotInCascade', { path: 'route' });
      const opensInHouse = routes.isInHouseElsewhere(route, serviceLine);
      const isInHouseReason = routes.isInHouseReason(reason);
      ensure(!opensInHouse || isInHouseReason, 'InHouseReasonRequired', { path: 'reason' });
      ensure(opensInHouse || !isInHouseReason, 'InHouseReasonElsewhere', { path: 'reason' });
      const tried = routes.wasClosedWithoutOffer(state.routing) && facts.acceptableOffers === 0;
      ensure(reason !== 'no-pvi' || tried, 'NoRequestWithoutOffer', { path: 'reason' });
      const needsReview = reason === 'no-pvi' || reason === 'crisis';
      ensure(!needsReview || reviewOn, 'ReviewDateRequired', { path: 'reviewOn' });
      ensure(!reviewOn || isCivilDate(reviewOn), 'DateDoesNotExist', { path: 'reviewOn' });
      const ahead = !reviewOn || reviewOn >= civilDateOf(now);
      ensure(ahead, 'ReviewDatePassed', { path: 'reviewOn' });
      const { personId } = state;
      const excuse = { packageId, personId, route, reason, evidence };
      return [{ type: 'RouteStepExcused', data: { ...excuse, ...(reviewOn && { reviewOn }) } }];
    },
  },
  evolve: {
    RequestIssued: (state, { requestId, lot, issuedAt, closesAt, invited, route }) => ({
      ...state,
      stage: 'request-open',
      request: { requestId, lot, issuedAt, closesAt, invited, closed: false },
      routing: {
        ...state.routing,
        asked: [
          ...state.routing.asked.map(leftBehind),
          { requestId, route: route ?? 'framework', outcome: 'open' },
        ],
      },
      presented: [],
      chosenOfferId: null,
    }),
    RequestWindowExtended: (state, { closesAt }) => ({
      ...state,
      request: state.request && { ...state.request, closesAt },
    }),
    RequestClosed: (state, { requestId }) => ({
      ...state,
      stage: 'request-closed',
      request: state.request && { ...state.request, closed: true },
      routing: routes.withOutcome(state.routing, requestId, 'closed'),
    }),
    RequestCancelled: (state, { requestId }) => ({
      ...state,
      stage: 'awaiting-request',
      request: state.request && { ...state.request, closed: true },
      routing: routes.withOutcome(state.routing, requestId, 'cancelled'),
      presented: [],
      chosenOfferId: null,
    }),
    RouteStepExcused: (state, { route, reason }) => ({
      ...state,
      routing: { ...state.routing, excused: { ...state.routing.excused, [route]: reason } },
    }),
  },
};

/** A request is followed by another only when it had no offer to present. */
const leftBehind = (asked: routes.AskedRoute): routes.AskedRoute =>
  asked.outcome === 'closed' ? { ...asked, outcome: 'no-acceptable-offer' } : asked;

function closingOf(
  { closesAt }: PackageCommands['IssueRequest'],
  urgent: boolean,
  { now, policy }: Pick<Context, 'now' | 'policy'>,
): string {
  const window = policy.requestWindowMinutes[urgent ? 'urgent' : 'standard'];
  const closing = closesAt ? instantFrom(closesAt) : addMinutes(now, window);
  ensure(closing, 'InstantUnreadable', { path: 'closesAt' });
  ensure(closing > now, 'WindowClosesTooEarly', { path: 'closesAt' });
  return closing;
}

/** All that are eligible, or those named among them (S1-9). */
function ensureInvitable(
  all: readonly Invitation[],
  { onlyTo }: PackageCommands['IssueRequest'],
  { route }: RouteTaken,
): readonly Invitation[] {
  const eligible = firstOfEachProvider(all);
  const named = new Set(onlyTo?.providerIds);
  const one = route !== 'direct-call-off' || named.size === 1;
  ensure(one, 'CallOffNamesOneProvider', { path: 'onlyTo' });
  const invited = onlyTo ? eligible.filter(({ providerId }) => named.has(providerId)) : eligible;
  const allEligible = !onlyTo || invited.length === named.size;
  ensure(allEligible, 'ProviderNotEligible', { path: 'onlyTo.providerIds' });
  ensure(invited.length > 0, 'NoEligibleProvider');
  return invited;
}

/** The dearest that may come of the request is what the panel has agreed to (S3-7). */
function ensureEstimateWithinPanel(
  { needs, panel }: PackageState,
  eligible: readonly PricedInvitation[],
  policy: Context['policy'],
): void {
  const schedule = needs?.schedule ?? [];
  const figure = panelFigure({ schedule, weeklyCostPence: dearest(eligible) }, policy);
  ensure(isWithinPanel(panel, figure, policy), 'PanelApprovalRequired');
}

function ensurePackTellsNobody(leaked: readonly string[]): void {
  const message = `The pack would tell who the person is. Correct the referral where it repeats: ${leaked.join(', ')}.`;
  ensure(leaked.length === 0, 'PackWouldIdentify', { message });
}

/** A provider replies once, under the first of its contracts. */
const firstOfEachProvider = (eligible: readonly Invitation[]): Invitation[] =>
  eligible.filter(
    ({ providerId }, at) => eligible.findIndex((first) => first.providerId === providerId) === at,
  );

const isOpen = ({ stage }: PackageState, { closesAt }: RequestState, now: string): boolean =>
  stage === 'request-open' && now < closesAt;
