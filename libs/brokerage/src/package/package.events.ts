import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant, LocalTime } from '#kernel/time.js';

/** One visit a day on some days: minutes, carers and tasks are commissioned, the time is wanted. */
export interface CareLine {
  readonly line: number;
  /** ISO weekdays, Monday is 1. */
  readonly days: readonly number[];
  /** The wanted start; after the award the agreed one. */
  readonly start: LocalTime;
  /** A start later than this breaks a hard need of the person (X2). */
  readonly latestStart?: LocalTime;
  readonly minutes: number;
  readonly carers: number;
  readonly tasks: readonly string[];
  readonly critical: boolean;
  readonly criticalReason?: string;
}

/** Ids of the case system (S1-8); kept and searchable, never sent to providers. */
export interface ExternalReference {
  readonly system: string;
  readonly personRef: string;
  readonly referralRef: string;
}

/** What brokerage holds of a person until issue by issue more is needed: no identity. */
export interface CareNeeds {
  readonly serviceLine: string;
  readonly lot: string;
  readonly fundingStatus: string;
  readonly postcodeDistrict: string;
  readonly patch: string;
  readonly ageBand: string;
  readonly gender: string;
  readonly carerGenderNeed: string;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly access: readonly string[];
  readonly household: readonly string[];
  readonly urgent: boolean;
  readonly hospitalDischarge: boolean;
  readonly startOn: CivilDate;
  readonly durationWeeks?: number;
  readonly schedule: readonly CareLine[];
}

interface Subject {
  readonly packageId: string;
  readonly personId: string;
}

export type PackageReferred = Event<
  'PackageReferred',
  Subject & {
    reference: ExternalReference;
    needs: CareNeeds;
    linkedTo?: { packageId: string; reason: string };
  }
>;

export type PackageTakenOn = Event<
  'PackageTakenOn',
  Subject & {
    reference: ExternalReference;
    needs: CareNeeds;
    providerId: string;
    contractId: string;
    contractType: string;
    startedOn: CivilDate;
    weeklyCostPence: number | null;
  }
>;

/** What providers are told: an allow-list, nothing else (S1-9). */
export interface RequestPack {
  readonly requestNumber: string;
  readonly postcodeDistrict: string;
  readonly patch: string;
  readonly ageBand: string;
  readonly gender: string;
  readonly carerGenderNeed: string;
  readonly schedule: readonly Omit<CareLine, 'criticalReason'>[];
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly access: readonly string[];
  readonly household: readonly string[];
  readonly startOn: CivilDate;
  readonly durationWeeks?: number;
}

export interface Invitation {
  readonly providerId: string;
  readonly contractId: string;
}

export type RequestIssued = Event<
  'RequestIssued',
  Subject & {
    requestId: string;
    lot: string;
    urgent: boolean;
    issuedAt: Instant;
    /** Exclusive: an offer received at exactly this instant is late (X4). */
    closesAt: Instant;
    invited: readonly Invitation[];
    /** Why not all eligible providers were invited. */
    restrictedBecause?: string;
    pack: RequestPack;
  }
>;

export type RequestWindowExtended = Event<
  'RequestWindowExtended',
  { packageId: string; requestId: string; closesAt: Instant }
>;

export type RequestClosed = Event<
  'RequestClosed',
  { packageId: string; requestId: string; closedAt: Instant }
>;

export interface PresentedOffer {
  readonly offerId: string;
  readonly providerId: string;
  readonly contractId: string;
  readonly startOn: CivilDate;
  readonly times: readonly { line: number; start: LocalTime }[];
  readonly weeklyCostPence: number | null;
}

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

export interface Chooser {
  readonly name: string;
  readonly relationship: string;
}

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
  Subject & { requestId: string; offerId: string; providerId: string; startOn: CivilDate }
>;

export type AwardFellThrough = Event<
  'AwardFellThrough',
  { packageId: string; requestId: string; offerId: string; reason: string }
>;

export type StartConfirmed = Event<
  'StartConfirmed',
  { packageId: string; providerId: string; startedOn: CivilDate }
>;

export type PackageStarted = Event<
  'PackageStarted',
  {
    packageId: string;
    providerId: string;
    startedOn: CivilDate;
    evidence: 'first-visit' | 'provider-confirmation' | 'take-on';
  }
>;

export type PackageEnded = Event<
  'PackageEnded',
  Subject & { endsBefore: CivilDate; outcome: string; reason?: string }
>;

export type ReferralWithdrawn = Event<'ReferralWithdrawn', Subject & { reason: string }>;

export type DirectPaymentTaken = Event<
  'DirectPaymentTaken',
  Subject & { fromOn: CivilDate; reason?: string }
>;

export type PackageEvent =
  | PackageReferred
  | PackageTakenOn
  | RequestIssued
  | RequestWindowExtended
  | RequestClosed
  | OffersPresented
  | OfferChosen
  | OfferChosenByException
  | OffersRefused
  | PackageAwarded
  | AwardConfirmed
  | AwardFellThrough
  | StartConfirmed
  | PackageStarted
  | PackageEnded
  | ReferralWithdrawn
  | DirectPaymentTaken;
