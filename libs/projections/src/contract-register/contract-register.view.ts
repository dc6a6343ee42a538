import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import {
  ContractTypeCode,
  DayKindCode,
} from '#brokerage/provider-contract/provider-contract.commands.js';
import type {
  ContractType,
  DayKind,
  VolumePeriod,
} from '#brokerage/provider-contract/provider-contract.events.js';
import { VolumePeriodCode } from '#brokerage/provider-contract/contract-terms.commands.js';
import type { CivilDate } from '#kernel/time.js';
import {
  CqcLocationRating,
  CqcRegistration,
  ProviderProfileView,
} from './provider-quality.view.js';
import { Stated } from '#platform/graphql/paging.view.js';

/** No new work for a provider, for all lots or for some (X7). */
@ObjectType()
export class Suspension {
  @Field(() => ID)
  suspensionId: string;

  /** Empty: all lots. */
  lots: string[];

  fromOn: string;

  /** The first day on which new work is possible again. */
  liftedOn?: string;

  reason: string;
}

/** A provider of care (S1-4). */
@ObjectType()
export class Provider {
  @Field(() => ID)
  providerId: string;

  legalName: string;

  tradingNames: string[];

  /** Other names under which papers know this provider. */
  aliases: string[];

  cqcProviderId?: string;

  cqcLocationIds: string[];

  suspensions: Suspension[];

  /** In the order in which they were recorded. */
  registrations: CqcRegistration[];

  /** In the order in which they were recorded. */
  ratings: CqcLocationRating[];

  /** What it states of itself; absent: nothing. */
  profile?: ProviderProfileView;

  /** All names in the form in which names are compared. */
  @HideField()
  comparedNames: string[];
}

/** A part of a framework that providers are admitted to. */
@ObjectType()
export class FrameworkLot {
  lot: string;

  name: string;
}

/** A date at which providers could join some lots (S1-5). */
@ObjectType()
export class FrameworkOpening {
  @Field(() => ID)
  openingId: string;

  opensOn: string;

  lots: string[];
}

/** A framework agreement (S1-5, S1-7). */
@ObjectType()
export class Framework {
  @Field(() => ID)
  frameworkId: string;

  name: string;

  startsOn: string;

  /** Inclusive, with any extension. */
  lastDay: string;

  /** Whether the last day was extended for all remaining providers. */
  extended: boolean;

  lots: FrameworkLot[];

  openings: FrameworkOpening[];

  /** The framework that this one follows. */
  succeeds?: string;

  /** Days between the last day of the framework that it follows and its own first one (S1-7). */
  daysWithoutFramework?: number;

  /** Says what to do when its start leaves such days (S1-7). */
  warning?: string;
}

/** The lots a contract is admitted to, from a date on. */
@ObjectType()
export class Admission {
  lots: string[];

  admittedOn: string;

  @Field(() => ID)
  openingId: string;
}

/** Pence per hour for one kind of day. */
@ObjectType()
export class RateLine {
  @Field(() => DayKindCode)
  dayKind: DayKind;

  pencePerHour: number;

  /** The length of visit priced; absent: every length without a rate of its own. */
  visitMinutes?: number;
}

/** When the day, the evening and the night begin, for prices. */
@ObjectType()
export class PricedHours {
  dayFrom: string;

  eveningFrom: string;

  nightFrom: string;
}

/** What care costs from a date on. */
@ObjectType()
export class ContractRateCard {
  effectiveOn: string;

  rates: RateLine[];

  /** Absent: 07:00, 19:00 and 22:00. */
  hours?: PricedHours;

  /** Whether it began before the day on which it was set. */
  retroactive?: boolean;

  /** The uplift over many contracts that set it (X25). */
  @Field(() => ID, { nullable: true })
  upliftId?: string;
}

/** A part of the day that a block covers. */
@ObjectType()
export class CoveredWindow {
  name: string;

  from: string;

  /** Exclusive; earlier than `from`: the window passes midnight. */
  before: string;
}

/** Hours bought at an extra-care scheme, paid whether used or not (S2-4). */
@ObjectType()
export class BlockOfHours {
  scheme: string;

  windows: CoveredWindow[];

  /** Carer minutes bought a week. */
  weeklyMinutes: number;

  /** What they cost a week. */
  weeklyPence: number;
}

/** The price of the carer minutes of a period above so many. */
@ObjectType()
export class PriceTier {
  aboveMinutes: number;

  pencePerHour: number;
}

/** A guaranteed minimum per period, and prices by volume (S3-11). */
@ObjectType()
export class CostAndVolume {
  @Field(() => VolumePeriodCode)
  period: VolumePeriod;

  minimumPence: number;

  tiers: PriceTier[];
}

/** A provider's contract, or an in-house arrangement (S3-10, S3-11). */
@ObjectType()
export class Contract {
  @Field(() => ID)
  contractId: string;

  @Field(() => ID)
  providerId: string;

  providerName: string;

  @Field(() => ContractTypeCode)
  type: ContractType;

  @Field(() => ID, { nullable: true })
  frameworkId?: string;

  admissions: Admission[];

  /** Empty: the whole city. */
  patches: string[];

  startsOn: string;

  /** Inclusive: the framework's last day with any extension, or the earlier day it was ended. Absent: open-ended. */
  lastDay?: string;

  rateCards: ContractRateCard[];

  spotReason?: string;

  /** Carer minutes a week: what an in-house team can give, or the cap of a spot contract. */
  capacityWeeklyMinutes?: number;

  /** The cap of a spot contract in packages at once. */
  maxPackages?: number;

  /** What a block contract buys. */
  block?: BlockOfHours;

  /** The minimum and the prices of a cost-and-volume contract. */
  costAndVolume?: CostAndVolume;

  /** The set of KPIs that it is judged by; absent: the council's own (S3-12). */
  kpiSet?: string;

  /** Days of notice of a handback; absent: the council's policy (X19). */
  noticeDays?: number;

  suspensions: Suspension[];

  /** The day after the contract's own last one. */
  @HideField()
  agreedEndsBefore: CivilDate | null;

  /** The day after the last one of a contract that was ended. */
  @HideField()
  endedBefore: CivilDate | null;

  /** The day after the last one, all considered. */
  @HideField()
  endsBefore: CivilDate | null;
}

/** Frameworks by start. */
@ObjectType()
export class Frameworks extends Stated {
  frameworks: Framework[];
}
