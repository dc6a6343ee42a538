import type { Event } from '#kernel/decider.js';
import type { CivilDate } from '#kernel/time.js';

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
  /** What an in-house team can give in a week. */
  readonly capacityWeeklyMinutes?: number;
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
  { contractId: string; providerId: string; effectiveOn: CivilDate; rates: readonly Rate[] }
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
  ContractOpened | ContractAdmitted | RateCardSet | ContractExtended | ContractEnded;
