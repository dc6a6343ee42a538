import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { CareLine, Chooser, PresentedOffer, Subject } from './package.events.js';

export type OffersPresented = Event<
  'OffersPresented',
  {
    packageId: string;
    requestId: string;
    /** In the order in which the person sees them: random from the seed, never by rank or price. */
    offers: readonly PresentedOffer[];
    seed: string;
    nonCompliant: readonly { offerId: string; reasons: readonly string[] }[];
  }
>;

export type OfferChosen = Event<
  'OfferChosen',
  Subject & {
    requestId: string;
    offerId: string;
    chosenBy: Chooser;
    reasons: readonly string[];
    chosenAt: Instant;
  }
>;

export type OfferChosenByException = Event<
  'OfferChosenByException',
  Subject & {
    requestId: string;
    offerId: string;
    exception: string;
    decisionMaker: string;
    capacityAssessedOn?: CivilDate;
    reasons: readonly string[];
    chosenAt: Instant;
  }
>;

export type OffersRefused = Event<
  'OffersRefused',
  Subject & { requestId: string; refusedBy: Chooser; reasons: readonly string[] }
>;

export type PackageAwarded = Event<
  'PackageAwarded',
  Subject & {
    requestId: string;
    offerId: string;
    providerId: string;
    contractId: string;
    contractType: string;
    startOn: CivilDate;
    /** The schedule with the offer's times: the agreed starts (S1-12). */
    schedule: readonly CareLine[];
    weeklyMinutes: number;
    /** The chosen offer's frozen figure. */
    weeklyCostPence: number | null;
    awardedAt: Instant;
  }
>;

export type AwardConfirmed = Event<
  'AwardConfirmed',
  Subject & {
    requestId: string;
    offerId: string;
    providerId: string;
    startOn: CivilDate;
    /** The person has care from another provider, or had it: visits may be planned already. */
    transfer?: true;
  }
>;

export type AwardFellThrough = Event<
  'AwardFellThrough',
  {
    packageId: string;
    requestId: string;
    offerId: string;
    /** What the award had taken: the contract from its start on. */
    contractId?: string;
    startOn?: CivilDate;
    reason: string;
  }
>;

export type AwardAcknowledged = Event<
  'AwardAcknowledged',
  {
    packageId: string;
    requestId: string;
    offerId: string;
    providerId: string;
    acknowledgedAt: Instant;
  }
>;

/** Someone asked the provider why care has not started (X24). */
export type StartChased = Event<
  'StartChased',
  Subject & { providerId: string; outcome: string; note?: string; chasedAt: Instant }
>;

/** A confirmed award that will not start: the person chooses again among the rest (X5). */
export type AwardReversed = Event<
  'AwardReversed',
  Subject & {
    requestId: string;
    offerId: string;
    providerId: string;
    /** What the award had taken: the contract from its start on. */
    contractId?: string;
    startOn?: CivilDate;
    by: string;
    reason: string;
    /** From this day on the visits are in this provider's plan no more. */
    reversedOn: CivilDate;
  }
>;

export type AwardEvent =
  | OffersPresented
  | OfferChosen
  | OfferChosenByException
  | OffersRefused
  | PackageAwarded
  | AwardConfirmed
  | AwardFellThrough
  | AwardAcknowledged
  | StartChased
  | AwardReversed;
