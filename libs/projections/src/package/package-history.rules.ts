import type { OfferEvent } from '#brokerage/offer/offer.events.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import { addDays } from '#kernel/time.js';
import { weeklyCarerMinutes, weeklyVisits, type ScheduleLine } from '#kernel/schedule.js';

export type Told = PackageEvent | OfferEvent;

/** Names a provider by its id. */
export type NameOf = (providerId: string) => string;

type Summaries = {
  readonly [Type in Told['type']]: (
    data: Extract<Told, { type: Type }>['data'],
    nameOf: NameOf,
    /** The provider behind an offer of this package. */
    offererOf: NameOf,
  ) => string;
};

/** What a provider hears of a package of its own; nothing of the other offers (S1-12). */
export const providerSees: ReadonlySet<string> = new Set([
  ...['PackageTakenOn', 'AwardConfirmed', 'StartConfirmed', 'PackageStarted'],
  ...['PackageEnded', 'DirectPaymentTaken', 'AwardAcknowledged', 'PackageSuspended'],
  ...['ExpectedReturnChanged', 'RestartOffered', 'PackageRestarted', 'RestartDeclined'],
  ...['PackageVaried', 'VariationEndedEarly', 'PackageHandedBack'],
]);

const hours = (minutes: number): string => `${Math.floor(minutes / 60)} h ${minutes % 60} min`;

const care = (schedule: readonly ScheduleLine[]): string =>
  `${weeklyVisits(schedule)} visits and ${hours(weeklyCarerMinutes(schedule))} of care a week`;

const cost = (pence: number | null): string =>
  pence === null
    ? ''
    : `, £${Math.floor(pence / 100)}.${(pence % 100).toString().padStart(2, '0')} a week`;

const returning = (expectedReturnOn: string | null): string =>
  expectedReturnOn === null ? 'with no date of return yet' : `expected back on ${expectedReturnOn}`;

const until = (endsBefore: string | undefined): string =>
  endsBefore === undefined ? '' : ` to ${addDays(endsBefore, -1)}`;

/**
 * One sentence for each event, for the history of a package. Only codes, dates, figures and names of
 * providers: fields that are sealed, and free text, are never read.
 */
export const summaries: Summaries = {
  PackageReferred: ({ needs }) =>
    `Referred: ${care(needs.schedule)}, wanted from ${needs.startOn}.`,
  IncompleteReferralReceived: ({ missing }) =>
    `Referred with ${missing.length} ${missing.length === 1 ? 'thing' : 'things'} missing; providers cannot be asked yet.`,
  ReferralReturned: ({ missing }) =>
    missing.length > 0
      ? `Returned to the referrer with ${missing.length} ${missing.length === 1 ? 'thing' : 'things'} missing.`
      : 'Returned to the referrer.',
  ReferralCompleted: ({ needs }) => `The referral is complete: ${care(needs.schedule)}.`,
  ReferralCorrected: ({ changed }) => `The referral was corrected: ${changed.join(', ')}.`,
  FundingChanged: ({ fundingStatus, funding, fromOn }) =>
    `From ${fromOn} it is paid by ${funding.map(({ payer, basisPoints }) => `${payer} (${basisPoints / 100} %)`).join(', ')}: ${fundingStatus}.`,
  DirectPaymentDiscussed: ({ outcome }) => `A direct payment was spoken about: ${outcome}.`,
  DirectPaymentReturned: ({ returnedOn }) =>
    `Back from the direct payment from ${returnedOn}; care is sought again.`,
  PanelCaseOpened: ({ on, measure, figure, level }) =>
    `The panel is asked about the ${on}: ${measure} of ${figure} against ${level}.`,
  PanelCaseDecided: ({ agency, outcome, standing }) =>
    `${agency} decided on the panel: ${outcome}; the case is ${standing}.`,
  InterimAuthorityGiven: ({ panelDueOn }) =>
    `Interim authority was given; the panel is due by ${panelDueOn}.`,
  PanelCaseWithdrawn: ({ because }) => `The panel case was taken back (${because}).`,
  PackageTakenOn: ({ needs, providerId, startedOn }, nameOf) =>
    `Taken on with ${nameOf(providerId)}: ${care(needs.schedule)} since ${startedOn}.`,
  RequestIssued: ({ pack, invited, closesAt }) =>
    `Request ${pack.requestNumber} sent to ${counted(invited.length, 'provider')}; offers count before ${closesAt}.`,
  RequestWindowExtended: ({ closesAt }) => `More time for offers: before ${closesAt}.`,
  RequestClosed: () => 'The window for offers closed.',
  RequestCancelled: ({ reason }) => `The request was called back: ${reason}.`,
  RouteStepExcused: ({ route, reason, reviewOn }) =>
    `The step ${route} was excused: ${reason}${reviewOn ? `, to be reviewed on ${reviewOn}` : ''}.`,
  OffersPresented: ({ offers, nonCompliant }) =>
    `${counted(offers.length, 'offer')} put to the person in a neutral order; ${nonCompliant.length} left out as non-compliant.`,
  OfferChosen: ({ offerId, chosenBy }, _, offererOf) =>
    `The offer of ${offererOf(offerId)} was chosen (${chosenBy.relationship}).`,
  OfferChosenByException: ({ offerId, exception }, _, offererOf) =>
    `The offer of ${offererOf(offerId)} was chosen by exception: ${exception}.`,
  OffersRefused: ({ refusedBy }) => `All offers were refused (${refusedBy.relationship}).`,
  PackageAwarded: ({ providerId, startOn, weeklyMinutes, weeklyCostPence }, nameOf) =>
    `Awarded to ${nameOf(providerId)} from ${startOn}: ${hours(weeklyMinutes)} a week${cost(weeklyCostPence)}.`,
  AwardConfirmed: ({ providerId }, nameOf) => `The award to ${nameOf(providerId)} stands.`,
  AwardFellThrough: ({ offerId }, _, offererOf) =>
    `The award to ${offererOf(offerId)} fell through.`,
  StartConfirmed: ({ providerId, startedOn }, nameOf) =>
    `${nameOf(providerId)} confirmed the start on ${startedOn}.`,
  PackageStarted: ({ startedOn, evidence }) => `Care started on ${startedOn} (${evidence}).`,
  PackageEnded: ({ endsBefore, outcome }) =>
    `Care ends with ${addDays(endsBefore, -1)}: ${outcome}.`,
  AwardAcknowledged: ({ providerId }, nameOf) => `${nameOf(providerId)} acknowledged the award.`,
  StartChased: ({ providerId, outcome }, nameOf) =>
    `${nameOf(providerId)} was asked why care has not started: ${outcome}.`,
  AwardReversed: ({ providerId, by }, nameOf) =>
    `The award to ${nameOf(providerId)} was taken back (${by}).`,
  PackageSuspended: ({ fromOn, reason, expectedReturnOn }) =>
    `Suspended from ${fromOn}: ${reason}; ${returning(expectedReturnOn)}.`,
  ExpectedReturnChanged: ({ expectedReturnOn }) =>
    `The suspended person is ${returning(expectedReturnOn)}.`,
  RestartOffered: ({ providerId, restartOn, closesAt }, nameOf) =>
    `${nameOf(providerId)} was asked to go on from ${restartOn}; it may answer before ${closesAt}.`,
  PackageRestarted: ({ providerId, restartOn }, nameOf) =>
    `${nameOf(providerId)} goes on from ${restartOn}.`,
  RestartDeclined: ({ providerId, restartOn }, nameOf) =>
    `${nameOf(providerId)} does not go on from ${restartOn}; another provider is sought.`,
  PackageVaried: ({ kind, fromOn, endsBefore, schedule, weeklyCostPence }) =>
    `Varied (${kind}) from ${fromOn}${until(endsBefore)}: ${care(schedule)}${cost(weeklyCostPence)}.`,
  VariationEndedEarly: ({ endsBefore }) =>
    `The temporary variation ends with ${addDays(endsBefore, -1)} already.`,
  PackageHandedBack: ({ providerId, cause, effectiveOn, urgent }, nameOf) =>
    `${nameOf(providerId)} leaves the package on ${effectiveOn} (${cause})${urgent ? ', at short notice' : ''}; another provider is sought.`,
  GapOpened: ({ fromOn, reason, owner }) =>
    `Nobody is responsible for care from ${fromOn} (${reason}); ${owner} sees to it.`,
  GapAssigned: ({ owner }) => `${owner} sees to the gap now.`,
  GapClosed: ({ closedOn, how }) => `The gap closed on ${closedOn} (${how}).`,
  InterimCoverRecorded: ({ cover, fromOn, holder }, nameOf) =>
    `Meanwhile covered from ${fromOn}: ${cover}${holder ? ` by ${nameOf(holder.providerId)}` : ''}.`,
  WaitingReasonRecorded: ({ reason }) => `The person waits because of: ${reason}.`,
  RiskReviewed: ({ reviewedOn, outcome, nextDueOn }) =>
    `The risk of waiting was reviewed on ${reviewedOn}: ${outcome}; next by ${nextDueOn}.`,
  ReferralWithdrawn: () => 'The referral was withdrawn.',
  DirectPaymentTaken: ({ fromOn }) => `A direct payment is taken from ${fromOn}.`,
  OfferSubmitted: ({ providerId, startOn }, nameOf) =>
    `${nameOf(providerId)} offered to start on ${startOn}.`,
  OfferAmended: ({ providerId, startOn }, nameOf) =>
    `${nameOf(providerId)} amended its offer: to start on ${startOn}.`,
  OfferWithdrawn: ({ providerId }, nameOf) => `${nameOf(providerId)} withdrew its offer.`,
  RequestDeclined: ({ providerId, reason }, nameOf) => `${nameOf(providerId)} declined: ${reason}.`,
  OfferAccepted: ({ providerId }, nameOf) => `The offer of ${nameOf(providerId)} was accepted.`,
  OfferAcceptanceFailed: ({ providerId }, nameOf) =>
    `The offer of ${nameOf(providerId)} could not be accepted.`,
};

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;
