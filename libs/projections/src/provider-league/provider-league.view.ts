import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';
import { KpiShares } from '../kpi/kpi.view.js';

/** The weighted mean of the applicable shares, as an exact fraction. */
@ObjectType()
export class LeagueScore {
  /** A whole number, as text: it may be larger than a number can hold. */
  numerator: string;

  denominator: string;

  /** In percent with one decimal. */
  display: string;
}

/** A provider in the league of a month (L1). */
@ObjectType()
export class LeagueRow extends KpiShares {
  @Field(() => ID)
  providerId: string;

  providerName: string;

  /** 1 is best; equal scores share a rank (1, 2, 2, 4). Absent: unranked. */
  rank?: number;

  score?: LeagueScore;

  /** Why the provider is not ranked; it is not last. */
  unrankedBecause?: string;

  evidencedVisits: number;
}

/** The provider league of a month: ranked providers first, then the unranked by name (L1). */
@ObjectType()
export class ProviderLeague extends Stated {
  month: string;

  /** The approved change of policy whose weights and targets were used. */
  policyVersion: number;

  rows: LeagueRow[];
}
