import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { Stage } from './package.codes.js';
import type { CareLine, CareNeeds, Invitation, PresentedOffer } from './package.events.js';

export const packageRules = {
  PackageUnknown: 'There is no such package.',
  PackageAlreadyReferred: 'This package was referred before.',
  DateDoesNotExist: 'This date does not exist.',
  InstantUnreadable: 'A time is an instant with its offset.',
  ScheduleMissing: 'A referral has a schedule with at least one visit.',
  VisitDaysMissing: 'A visit says on which days it is wanted.',
  VisitDaysRepeated: 'A visit names each day once.',
  VisitStartMissing: 'A visit says at which time it is wanted.',
  VisitMinutesMissing: 'A visit says how many minutes it lasts.',
  VisitMinutesNotPositive: 'A visit lasts at least one minute.',
  VisitCarersMissing: 'A visit says how many carers it needs.',
  VisitTasksMissing: 'A visit names its tasks.',
  VisitCriticalMissing: 'A visit says whether its time is critical.',
  CriticalReasonMissing: 'A critical visit has a reason.',
  CriticalReasonWithoutCritical: 'Only a critical visit has a reason for being critical.',
  LatestStartBeforeWanted: 'The latest start of a visit is not before the wanted one.',
  VisitsOverlap: 'Visits of one carer overlap.',
  ContractUnknown: 'There is no such contract.',
  ContractOfAnotherProvider: 'This contract belongs to another provider.',
  StartBeforeContract: 'Care starts on or after the first day of the contract.',
  PackageNotAwaitingRequest: 'A request is issued for a package that waits for one.',
  NoEligibleProvider: 'No provider is eligible for this package now.',
  ProviderNotEligible: 'Only eligible providers can be invited.',
  WindowClosesTooEarly: 'A request closes after it is issued.',
  RequestNotOpen: 'This package has no open request.',
  WindowNotExtended: 'A window is extended, never shortened.',
  WindowNotOver: 'The window of this request is not over.',
  OffersNotReady:
    'Offers are presented when the window is over or every invited provider has answered.',
  OffersAlreadyPresented: 'Offers of this request were presented to the person already.',
  NoOfferToPresent: 'There is no compliant offer to present. Issue a new request.',
  PackageNotAwaitingChoice: 'Offers for this package are not waiting for a choice.',
  OfferNotPresented: 'This offer was not among those presented.',
  CapacityAssessmentMissing: 'A best-interests decision names the date of the capacity assessment.',
  PackageNotAwaitingAward: 'A package is awarded once a choice is recorded.',
  OfferWithdrawn: 'The chosen offer was withdrawn.',
  OfferChangedSincePresented:
    'The chosen offer is not the one that was presented. Let the person choose again.',
  OfferNotCompliant: 'The chosen offer breaks a hard need of the person.',
  OfferOutsideWindow: 'The chosen offer was not received in the window of the request.',
  ContractNotLive: 'The contract of the chosen offer is not in force on the start date.',
  NotAdmittedToLot:
    'The contract of the chosen offer is not admitted to the lot on the start date.',
  ProviderIsSuspended: 'The provider of the chosen offer is suspended from new work.',
  AwardNotPending: 'No award of this offer is waiting for its confirmation.',
  PackageNotAwarded: 'A start is confirmed for an awarded package.',
  PackageOfAnotherProvider: 'This package was awarded to another provider.',
  StartConfirmedTooEarly: 'A start is confirmed on or after its day, not in advance.',
  StartBeforeAgreed: 'Care starts no earlier than the agreed start date.',
  PackageNotLive: 'Only an awarded or live package is ended; withdraw the referral instead.',
  EndBeforeStart: 'A package ends on or after the day it starts.',
  PackageIsOver: 'This package is over.',
  CareAlreadyAwarded: 'An awarded package is ended, not withdrawn.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof packageRules>> = ruleBook(packageRules);

export interface RequestState {
  readonly requestId: string;
  readonly lot: string;
  readonly issuedAt: Instant;
  readonly closesAt: Instant;
  readonly closed: boolean;
  readonly invited: readonly Invitation[];
}

export interface AwardState {
  readonly requestId: string | null;
  readonly offerId: string | null;
  readonly providerId: string;
  readonly contractId: string;
  readonly contractType: string;
  readonly startOn: CivilDate;
}

/** What the rules of a package read. */
export interface PackageState {
  readonly packageId: string | null;
  readonly personId: string;
  readonly stage: Stage;
  readonly needs: CareNeeds | null;
  readonly request: RequestState | null;
  readonly presented: readonly PresentedOffer[];
  readonly chosenOfferId: string | null;
  readonly award: AwardState | null;
  /** The schedule with agreed starts, once there is an award. */
  readonly schedule: readonly CareLine[];
  readonly startedOn: CivilDate | null;
  readonly endsBefore: CivilDate | null;
}

export const initialPackage: PackageState = {
  packageId: null,
  personId: '',
  stage: 'awaiting-request',
  needs: null,
  request: null,
  presented: [],
  chosenOfferId: null,
  award: null,
  schedule: [],
  startedOn: null,
  endsBefore: null,
};

export const isOver = (stage: Stage): boolean =>
  stage === 'ended' || stage === 'withdrawn' || stage === 'direct-payment';

/** The person may choose, choose again or refuse until the award. */
export const isAwaitingChoice = (stage: Stage): boolean =>
  stage === 'offers-presented' || stage === 'choice-recorded';

export const hasAward = (stage: Stage): boolean =>
  stage === 'award-pending' || stage === 'awaiting-start' || stage === 'live';
