import type { GateVerdict } from '../provider/provider.quality.rules.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import type { Decider } from '#kernel/decider.js';
import { isCivilDate, type CivilDate, type Instant } from '#kernel/time.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import type { PackageCommands } from './package.commands.js';
import { plannedService } from './package.cover.rules.js';
import type { CareLine, PackageEvent, PresentedOffer } from './package.events.js';
import { isWithinPanel, panelFigure } from './package.panel.rules.js';
import { withOutcome, withoutOffers } from './package.route.rules.js';
import { ensure, initialPackage, isAwaitingChoice, type PackageState } from './package.rules.js';

type AwardCommands = Pick<
  PackageCommands,
  | 'ChooseOffer'
  | 'ChooseOfferByException'
  | 'RefuseOffers'
  | 'AwardPackage'
  | 'ConfirmAward'
  | 'RecordAwardFellThrough'
>;
type AwardEvent = Extract<
  PackageEvent,
  {
    type:
      | 'OfferChosen'
      | 'OfferChosenByException'
      | 'OffersRefused'
      | 'PackageAwarded'
      | 'AwardConfirmed'
      | 'AwardFellThrough';
  }
>;

/** The council's gates for new work, judged on the day of the decision (S4-8). */
export interface CqcVerdicts {
  readonly registration: GateVerdict;
  readonly rating: GateVerdict;
}

export interface AwardFacts {
  AwardPackage: {
    readonly offer: {
      readonly standing: boolean;
      readonly compliant: boolean;
      readonly receivedAt: Instant;
      readonly startOn: CivilDate;
      readonly times: PresentedOffer['times'];
    };
    readonly contract: {
      readonly type: string;
      readonly liveOnStart: boolean;
      readonly admittedOnStart: boolean;
    };
    readonly provider: { readonly suspended: boolean; readonly gates?: CqcVerdicts };
  };
}

/** The person's choice and the award that follows it. One stream decides, so one award stands. */
export const awardDecider: Decider<PackageState, AwardCommands, AwardEvent, AwardFacts> = {
  initial: initialPackage,
  decide: {
    ChooseOffer(state, { packageId, offerId, chosenBy, reasons }, { now }) {
      const requestId = ensureAwaitingChoice(state, offerId);
      const choice = { offerId, chosenBy: { ...chosenBy }, reasons: [...reasons], chosenAt: now };
      const { personId } = state;
      return [{ type: 'OfferChosen', data: { packageId, personId, requestId, ...choice } }];
    },
    ChooseOfferByException(state, command, { now }) {
      const { packageId, offerId, exception, decisionMaker, capacityAssessedOn, reasons } = command;
      const requestId = ensureAwaitingChoice(state, offerId);
      const assessed = exception !== 'best-interests' || capacityAssessedOn;
      ensure(assessed, 'CapacityAssessmentMissing', { path: 'capacityAssessedOn' });
      const real = !capacityAssessedOn || isCivilDate(capacityAssessedOn);
      ensure(real, 'DateDoesNotExist', { path: 'capacityAssessedOn' });
      const data = {
        ...{ packageId, personId: state.personId, requestId, offerId, exception, decisionMaker },
        ...(capacityAssessedOn && { capacityAssessedOn }),
        reasons: [...reasons],
        chosenAt: now,
      };
      return [{ type: 'OfferChosenByException', data }];
    },
    RefuseOffers(state, { packageId, refusedBy, reasons }) {
      ensure(isAwaitingChoice(state.stage) && state.request, 'PackageNotAwaitingChoice');
      const { requestId } = state.request;
      const refusal = { refusedBy: { ...refusedBy }, reasons: [...reasons] };
      const { personId } = state;
      return [{ type: 'OffersRefused', data: { packageId, personId, requestId, ...refusal } }];
    },
    AwardPackage(state, { packageId }, { now, facts, policy }) {
      const { offer, contract, provider } = facts;
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      const chosen = chosenOffer(state);
      ensure(
        state.stage === 'choice-recorded' && chosen && state.request,
        'PackageNotAwaitingAward',
      );
      ensure(state.directPaymentAnswered, 'DirectPaymentNotAnswered');
      ensure(offer.standing, 'OfferWithdrawn');
      ensure(offer.compliant, 'OfferNotCompliant');
      ensure(isAsPresented(offer, chosen), 'OfferChangedSincePresented');
      const { issuedAt, closesAt, requestId } = state.request;
      ensure(offer.receivedAt >= issuedAt && offer.receivedAt < closesAt, 'OfferOutsideWindow');
      ensure(contract.liveOnStart, 'ContractNotLive');
      ensure(contract.admittedOnStart, 'NotAdmittedToLot');
      ensure(!provider.suspended, 'ProviderIsSuspended');
      ensure(provider.gates?.registration !== 'fails', 'ProviderNotRegistered');
      ensure(provider.gates?.rating !== 'fails', 'ProviderRatedTooLow');
      ensureOfferWithinPanel(state, chosen, policy);
      const schedule = withTimes(state.needs?.schedule ?? [], chosen.times);
      const { offerId, providerId, contractId, startOn, weeklyCostPence } = chosen;
      const data = {
        ...{ packageId, personId: state.personId, requestId, offerId, providerId, contractId },
        ...{ contractType: contract.type, startOn, schedule, weeklyCostPence, awardedAt: now },
        weeklyMinutes: weeklyCarerMinutes(schedule),
      };
      return [{ type: 'PackageAwarded', data }];
    },
    ConfirmAward(state, { packageId, offerId }) {
      const { award, stage, personId } = state;
      if (stage !== 'award-pending' || award?.offerId !== offerId) return [];
      const requestId = award.requestId ?? '';
      const { providerId, startOn } = award;
      const data = { packageId, personId, requestId, offerId, providerId, startOn };
      const transfer = state.service.cover.length > 0 && { transfer: true as const };
      return [{ type: 'AwardConfirmed', data: { ...data, ...transfer } }];
    },
    RecordAwardFellThrough(state, { packageId, offerId, reason }) {
      const { award, stage } = state;
      if (stage !== 'award-pending' || award?.offerId !== offerId) return [];
      const requestId = award.requestId ?? '';
      const { contractId, startOn } = award;
      const data = { packageId, requestId, offerId, contractId, startOn, reason };
      return [{ type: 'AwardFellThrough', data }];
    },
  },
  evolve: {
    OfferChosen: chosen,
    OfferChosenByException: chosen,
    OffersRefused: (state, { requestId }) => ({
      ...state,
      routing: withOutcome(state.routing, requestId, 'no-acceptable-offer'),
      stage: 'awaiting-request',
      presented: [],
      chosenOfferId: null,
    }),
    PackageAwarded: (state, { requestId, offerId, providerId, contractId, ...award }) => ({
      ...state,
      stage: 'award-pending',
      schedule: award.schedule,
      award: {
        ...{ requestId, offerId, providerId, contractId },
        ...{ contractType: award.contractType, startOn: award.startOn },
      },
    }),
    AwardConfirmed: (state, { offerId, startOn }) => ({
      ...state,
      stage: 'awaiting-start',
      service: state.award
        ? plannedService(state.service, state.award, {
            ...{ sourceId: offerId, fromOn: startOn, schedule: state.schedule },
          })
        : state.service,
    }),
    AwardFellThrough: (state, { requestId, offerId }) => {
      const presented = state.presented.filter((offer) => offer.offerId !== offerId);
      return {
        ...state,
        routing: withoutOffers(state.routing, requestId, presented),
        stage: presented.length > 0 ? 'offers-presented' : 'awaiting-request',
        presented,
        chosenOfferId: null,
        award: null,
        schedule: state.needs?.schedule ?? [],
      };
    },
  },
};

function chosen(state: PackageState, { offerId }: { offerId: string }): PackageState {
  return { ...state, stage: 'choice-recorded', chosenOfferId: offerId };
}

function ensureAwaitingChoice(state: PackageState, offerId: string): string {
  const { request, presented } = state;
  ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
  ensure(isAwaitingChoice(state.stage) && request, 'PackageNotAwaitingChoice');
  const among = presented.some((offer) => offer.offerId === offerId);
  ensure(among, 'OfferNotPresented', { path: 'offerId' });
  return request.requestId;
}

/** An offer over the level costs at most what the panel last approved (S3-7, X5). */
function ensureOfferWithinPanel(
  { needs, panel }: PackageState,
  { weeklyCostPence }: PresentedOffer,
  policy: CouncilPolicy,
): void {
  const figure = panelFigure({ schedule: needs?.schedule ?? [], weeklyCostPence }, policy);
  ensure(isWithinPanel(panel, figure, policy), 'OfferOverPanelApproval');
}

const chosenOffer = ({ presented, chosenOfferId }: PackageState): PresentedOffer | undefined =>
  presented.find(({ offerId }) => offerId === chosenOfferId);

/** The offer's times become the agreed starts; minutes, days and carers stay as referred (S1-12). */
const withTimes = (schedule: readonly CareLine[], times: PresentedOffer['times']): CareLine[] =>
  schedule.map((line) => ({
    ...line,
    start: times.find((time) => time.line === line.line)?.start ?? line.start,
  }));

const isAsPresented = (
  offer: Pick<PresentedOffer, 'startOn' | 'times'>,
  { startOn, times }: PresentedOffer,
): boolean =>
  offer.startOn === startOn &&
  times.every(({ line, start }) =>
    offer.times.some((now) => now.line === line && now.start === start),
  );
