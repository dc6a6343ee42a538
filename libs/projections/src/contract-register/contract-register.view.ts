import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import {
  ContractTypeCode,
  DayKindCode,
} from '#brokerage/provider-contract/provider-contract.commands.js';
import type {
  ContractType,
  DayKind,
} from '#brokerage/provider-contract/provider-contract.events.js';
import type { CivilDate } from '#kernel/time.js';
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

/** What care costs from a date on. */
@ObjectType()
export class ContractRateCard {
  effectiveOn: string;

  rates: RateLine[];
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

  /** What an in-house team can give in a week. */
  capacityWeeklyMinutes?: number;

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
