import { hasRole, type Actor } from '#kernel/actor.js';
import type { Context, Decider } from '#kernel/decider.js';
import { isCivilDate } from '#kernel/time.js';
import {
  weeklyCostPence,
  rateCardOn,
  type RateCard,
} from '../provider-contract/rate-card.rules.js';
import type { OfferCommands } from './offer.commands.js';
import type { OfferEvent, OfferTerms } from './offer.events.js';
import { receiptOf } from './offer.receipt.rules.js';
import { brokenNeeds, ensure, genderCheckOf, type RequestTerms } from './offer.rules.js';

export interface OfferState {
  readonly offerId: string | null;
  readonly requestId: string;
  readonly packageId: string;
  readonly personId: string;
  readonly providerId: string;
  readonly contractId: string;
  readonly status: 'offered' | 'withdrawn' | 'declined' | 'accepted' | null;
  readonly terms: OfferTerms | null;
}

interface ReplyFacts {
  readonly request: RequestTerms;
  /** The rate cards of the invited contract; null: it has no price. */
  readonly rateCards: readonly RateCard[] | null;
  readonly provider: { readonly id: string; readonly offerId: string };
}

interface OwnCase {
  /** False: the case is another external broker organisation's (S3-4). */
  readonly ownCase: boolean;
}

export interface OfferFacts {
  SubmitOffer: ReplyFacts;
  AmendOffer: ReplyFacts & OwnCase;
  WithdrawOffer: OwnCase;
  DeclineRequest: ReplyFacts;
}

/** A provider's reply to a request. One stream per request and provider, so one offer stands. */
export const offerDecider: Decider<OfferState, OfferCommands, OfferEvent, OfferFacts> = {
  initial: {
    ...{ offerId: null, requestId: '', packageId: '', personId: '', providerId: '' },
    ...{ contractId: '', status: null, terms: null },
  },
  decide: {
    SubmitOffer(state, command, context) {
      const subject = ensureInvited(command.requestId, context);
      ensure(state.status !== 'offered' && state.status !== 'accepted', 'OfferAlreadySubmitted');
      const terms = termsOf(command, context);
      return [{ type: 'OfferSubmitted', data: { ...subject, ...terms, ...evidenceOf(command) } }];
    },
    AmendOffer(state, command, context) {
      ensure(state.offerId && context.facts.ownCase, 'OfferUnknown', { path: 'offerId' });
      const subject = ensureInvited(state.requestId, context);
      ensure(state.status === 'offered', 'OfferNotStanding');
      const terms = termsOf(command, context);
      return [{ type: 'OfferAmended', data: { ...subject, ...terms, ...evidenceOf(command) } }];
    },
    WithdrawOffer(state, { reason }, { now, actor, facts }) {
      ensure(state.offerId && facts.ownCase, 'OfferUnknown', { path: 'offerId' });
      ensureOwn(actor, state.providerId);
      ensure(state.status === 'offered', 'OfferNotStanding');
      return [{ type: 'OfferWithdrawn', data: { ...subjectOf(state), reason, withdrawnAt: now } }];
    },
    DeclineRequest(state, { requestId, reason, note, receivedAt }, context) {
      const subject = ensureInvited(requestId, context);
      ensure(state.status === null || state.status === 'withdrawn', 'OfferAlreadySubmitted');
      ensure(reason !== 'other' || note, 'DeclineNoteRequired', { path: 'note' });
      const received = receiptOf(receivedAt, context);
      const data = { ...subject, reason, ...(note && { note }), receivedAt: received };
      return [{ type: 'RequestDeclined', data }];
    },
    AcceptOffer(state, _, { now }) {
      ensure(state.offerId, 'OfferUnknown', { path: 'offerId' });
      if (state.status === 'accepted') return [];
      const subject = subjectOf(state);
      return state.status === 'offered'
        ? [{ type: 'OfferAccepted', data: { ...subject, acceptedAt: now } }]
        : [{ type: 'OfferAcceptanceFailed', data: { ...subject, reason: state.status ?? 'none' } }];
    },
  },
  evolve: {
    OfferSubmitted: offered,
    OfferAmended: offered,
    OfferWithdrawn: (state) => ({ ...state, status: 'withdrawn' }),
    RequestDeclined: (state, data) => ({ ...state, ...subjectOf(data), status: 'declined' }),
    OfferAccepted: (state) => ({ ...state, status: 'accepted' }),
    OfferAcceptanceFailed: (state) => state,
  },
};

type Subject = ReturnType<typeof subjectOf>;

function subjectOf(from: {
  readonly offerId: string | null;
  readonly requestId: string;
  readonly packageId: string;
  readonly personId: string;
  readonly providerId: string;
  readonly contractId: string;
}) {
  const { offerId, requestId, packageId, personId, providerId, contractId } = from;
  return { offerId: offerId ?? '', requestId, packageId, personId, providerId, contractId };
}

function offered(state: OfferState, data: Subject & OfferTerms): OfferState {
  const { startOn, times, receivedAt, channel, nonCompliance } = data;
  const terms = { startOn, times, receivedAt, channel, nonCompliance };
  const { weeklyCostPence: cost } = data;
  return {
    ...state,
    ...subjectOf(data),
    status: 'offered',
    terms: { ...terms, weeklyCostPence: cost },
  };
}

/** A provider's user replies for its own organisation; a broker may enter any provider's reply. */
function ensureOwn(actor: Actor, providerId: string): void {
  const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
  ensure(own, 'OfferForAnotherProvider');
}

function ensureInvited(requestId: string, { actor, facts }: Context<ReplyFacts>): Subject {
  const { request, provider } = facts;
  ensure(request.known, 'RequestUnknown', { path: 'requestId' });
  ensureOwn(actor, provider.id);
  const invitation = request.invited.find(({ providerId }) => providerId === provider.id);
  ensure(invitation, 'ProviderNotInvited', { path: 'providerId' });
  const { packageId, personId } = request;
  const { contractId } = invitation;
  return {
    offerId: provider.offerId,
    requestId,
    packageId,
    personId,
    providerId: provider.id,
    contractId,
  };
}

function termsOf(
  command: Pick<
    OfferCommands['SubmitOffer'],
    'startOn' | 'times' | 'receivedAt' | 'evidence' | 'canMeetGenderNeed'
  >,
  context: Context<ReplyFacts>,
): OfferTerms {
  const { request, rateCards } = context.facts;
  const { startOn, times, evidence } = command;
  const receivedAt = receiptOf(command.receivedAt, context);
  const channel = hasRole(context.actor, 'provider') ? 'portal' : 'entered';
  ensure(channel === 'portal' || evidence, 'EvidenceRequired', { path: 'evidence' });
  ensure(isCivilDate(startOn), 'DateDoesNotExist', { path: 'startOn' });
  ensure(startOn >= request.startOn, 'StartBeforeWanted', { path: 'startOn' });
  const lines = request.schedule.map(({ line }) => line);
  ensure(
    times.every(({ line }) => lines.includes(line)),
    'OfferLineUnknown',
    { path: 'times' },
  );
  const once = lines.every((line) => times.filter((time) => time.line === line).length === 1);
  ensure(once, 'OfferTimesIncomplete', { path: 'times' });
  const genderCheck = genderCheckOf(request, command.canMeetGenderNeed);
  const card = rateCards && rateCardOn(rateCards, startOn);
  const offeredTimes = times.map(({ line, start }) => ({ line, start }));
  const timed = request.schedule.map((line) => ({
    ...line,
    start: offeredTimes.find((time) => time.line === line.line)?.start ?? line.start,
  }));
  return {
    ...{ startOn, times: offeredTimes, receivedAt, channel },
    nonCompliance: [
      ...brokenNeeds(request.schedule, offeredTimes),
      ...(genderCheck === 'not-met' ? ['carer-gender-not-met'] : []),
    ],
    ...(genderCheck && { genderCheck }),
    weeklyCostPence: card ? weeklyCostPence(card, timed) : null,
  };
}

const evidenceOf = ({ evidence }: { evidence?: string }) => (evidence ? { evidence } : {});
