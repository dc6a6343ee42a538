import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ContractTypeCode } from '#brokerage/provider-contract/provider-contract.commands.js';
import type { ContractType } from '#brokerage/provider-contract/provider-contract.events.js';
import { Stated } from '#platform/graphql/paging.view.js';

/** A week of a block: paid whether used or not (S2-4). */
@ObjectType()
export class BlockWeek {
  week: string;

  /** Carer minutes bought. */
  boughtMinutes: number;

  /** Of them, planned for tenants' visits in the block's windows. */
  plannedMinutes: number;

  /** Of them, delivered. */
  usedMinutes: number;

  /** Planned under the contract but beyond the block, or outside its windows: paid by the visit. */
  plannedBeyondMinutes: number;

  /** Delivered under the contract but not of the block: paid by the visit. */
  usedBeyondMinutes: number;

  /** What the hours bought cost, used or not. */
  pence: number;
}

/** A period of a cost-and-volume contract: its spend against the guaranteed minimum (S3-11). */
@ObjectType()
export class VolumePeriodUse {
  startsOn: string;

  lastDay: string;

  /** Carer minutes. */
  plannedMinutes: number;

  deliveredMinutes: number;

  /** What the delivered minutes cost by the tiers. */
  pricePence: number;

  minimumPence: number;

  /** The price, at least the minimum. */
  payablePence: number;

  /** Paid for nothing: how far the price is below the minimum. */
  shortfallPence: number;
}

/** What packages hold of a spot contract or an in-house team on a day. */
@ObjectType()
export class HeldCapacity {
  on: string;

  packages: number;

  weeklyMinutes: number;

  /** Absent: no cap in packages. */
  maxPackages?: number;

  /** Absent: no cap in hours. */
  capacityWeeklyMinutes?: number;
}

/** How much of what a contract buys or can hold is used. */
@ObjectType()
export class ContractUse extends Stated {
  @Field(() => ID)
  contractId: string;

  @Field(() => ContractTypeCode)
  type: ContractType;

  /** Of a block contract, the weeks of the range. */
  weeks: BlockWeek[];

  /** Of a cost-and-volume contract, the periods that the range touches. */
  periods: VolumePeriodUse[];

  /** Of a contract that can hold only so much, on the last day of the range. */
  held?: HeldCapacity;
}
