import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { Rate } from '../provider-contract/provider-contract.events.js';

/** One contract's prices before and after, and what they cost a year. */
export interface UpliftedContract {
  readonly contractId: string;
  readonly providerId: string;
  /** First day of the rate card that is replaced. */
  readonly replaces: CivilDate;
  readonly rates: readonly Rate[];
  readonly uplifted: readonly Rate[];
  /** Of the packages that were live when it was proposed, without bank holidays. */
  readonly yearlyPenceBefore: number;
  readonly yearlyPenceAfter: number;
}

/** Why a contract that was asked for is left as it is. */
export type UpliftExclusion = 'no-rate-card' | 'later-rate-card';

/** Prices of many contracts from a date on, proposed with their cost (X25). */
export type RateUpliftProposed = Event<
  'RateUpliftProposed',
  {
    upliftId: string;
    reason: string;
    effectiveOn: CivilDate;
    /** The date is past: what was paid since is adjusted. */
    retroactive: boolean;
    /** 425 is 4.25 %. */
    percentHundredths?: number;
    /** New prices, instead of a percentage. */
    newRates?: readonly Rate[];
    contracts: readonly UpliftedContract[];
    excluded: readonly { contractId: string; because: UpliftExclusion }[];
    yearlyPenceBefore: number;
    yearlyPenceAfter: number;
    /** Of contracts, dates and prices, not of the estimated cost. */
    previewHash: string;
    proposedBy: string;
    proposedAt: Instant;
  }
>;

export type RateUpliftApproved = Event<
  'RateUpliftApproved',
  { upliftId: string; previewHash: string; approvedBy: string; approvedAt: Instant }
>;

export type RateUpliftRejected = Event<
  'RateUpliftRejected',
  { upliftId: string; reason: string; rejectedBy: string; rejectedAt: Instant }
>;

export type RateUpliftEvent = RateUpliftProposed | RateUpliftApproved | RateUpliftRejected;
