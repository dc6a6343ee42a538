import type { Event } from '#kernel/decider.js';
import type { PaymentTerms } from '#kernel/payment-terms.js';
import type { CivilDate, LocalTime } from '#kernel/time.js';

export const contractTypes = ['framework', 'spot', 'block', 'cost-and-volume', 'in-house'] as const;
export type ContractType = (typeof contractTypes)[number];

export const dayKinds = ['weekday-day', 'evening', 'night', 'weekend', 'bank-holiday'] as const;
export type DayKind = (typeof dayKinds)[number];

/** A price for one kind of day, for all visit lengths or for one. */
export interface Rate {
  readonly dayKind: DayKind;
  readonly pencePerHour: number;
  /** The visit length that this rate prices; absent: every length without a rate of its own. */
  readonly visitMinutes?: number;
}

/** Visits of tenants that start from `from` on and before `before` use the block; a night passes midnight. */
export interface BlockWindow {
  readonly name: string;
  readonly from: LocalTime;
  readonly before: LocalTime;
}

/** Hours bought at an extra-care scheme, paid whether used or not (S2-4). */
export interface BlockTerms {
  readonly scheme: string;
  readonly windows: readonly BlockWindow[];
  /** Carer minutes bought a week. */
  readonly weeklyMinutes: number;
  /** What they cost a week. */
  readonly weeklyPence: number;
}

export const volumePeriods = ['month', 'quarter', 'year'] as const;
export type VolumePeriod = (typeof volumePeriods)[number];

/** The price of the carer minutes of a period above so many. */
export interface VolumeTier {
  readonly aboveMinutes: number;
  readonly pencePerHour: number;
}

/** A guaranteed minimum per period and a price that falls or rises with the volume (S3-11). */
export interface CostAndVolumeTerms {
  /** Calendar month or quarter, or the year from 1 April. */
  readonly period: VolumePeriod;
  readonly minimumPence: number;
  /** By volume; the first begins at 0. */
  readonly tiers: readonly VolumeTier[];
}

/** When the day, the evening and the night begin, for prices (S1-14). */
export interface DayHours {
  readonly dayFrom: LocalTime;
  readonly eveningFrom: LocalTime;
  readonly nightFrom: LocalTime;
}

export interface ContractTerms {
  readonly contractId: string;
  readonly providerId: string;
  readonly type: ContractType;
  readonly startsOn: CivilDate;
  /** Exclusive; null: until ended. A framework contract ends with its framework at the latest. */
  readonly endsBefore: CivilDate | null;
  readonly frameworkId?: string;
  /** Empty: the whole city. */
  readonly patches: readonly string[];
  readonly spotReason?: string;
  /** Carer minutes a week: what an in-house team can give, or the cap of a spot contract. */
  readonly capacityWeeklyMinutes?: number;
  /** The cap of a spot contract in packages at once. */
  readonly maxPackages?: number;
  readonly block?: BlockTerms;
  readonly costAndVolume?: CostAndVolumeTerms;
  /** The set of KPIs that the contract is judged by (S3-12). */
  readonly kpiSet?: string;
  /** Days of notice of a handback (X19). */
  readonly noticeDays?: number;
}

export type ContractOpened = Event<'ContractOpened', ContractTerms>;

export type ContractAdmitted = Event<
  'ContractAdmitted',
  {
    contractId: string;
    providerId: string;
    frameworkId: string;
    openingId: string;
    lots: readonly string[];
    admittedOn: CivilDate;
  }
>;

export type RateCardSet = Event<
  'RateCardSet',
  {
    contractId: string;
    providerId: string;
    effectiveOn: CivilDate;
    rates: readonly Rate[];
    /** Absent: the usual hours. */
    hours?: DayHours;
    /** The card begins before it was set: what was paid since is adjusted. */
    retroactive?: true;
    /** The uplift over many contracts that set it (X25). */
    upliftId?: string;
  }
>;

/** How the visits of a contract are paid from a date on (S2-16, S2-17). */
export type PaymentTermsSet = Event<
  'PaymentTermsSet',
  {
    contractId: string;
    providerId: string;
    effectiveOn: CivilDate;
    /** The terms begin before they were set: what was paid since is adjusted. */
    retroactive?: true;
  } & PaymentTerms
>;

/** What a spot contract or an in-house team may hold from now on. */
export type ContractCapacityChanged = Event<
  'ContractCapacityChanged',
  {
    contractId: string;
    providerId: string;
    capacityWeeklyMinutes?: number;
    maxPackages?: number;
    reason: string;
  }
>;

/** A person of a package lives at the scheme of a block contract from a day on (S2-4). */
export type TenantMovedIn = Event<
  'TenantMovedIn',
  {
    contractId: string;
    providerId: string;
    tenancyId: string;
    packageId: string;
    personId: string;
    fromOn: CivilDate;
  }
>;

export type TenantMovedOut = Event<
  'TenantMovedOut',
  { contractId: string; providerId: string; tenancyId: string; endsBefore: CivilDate }
>;

export type ContractExtended = Event<
  'ContractExtended',
  { contractId: string; providerId: string; endsBefore: CivilDate; reason: string }
>;

export type ContractEnded = Event<
  'ContractEnded',
  { contractId: string; providerId: string; endsBefore: CivilDate; reason: string }
>;

export type ProviderContractEvent =
  | ContractOpened
  | ContractAdmitted
  | RateCardSet
  | PaymentTermsSet
  | ContractExtended
  | ContractEnded
  | ContractCapacityChanged
  | TenantMovedIn
  | TenantMovedOut;
