import type { CivilDate, LocalTime } from '#kernel/time.js';
import type { AwardEvent } from './package.award.events.js';
import type { PanelEvent } from './package.panel.events.js';
import type { ReferralEvent } from './package.referral.events.js';
import type { ServiceEvent } from './package.service.events.js';
import type { SourcingEvent } from './package.sourcing.events.js';

/** Whose package an event is about. */
export interface Subject {
  readonly packageId: string;
  readonly personId: string;
}

/** Who sent the person to brokerage (S3-4). */
export interface Origin {
  readonly kind: string;
  /** The external broker organisation, which sees only its own cases. */
  readonly brokerOrganisation?: string;
}

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
  /** The prior agreement for a named short task that a visit under 30 minutes needs (X3). */
  readonly shortVisitAgreement?: { readonly task: string; readonly agreedOn: CivilDate };
}

/** A payer's share of a package's cost. */
export interface FundingLine {
  readonly payer: string;
  readonly basisPoints: number;
  readonly ledgerCode: string;
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
  /** Who pays which share, 10,000 basis points in all (S2-21). */
  readonly funding?: readonly FundingLine[];
  /** Why a short-term service is given (S4-2). */
  readonly purpose?: string;
  /** Exclusive; a short-term service is time-limited (S4-5). */
  readonly plannedEndsBefore?: CivilDate;
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

/** What providers are told: an allow-list, nothing else (S1-9). */
export interface RequestPack {
  readonly requestNumber: string;
  readonly postcodeDistrict: string;
  /** Only where the council's policy tells it. */
  readonly postcodeSector?: string;
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

export interface PresentedOffer {
  readonly offerId: string;
  readonly providerId: string;
  readonly contractId: string;
  readonly startOn: CivilDate;
  readonly times: readonly { line: number; start: LocalTime }[];
  readonly weeklyCostPence: number | null;
}

export interface Chooser {
  readonly name: string;
  readonly relationship: string;
}

/** Everything that happens to a package, by the phases of its life. */
export type PackageEvent = ReferralEvent | PanelEvent | SourcingEvent | AwardEvent | ServiceEvent;
