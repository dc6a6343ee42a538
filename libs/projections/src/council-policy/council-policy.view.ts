import { Field, ID, ObjectType, PartialType } from '@nestjs/graphql';
import { ContinuityStepCode } from '#brokerage/council-policy/council-policy.commands.js';
import { Stated } from '#platform/graphql/paging.view.js';

/** Minutes for standard and for critical visits. */
@ObjectType()
export class VisitMinutes {
  standard: number;

  critical: number;
}

/** Minutes that a request is open. */
@ObjectType()
export class WindowMinutes {
  standard: number;

  urgent: number;
}

/** A whole number for each KPI. */
@ObjectType()
export class KpiNumbers {
  punctualityStandard: number;

  punctualityCritical: number;

  continuity: number;

  notMissed: number;
}

/** The council's own numbers. */
@ObjectType({ isAbstract: true })
export class PolicyNumbers {
  /** Largest distance from the agreed start that is on time (S2-9). */
  punctualityToleranceMinutes: VisitMinutes;

  /** Shares kept that a provider must reach (S2-10). */
  targetPercent: KpiNumbers;

  /** How long a request is open (X4). */
  requestWindowMinutes: WindowMinutes;

  /** Time after the agreed start before a visit without evidence may count as missed (S2-12). */
  missedGraceMinutes: VisitMinutes;

  @Field(() => ContinuityStepCode)
  continuityStep: 'weekly' | 'daily';

  /** Whether continuity counts legs instead of visits (S2-11). */
  continuityCountsLegs: boolean;

  /** Weights of the provider league (L1). */
  leagueWeights: KpiNumbers;

  /** Fewer evidenced visits in a month leave a provider unranked (L1). */
  leagueMinimumVisits: number;

  planWeeksAhead: number;

  /** First day with electronic call monitoring. */
  ecmGoLiveOn?: string;
}

/** The values that a change sets. */
@ObjectType()
export class PolicyValues extends PartialType(PolicyNumbers, ObjectType) {}

/** A proposed or approved change. */
@ObjectType()
export class PolicyChangeRow {
  @Field(() => ID)
  changeId: string;

  effectiveOn: string;

  values: PolicyValues;

  reason: string;

  proposedBy: string;

  proposedAt: string;

  /** Counts approvals from 1; absent: not approved yet. */
  version?: number;

  approvedBy?: string;

  approvedAt?: string;
}

/** The council policy in force on a date, and how it came to be. */
@ObjectType()
export class Policy extends PolicyNumbers implements Stated {
  on: string;

  /** The approved change these values come from; 0 is what the product ships. */
  version: number;

  /** Every change, the newest proposal first. */
  changes: PolicyChangeRow[];

  asOf: Stated['asOf'];
}
