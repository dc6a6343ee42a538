import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DayKindCode } from '../provider-contract/provider-contract.commands.js';
import type { DayKind } from '../provider-contract/provider-contract.events.js';

/** Pence per hour for one kind of day. */
@ObjectType()
export class UpliftRate {
  @Field(() => DayKindCode)
  dayKind: DayKind;

  pencePerHour: number;

  /** Absent: every length without a rate of its own. */
  visitMinutes?: number;
}

/** One contract's prices before and after an uplift, and what they cost a year. */
@ObjectType()
export class UpliftContract {
  @Field(() => ID)
  contractId: string;

  @Field(() => ID)
  providerId: string;

  /** First day of the rate card that is replaced. */
  replaces: string;

  rates: UpliftRate[];

  uplifted: UpliftRate[];

  /** An estimate: the packages that are live now, without bank holidays. */
  yearlyPenceBefore: number;

  yearlyPenceAfter: number;
}

/** A contract that an uplift leaves as it is. */
@ObjectType()
export class UpliftExclusionRow {
  @Field(() => ID)
  contractId: string;

  /** `no-rate-card`, or `later-rate-card`: prices from this date or later are agreed already. */
  because: string;
}

/** What an uplift would do, and what it would cost (X25). */
@ObjectType()
export class RateUpliftPreview {
  reason: string;

  effectiveOn: string;

  /** The date is past: what was paid since is adjusted. */
  retroactive: boolean;

  /** 425 is 4.25 %. */
  percentHundredths?: number;

  newRates?: UpliftRate[];

  contracts: UpliftContract[];

  excluded: UpliftExclusionRow[];

  yearlyPenceBefore: number;

  yearlyPenceAfter: number;

  /** Of contracts, dates and prices; given with the approval. */
  previewHash: string;
}

/** An uplift was approved; its job sets the prices. */
@ObjectType()
export class RateUpliftApproval {
  @Field(() => ID)
  commandId: string;

  @Field(() => ID)
  jobId: string;

  contracts: number;

  /** Give it to the query `job` as `after`. */
  position: string;
}
