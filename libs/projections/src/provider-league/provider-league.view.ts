import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';
import { codeList } from '#brokerage/codes.commands.js';
import { CareShare, KpiShares, type CountedMonth } from '../kpi/kpi.view.js';

export const unrankedReasons = [
  'evidence-incomplete',
  'too-few-visits',
  'carers-not-named',
  'nothing-applicable',
] as const;
export type UnrankedReason = (typeof unrankedReasons)[number];
export const UnrankedReasonCode = codeList(
  'UnrankedReason',
  unrankedReasons,
  'Why a provider has no rank in the league of a month; it is not last (L1, X27).',
);

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

  @Field(() => UnrankedReasonCode, { nullable: true })
  unrankedReason?: UnrankedReason;

  /** Required visits with evidence; a provider that sends no file can never lead (X27). */
  evidenceCoverage: CareShare;

  /** The challenge period is not over, or the evidence is not in (S2-10). */
  provisional: boolean;

  evidencedVisits: number;

  /** What was counted, for who asks for the events behind it. */
  @HideField()
  counted?: CountedMonth;
}

/** The provider league of a month: ranked providers first, then the unranked by name (L1). */
@ObjectType()
export class ProviderLeague extends Stated {
  month: string;

  /** The approved change of policy whose weights and targets were used. */
  policyVersion: number;

  /** The first day after the period in which providers may challenge the figures (S2-10). */
  finalOn: string;

  /** The challenge period is not over, or some row's evidence is not in (S2-10). */
  provisional: boolean;

  rows: LeagueRow[];
}
